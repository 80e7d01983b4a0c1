// The gRPC frame: one whole message, or a status that says what is wrong.
import { encodeStatusMessage, frame, STATUS, unframe } from "../../../lib/plugin/grpc/framing";

test.each([0, 1, 70_000])("a message of %d bytes comes out of its frame", (size) => {
  const message = Buffer.alloc(size, 7);
  expect(unframe(frame(message)).equals(message)).toBe(true);
});

const whole = frame(Buffer.from("abc"));

test.each([
  ["nothing", Buffer.alloc(0), STATUS.invalidArgument],
  ["half a head", whole.subarray(0, 4), STATUS.invalidArgument],
  ["half a message", whole.subarray(0, 7), STATUS.invalidArgument],
  ["two messages", Buffer.concat([whole, whole]), STATUS.invalidArgument],
  ["a compressed message", Buffer.concat([Buffer.of(1), whole.subarray(1)]), STATUS.unimplemented],
])("%s is refused with its status", (_name, body, status) => {
  expect(() => unframe(body)).toThrow(expect.objectContaining({ name: "GrpcError", status }));
});

test.each([
  ["it is broken", "it is broken"],
  ["100 %\n", "100 %25%0A"],
  ["größe", "gr%C3%B6%C3%9Fe"],
  ["half of a pair \ud83d", "half of a pair %EF%BF%BD"],
])("the message %j of a status goes over the wire as %s", (message, encoded) => {
  expect(encodeStatusMessage(message)).toBe(encoded);
});

test("a message without end is cut short", () => {
  expect(encodeStatusMessage("m".repeat(1e6))).toHaveLength(1024);
});
