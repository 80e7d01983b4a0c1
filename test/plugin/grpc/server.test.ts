// gRPC over HTTP/2: one message in, one message or a status out, whatever a client sends.
import { once } from "node:events";
import { type ClientHttp2Session, connect, constants, createServer, type Http2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { registerSecret } from "../../../lib/plugin";
import { frame, GrpcError, STATUS } from "../../../lib/plugin/grpc/framing";
import { handleStream, type Method } from "../../../lib/plugin/grpc/server";
import { ProtobufError } from "../../../lib/plugin/wire/protobuf";
import { callGrpc } from "../grpc-client";

jest.mock("../../../lib/plugin/grpc/framing", () => ({
  ...jest.requireActual<object>("../../../lib/plugin/grpc/framing"),
  MAXIMUM_MESSAGE: 100,
}));

const unary = jest.fn<Promise<Buffer>, [Buffer]>();
const METHODS: Readonly<Record<string, Method>> = {
  "/unary": { kind: "unary", call: unary },
  "/open": { kind: "open" },
};

let server: Http2Server;
let session: ClientHttp2Session;

beforeAll(async () => {
  server = createServer();
  server.on("stream", (stream, headers) => handleStream(stream, headers, (path) => METHODS[path]));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  session.destroy();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => unary.mockReset().mockImplementation(async (request) => Buffer.concat([request, request])));

test("a message is answered by a message, with status 0 behind it", async () => {
  const { headers, body } = await callGrpc(session, "/unary", frame(Buffer.from("ab")));
  expect(headers).toMatchObject({ ":status": 200, "content-type": "application/grpc", "grpc-status": "0" });
  expect(headers).not.toHaveProperty("date");
  expect(body.toString()).toBe("abab");
});

test("a message that comes in parts is one", async () => {
  const stream = session.request({ ":method": "POST", ":path": "/unary", "content-type": "application/grpc+proto" });
  for (const byte of frame(Buffer.from("abc"))) stream.write(Buffer.of(byte));
  stream.end();
  stream.resume();
  await once(stream, "close");
  expect(unary.mock.calls).toEqual([[Buffer.from("abc")]]);
});

test.each([
  ["another method", { ":method": "PUT" }],
  ["another content", { "content-type": "application/json" }],
])("%s is no gRPC", async (_name, headers) => {
  const answer = await callGrpc(session, "/unary", undefined, headers);
  expect([answer.headers[":status"], answer.status]).toEqual([415, undefined]);
  expect(unary).not.toHaveBeenCalled();
});

test.each([
  ["a method that is not served", "/tfplugin6.Provider/Other", frame(Buffer.alloc(0)), "12", /^unknown method /],
  ["no message", "/unary", Buffer.alloc(0), "3", /no complete message/],
  ["a compressed message", "/unary", Buffer.of(1, 0, 0, 0, 0), "12", /compressed/],
  ["a message that is too large", "/unary", frame(Buffer.alloc(96)), "8", /^a message has at most 100 bytes$/],
])("%s is answered by its status alone", async (_name, path, request, status, words) => {
  const { headers } = await callGrpc(session, path, request);
  expect(headers).toMatchObject({
    ":status": 200,
    "grpc-status": status,
    "grpc-message": expect.stringMatching(words),
  });
  expect(unary).not.toHaveBeenCalled();
});

test("a message that is just not too large is taken", async () => {
  expect((await callGrpc(session, "/unary", frame(Buffer.alloc(95)))).status).toBe("0");
});

test.each<[string, unknown, string, string]>([
  ["a status of its own", new GrpcError(STATUS.resourceExhausted, "too much"), "8", "too much"],
  ["bytes that are no message", new ProtobufError("the message ends too early"), "3", "the message ends too early"],
  ["any other exception", new TypeError("größer"), "13", "gr%C3%B6%C3%9Fer"],
  ["what is no error", "just a text", "13", "just a text"],
  ["a secret", new Error("with a-secret-of-a-status"), "13", "with ***"],
])("a call that fails with %s is answered by a status", async (_name, error, status, message) => {
  registerSecret("a-secret-of-a-status");
  unary.mockRejectedValue(error);
  const { headers } = await callGrpc(session, "/unary");
  expect(headers).toMatchObject({ ":status": 200, "grpc-status": status, "grpc-message": message });
});

test("an open stream is answered at once, and ends with status 0 when the client ends it", async () => {
  const stream = session.request({ ":method": "POST", ":path": "/open", "content-type": "application/grpc" });
  const trailers = once(stream, "trailers");
  expect((await once(stream, "response"))[0]).toMatchObject({ ":status": 200, "content-type": "application/grpc" });
  stream.resume();
  stream.write(frame(Buffer.from("ignored")));
  expect((await callGrpc(session, "/unary")).status).toBe("0");
  expect(stream.closed).toBe(false);
  stream.end();
  expect((await trailers)[0]).toMatchObject({ "grpc-status": "0" });
});

test.each<[string, () => Promise<Buffer>]>([
  ["succeeds", async () => Buffer.from("late")],
  ["fails", () => Promise.reject(new Error("late"))],
])("a client that has gone does no harm to a call that %s later", async (_name, end) => {
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    unary.mockImplementationOnce(async () => {
      resolve();
      await new Promise<void>((go) => (answer = go));
      return end();
    });
  });
  const stream = session.request({ ":method": "POST", ":path": "/unary", "content-type": "application/grpc" });
  stream.on("error", () => undefined);
  stream.end(Buffer.alloc(5));
  await asked;
  stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  // The server has heard of it before it hears of the next call.
  expect((await callGrpc(session, "/unary")).status).toBe("0");
  answer();
  expect((await callGrpc(session, "/unary")).status).toBe("0");
});
