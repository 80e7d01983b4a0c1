// Proxies of the usual environment variables; TLS verification that no variable can switch off.
import * as http from "node:http";
import * as net from "node:net";
import * as tls from "node:tls";
import type { AddressInfo } from "node:net";
import { createClient } from "../../lib/api";
import { accepted, errorOf, KEYS, quickClock, startServer, testClient } from "./server";
import type { TestServer } from "./server";

interface TestProxy {
  readonly url: string;
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Forwards plain requests, opens tunnels to `tunnelTo`, or refuses tunnels with a status. */
async function startProxy(tunnel: { to: number } | { status: number }): Promise<TestProxy> {
  const requests: string[] = [];
  const proxy = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers["proxy-authorization"] ?? ""}`.trim());
    const target = new URL(request.url ?? "");
    const forwarded = http.request(
      { host: target.hostname, port: target.port, path: target.pathname, method: "POST", headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(forwarded);
  });
  proxy.on("connect", (request, socket: net.Socket) => {
    requests.push(`CONNECT ${request.url}`);
    socket.on("error", () => undefined);
    if ("status" in tunnel) {
      socket.end(`HTTP/1.1 ${tunnel.status} Refused\r\ncontent-length: 2\r\n\r\n{}`);
      return;
    }
    const upstream = net.connect(tunnel.to, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        proxy.closeAllConnections();
        proxy.close(() => resolve());
      }),
  };
}

const NAMES = [
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "ALL_PROXY",
  "all_proxy",
  "NODE_TLS_REJECT_UNAUTHORIZED",
];
const before = NAMES.map((name) => [name, process.env[name]] as const);
let server: TestServer;
beforeEach(async () => {
  for (const name of NAMES) delete process.env[name];
  server = await startServer();
});
afterEach(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await server.close();
});

/** A name, because loopback addresses never go through a proxy. */
const named = (port: number | string) => ({ url: `http://api.zenlayer.invalid:${port}` });

test("a plain request goes through HTTP_PROXY, signed for the host it is meant for", async () => {
  const target = http.createServer((request, response) => {
    request.resume();
    response.end(JSON.stringify({ requestId: "T-1", response: { orderNumber: String(request.headers.host) } }));
  });
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
  const proxy = http.createServer((request, response) => {
    expect(request.url).toBe("http://api.zenlayer.invalid:8080/api/v2/vm");
    const forwarded = http.request(
      {
        host: "127.0.0.1",
        port: (target.address() as AddressInfo).port,
        method: "POST",
        path: "/api/v2/vm",
        headers: request.headers,
      },
      (answer) => answer.pipe(response),
    );
    request.pipe(forwarded);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  process.env["HTTP_PROXY"] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { client } = testClient(named(8080));
  expect(await client.vm.modifyType("900", "c.2c4g")).toMatchObject({ orderNumber: "api.zenlayer.invalid:8080" });
  client.close();
  for (const listener of [proxy, target]) {
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
  }
});

test("NO_PROXY and loopback go directly", async () => {
  const proxy = await startProxy({ status: 403 });
  process.env["HTTP_PROXY"] = proxy.url;
  process.env["NO_PROXY"] = "127.0.0.1";
  const { client } = testClient(server);
  server.reply(accepted({}));
  await client.vm.cancelTypeDowngrade("900");
  client.close();
  await proxy.close();
  expect(proxy.requests).toEqual([]);
  expect(server.received).toHaveLength(1);
});

test.each([403, 407, 502])(
  "a tunnel refused with %d is an error of the proxy, and nothing was sent",
  async (status) => {
    const proxy = await startProxy({ status });
    process.env["HTTPS_PROXY"] = proxy.url;
    const client = createClient({ endpoint: "https://api.zenlayer.invalid", credentials: KEYS, clock: quickClock() });
    expect(await errorOf(client.vm.modifyType("900", "c.2c4g"))).toMatchObject({
      code: "PROXY_REFUSED",
      outcome: "not_sent",
    });
    client.close();
    await proxy.close();
    expect(proxy.requests).toEqual(["CONNECT api.zenlayer.invalid:443"]);
  },
);

test("a proxy that is not there is a failure before anything was sent, and its password stays hidden", async () => {
  process.env["HTTPS_PROXY"] = "http://user:proxy-secret@127.0.0.1:1";
  const client = createClient({ endpoint: "https://api.zenlayer.invalid", credentials: KEYS, clock: quickClock() });
  const error = (await errorOf(client.vm.modifyType("900", "c.2c4g"))) as Error;
  client.close();
  expect(error).toMatchObject({ code: "NETWORK_ERROR", outcome: "not_sent" });
  expect(`${error.message} ${String(error.stack)} ${String(error.cause)}`).not.toContain("proxy-secret");
});

test("a TLS failure inside the tunnel is found before anything was sent", async () => {
  // Without a certificate the server cannot complete any handshake.
  const target = tls.createServer({}, (socket) => socket.destroy());
  target.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
  const proxy = await startProxy({ to: (target.address() as AddressInfo).port });
  process.env["HTTPS_PROXY"] = proxy.url;
  const client = createClient({ endpoint: "https://api.zenlayer.invalid", credentials: KEYS, clock: quickClock() });
  expect(await errorOf(client.vm.modifyType("900", "c.2c4g"))).toMatchObject({
    code: "CERTIFICATE_REFUSED",
    outcome: "not_sent",
  });
  client.close();
  await proxy.close();
  await new Promise((resolve) => target.close(resolve));
  expect(proxy.requests[0]).toBe("CONNECT api.zenlayer.invalid:443");
});
