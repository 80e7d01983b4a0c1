// Connections over real sockets: silent addresses, proxies, authorities, and no timer but the request's own.
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createClient, type ClientOptions, type Network } from "../../lib/api";
import { Ending } from "../../lib/api/ending";
import { systemNetwork } from "../../lib/api/dial";
import { createTransport } from "../../lib/api/transport";
import { certificateFor } from "../support/certificate";
import { accepted, errorOf, KEYS, quickClock, startServer, testClient, type TestServer } from "./server";

const SILENT = "203.0.113.7";
const API = certificateFor("api.local");

/** `*.local` is this computer, after an address that never answers where asked for. */
function network(options: { readonly silentFirst?: boolean } = {}): Network & { readonly tried: string[] } {
  const tried: string[] = [];
  return {
    tried,
    lookup: async (hostname) => {
      if (!hostname.endsWith(".local")) return systemNetwork.lookup(hostname);
      const here = { address: "127.0.0.1", family: 4 };
      return options.silentFirst === true ? [{ address: SILENT, family: 4 }, here] : [here];
    },
    connect: (address, port) => {
      tried.push(address.address);
      return address.address === SILENT ? new net.Socket() : systemNetwork.connect(address, port);
    },
  };
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listening(server: http.Server | https.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return (server.address() as AddressInfo).port;
}

/** Answers everything, over TLS, as `api.local`. */
async function secureService(): Promise<number> {
  const server = https.createServer(API, (request, response) => {
    request.resume();
    request.on("end", () => response.end('{"requestId":"T","response":{"requestId":"T","orderNumber":"1"}}'));
  });
  server.on("tlsClientError", () => undefined);
  return listening(server);
}

interface Tunnels {
  readonly asked: string[];
}

/** Opens tunnels to a port of this computer, after a while where asked for. */
async function tunnelling(
  to: number,
  options: { readonly after?: number; readonly tls?: { cert: string; key: string } } = {},
): Promise<Tunnels & { readonly port: number }> {
  const asked: string[] = [];
  const server = options.tls === undefined ? http.createServer() : https.createServer(options.tls);
  const sockets = new Set<net.Socket>();
  server.on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
    asked.push(`${request.url} ${request.headers["proxy-authorization"] ?? ""}`.trim());
    sockets.add(socket);
    socket.on("error", () => undefined);
    const upstream = net.connect(to, "127.0.0.1", () => {
      setTimeout(() => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      }, options.after ?? 0);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
  });
  server.on("tlsClientError", () => undefined);
  const port = await listening(server);
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
  });
  return { asked, port };
}

function client(endpoint: string, options: Partial<ClientOptions> = {}) {
  const made = createClient({
    endpoint,
    credentials: KEYS,
    clock: quickClock(),
    requestTimeout: 10,
    env: {},
    ...options,
  });
  closing.push(async () => made.close());
  return made;
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "authorities-"));
  await writeFile(join(directory, "api.pem"), `A note above it\n${API.cert}`);
  await writeFile(join(directory, "other.pem"), certificateFor("localhost").cert);
  await writeFile(
    join(directory, "README"),
    "no certificate\n-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n",
  );
  await mkdir(join(directory, "linked"));
  await symlink(join(directory, "api.pem"), join(directory, "linked", "0123abcd.0"));
  await symlink("0123abcd.0", join(directory, "linked", "second-name.0"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));
const trusting = () => ({ SSL_CERT_FILE: join(directory, "api.pem") });

describe("a silent address", () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
    server.reply(accepted({ orderNumber: "1" }));
    closing.push(() => server.close());
  });
  const port = () => new URL(server.url).port;

  test("before one that answers: the change arrives, once, and the next ones go to that one", async () => {
    const through = network({ silentFirst: true });
    const api = client(`http://api.local:${port()}`, { network: through });
    await api.vm.modifyType("900", "c.2c4g");
    await api.vm.modifyType("900", "c.4c8g");
    expect(through.tried).toEqual([SILENT, "127.0.0.1", "127.0.0.1"]);
    expect(server.count("ModifyInstanceType")).toBe(2);
  });

  test("before a proxy that answers", async () => {
    const through = network({ silentFirst: true });
    const tunnels = await tunnelling(await secureService());
    const env = { ...trusting(), HTTPS_PROXY: `http://proxy.local:${tunnels.port}` };
    const api = client("https://api.local", { network: through, env });
    expect(await api.vm.modifyType("900", "c.2c4g")).toMatchObject({ orderNumber: "1" });
    await api.vm.modifyType("900", "c.2c4g");
    expect(through.tried).toEqual([SILENT, "127.0.0.1", "127.0.0.1"]);
    expect(tunnels.asked).toEqual(["api.local:443", "api.local:443"]);
  });

  test("and nothing else: request_timeout ends it, and the message names what was tried", async () => {
    const silent: Network = {
      ...network(),
      lookup: async () => [SILENT, "203.0.113.8"].map((address) => ({ address, family: 4 })),
      connect: () => new net.Socket(),
    };
    const api = client("https://api.local", { network: silent, requestTimeout: 0.6 });
    const error = (await errorOf(api.vm.modifyType("900", "c.2c4g"))) as Error;
    expect(error).toMatchObject({ code: "REQUEST_TIMED_OUT", outcome: "not_sent" });
    expect(error.message).toMatch(
      /Waited 0.6 s for https:\/\/api\.local, which did not even accept the connection: tried 203\.0\.113\.7:443 \(silent for \d+ ms, \d+ ms\) and 203\.0\.113\.8:443 \(silent for \d+ ms\)\./,
    );
  });

  test("of a proxy is told with the proxy's name and without its password", async () => {
    const silent: Network = { ...network(), connect: () => new net.Socket() };
    const env = { HTTPS_PROXY: "http://user:hidden-pw@proxy.local:3128" };
    const api = client("https://api.local", { network: silent, env, requestTimeout: 0.3 });
    const error = (await errorOf(api.vm.modifyType("900", "c.2c4g"))) as Error;
    expect(error.message).toMatch(/tried 127\.0\.0\.1:3128 \(silent for \d+ ms\)/);
    expect(error.message).not.toContain("hidden-pw");
  });
});

describe("a failure to connect tells where it failed", () => {
  test.each([
    [
      "the address refuses",
      "http://127.0.0.1:1",
      {},
      "NETWORK_ERROR",
      /tried 127\.0\.0\.1:1 \(ECONNREFUSED after \d+ ms\)/,
    ],
    ["the name is not known", "https://nowhere.invalid", {}, "ENDPOINT_NOT_FOUND", /knows no nowhere\.invalid/],
    [
      "the name of the proxy is not known: not the endpoint's",
      "https://api.local",
      { HTTPS_PROXY: "http://nowhere.invalid:3128" },
      "NETWORK_ERROR",
      /through the proxy http:\/\/nowhere\.invalid:3128 \(HTTPS_PROXY\): the name service knows no nowhere\.invalid/,
    ],
    [
      "the proxy is not there",
      "https://api.local",
      { ALL_PROXY: "http://u:hidden-pw@127.0.0.1:1" },
      "NETWORK_ERROR",
      /through the proxy http:\/\/127\.0\.0\.1:1 \(ALL_PROXY\): ECONNREFUSED/,
    ],
  ])("%s", async (_name, endpoint, env, code, words) => {
    const lookup: Network["lookup"] = async (hostname) => {
      if (hostname.endsWith(".invalid"))
        throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: "ENOTFOUND" });
      return network().lookup(hostname);
    };
    const api = client(endpoint, { env, network: { ...network(), lookup } });
    const error = (await errorOf(api.vm.modifyType("900", "c.2c4g"))) as Error;
    expect(error).toMatchObject({ code, outcome: "not_sent" });
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain("hidden-pw");
  });
});

describe("authorities", () => {
  const send = async (env: Record<string, string>) => {
    const port = await secureService();
    return client(`https://api.local:${port}`, { network: network(), env }).vm.modifyType("900", "c.2c4g");
  };

  test.each([
    ["the file of SSL_CERT_FILE", () => trusting()],
    ["a file of SSL_CERT_DIR", () => ({ SSL_CERT_DIR: directory })],
    ["one of several directories", () => ({ SSL_CERT_DIR: [join(directory, "absent"), directory].join(delimiter) })],
    ["a directory of links, as systems keep them", () => ({ SSL_CERT_DIR: join(directory, "linked") })],
    ["both", () => ({ SSL_CERT_FILE: join(directory, "other.pem"), SSL_CERT_DIR: directory })],
  ])("of %s are trusted", async (_name, env) => {
    expect(await send(env())).toMatchObject({ orderNumber: "1" });
  });

  test("of NODE_EXTRA_CA_CERTS stay trusted beside those of SSL_CERT_FILE", async () => {
    const env = { SSL_CERT_FILE: join(directory, "other.pem"), NODE_EXTRA_CA_CERTS: join(directory, "api.pem") };
    expect(await send(env)).toMatchObject({ orderNumber: "1" });
  });

  test.each([
    ["none of ours", () => ({}), ""],
    ["others", () => ({ SSL_CERT_FILE: join(directory, "other.pem") }), ""],
    [
      "a file that is not there",
      () => ({ SSL_CERT_FILE: join(directory, "absent.pem") }),
      "SSL_CERT_FILE names .*absent.pem, which cannot be read \\(ENOENT\\)",
    ],
    [
      "a file without certificates",
      () => ({ SSL_CERT_FILE: join(directory, "README") }),
      "SSL_CERT_FILE names .*README, which holds no certificate in PEM form",
    ],
    [
      "a directory that is not there",
      () => ({ SSL_CERT_DIR: join(directory, "absent") }),
      "SSL_CERT_DIR names .*absent, which cannot be read \\(ENOENT\\)",
    ],
  ])("%s: the certificate is refused before anything is sent", async (_name, env, words) => {
    const error = (await errorOf(send(env()))) as Error;
    expect(error).toMatchObject({ code: "CERTIFICATE_REFUSED", outcome: "not_sent" });
    expect(error.message).toMatch(new RegExp(words));
  });

  test("are no reason to take a certificate of another name", async () => {
    const port = await secureService();
    const api = client(`https://one.local:${port}`, { network: network(), env: trusting() });
    expect(await errorOf(api.vm.modifyType("900", "c.2c4g"))).toMatchObject({ code: "CERTIFICATE_REFUSED" });
  });

  test("count for a proxy that speaks TLS, too", async () => {
    const proxy = certificateFor("one.local");
    const file = join(directory, "both.pem");
    await writeFile(file, API.cert + proxy.cert);
    const tunnels = await tunnelling(await secureService(), { tls: proxy });
    const proxied = `https://user:p%40ss@one.local:${tunnels.port}`;
    const api = (env: Record<string, string>) =>
      client("https://api.local", { network: network(), env: { HTTPS_PROXY: proxied, ...env } });
    expect(await api({ SSL_CERT_FILE: file }).vm.modifyType("900", "c.2c4g")).toMatchObject({ orderNumber: "1" });
    const authorization = `Basic ${Buffer.from("user:p@ss").toString("base64")}`;
    expect(tunnels.asked).toEqual([`api.local:443 ${authorization}`]);
    const error = (await errorOf(api(trusting()).vm.modifyType("900", "c.2c4g"))) as Error;
    expect(error).toMatchObject({ code: "CERTIFICATE_REFUSED", outcome: "not_sent" });
    expect(error.message).toContain(`the proxy https://one.local:${tunnels.port} (HTTPS_PROXY)`);
  });
});

describe("no timer but the request's own", () => {
  const IDLE = 40;
  const headers = { "content-type": "application/json" };
  const once = (transport: ReturnType<typeof createTransport>, url: string, freshConnection: boolean) =>
    transport.send({ url, headers, body: "{}", freshConnection, ending: new Ending() });

  test.each([true, false])("a proxy may take longer than a connection is kept idle (fresh: %s)", async (fresh) => {
    const tunnels = await tunnelling(await secureService(), { after: IDLE * 5 });
    const proxy = { shown: "p", secure: false, host: "127.0.0.1", port: tunnels.port, authorization: null };
    const transport = createTransport({ proxy, env: trusting(), network: network(), idle: IDLE });
    closing.push(async () => transport.close());
    expect(await once(transport, "https://api.local/api/v2/vm", fresh)).toMatchObject({ kind: "answer" });
  });

  test.each([true, false])("so may an answer (fresh: %s)", async (fresh) => {
    const server = http.createServer((_request, response) => {
      setTimeout(() => response.end("{}"), IDLE * 5);
    });
    const port = await listening(server);
    const transport = createTransport({ proxy: null, env: {}, idle: IDLE });
    closing.push(async () => transport.close());
    expect(await once(transport, `http://127.0.0.1:${port}/api/v2/vm`, fresh)).toMatchObject({ kind: "answer" });
  });
});

test("reads keep their tunnel, changes open their own", async () => {
  const server = https.createServer(API, (request, response) => {
    request.resume();
    response.end(
      '{"requestId":"T","response":{"requestId":"T","orderNumber":"1","balance":"1","totalCount":0,"dataSet":[]}}',
    );
  });
  const tunnels = await tunnelling(await listening(server));
  const env = { ...trusting(), HTTPS_PROXY: `http://127.0.0.1:${tunnels.port}` };
  const api = client("https://api.local", { network: network(), env });
  for (const _turn of [1, 2, 3]) await api.vm.listInstances();
  expect(tunnels.asked).toHaveLength(1);
  await api.vm.modifyType("900", "c.2c4g");
  await api.vm.modifyType("900", "c.2c4g");
  expect(tunnels.asked).toHaveLength(3);
});

test("an interrupted request leaves no connection behind", async () => {
  const sockets = new Set<net.Socket>();
  const silent: Network = {
    ...network(),
    connect: () => {
      const socket = new net.Socket();
      sockets.add(socket);
      return socket;
    },
  };
  const { client: api } = testClient({ url: "https://api.local" }, { network: silent, env: {} });
  const abort = new AbortController();
  const call = errorOf(api.vm.modifyType("900", "c.2c4g", { signal: abort.signal }));
  while (sockets.size === 0) await new Promise(setImmediate);
  abort.abort(new Error("stop"));
  expect(await call).toMatchObject({ code: "REQUEST_CANCELLED", outcome: "not_sent" });
  expect([...sockets].every((socket) => socket.destroyed)).toBe(true);
  api.close();
});
