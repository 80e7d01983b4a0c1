// The real Terraform where the network is hard: dead and far addresses, proxies, authorities of a company, SOCKS in the environment.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Network } from "../../lib/api";
import { startSimulator, type Simulator } from "../../lib/simulator";
import { certificateFor, type TestCertificate } from "../support/certificate";
import { Stranger } from "../support/stranger";
import { importBlock, resource, told, World } from "../support/world";

const ID = "900000000000000001";
const FLEET = [{ product: "vm" as const, instanceId: ID, internetChargeType: "ByBandwidth" as const, bandwidth: 400 }];
const wanting = (bandwidth: number) =>
  importBlock("zenlayer_vm_instance_spec.web", ID) +
  resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: bandwidth });

describe("addresses", () => {
  const DEAD = "203.0.113.7";
  const UNREACHABLE = "2001:db8::1";
  const HERE = "127.0.0.1";

  /** Every name has these addresses; the connection to this computer takes a while. */
  const network = (addresses: readonly string[], milliseconds = 0): Network => ({
    lookup: async () => addresses.map((address) => ({ address, family: net.isIP(address) })),
    connect: ({ address }, port) => {
      const socket = new net.Socket();
      if (address === HERE) setTimeout(() => socket.destroyed || socket.connect(port, HERE), milliseconds);
      if (address === UNREACHABLE)
        setTimeout(() => socket.destroy(Object.assign(new Error("unreachable"), { code: "ENETUNREACH" })), 1);
      return socket;
    },
  });

  async function applied(through: Network): Promise<World> {
    const world = await World.start({ simulator: { fleet: FLEET }, provider: { network: through } });
    const endpoint = world.simulator.endpoint.replace(HERE, "localhost");
    await world.configure(`provider "zenlayer" {\n  endpoint = "${endpoint}"\n}\n${wanting(600)}`);
    await world.mustApply();
    return world;
  }

  test.each([
    ["the first is dead", network([DEAD, HERE])],
    ["the second cannot be reached, and the first is 400 ms away", network([HERE, UNREACHABLE], 400)],
    ["the second is dead, and the first is 400 ms away", network([HERE, DEAD], 400)],
  ])("%s: plan and apply succeed, and the change is ordered once", async (_name, through) => {
    const world = await applied(through);
    try {
      expect(world.simulator.writes().map((entry) => entry.action)).toEqual(["ModifyInstanceBandwidth"]);
      expect((await world.terraform.plan()).exitCode).toBe(0);
    } finally {
      await world.stop();
    }
  });

  test("all are dead: the plan ends with request_timeout, and names what was tried", async () => {
    const world = await World.start({
      simulator: { fleet: FLEET },
      provider: { network: network([DEAD, "203.0.113.8"]) },
    });
    try {
      const provider =
        'provider "zenlayer" {\n  endpoint = "http://far.example:8700"\n  request_timeout = 0.6\n  max_retries = 0\n}\n';
      await world.configure(provider + wanting(600));
      const plan = await world.terraform.plan();
      expect(plan.exitCode).toBe(1);
      expect(told(plan)).toMatch(
        /did not even accept the connection: tried 203\.0\.113\.7:8700 \(silent for \d+ ms, \d+ ms\) and 203\.0\.113\.8:8700 \(silent for \d+ ms\)/,
      );
    } finally {
      await world.stop();
    }
  });
});

describe("surroundings", () => {
  let simulator: Simulator;
  let stranger: Stranger;
  let directory: string;
  const servers: http.Server[] = [];
  const sockets = new Set<net.Socket>();

  beforeAll(async () => {
    simulator = await startSimulator({ fleet: FLEET });
    directory = await mkdtemp(join(tmpdir(), "surroundings-"));
    // Others look into it.
    await chmod(directory, 0o755);
    stranger = await Stranger.arrive();
    await stranger.write(
      "main.tf",
      `terraform {\n  required_providers {\n    zenlayer = { source = "registry.terraform.io/cdktf-zenlayer/zenlayer" }\n  }\n}\nprovider "zenlayer" {}\n${wanting(400)}`,
    );
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) await new Promise((resolve) => server.close(resolve));
    await stranger.leave();
    await simulator.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function listen<S extends http.Server>(server: S): Promise<number> {
    servers.push(server);
    server.on("connection", (socket: net.Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as net.AddressInfo).port;
  }

  /** The simulator behind TLS. It answers to the names of this computer only, so that another one is written over. */
  async function secured(certificate: TestCertificate): Promise<number> {
    const { hostname, port } = new URL(simulator.endpoint);
    const front = https.createServer(certificate, (request, response) => {
      const { method, url: path } = request;
      const headers = { ...request.headers, host: request.headers.host?.replace("api.local", "localhost") };
      const behind = http.request({ hostname, port, path, method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      request.pipe(behind);
    });
    front.on("tlsClientError", () => undefined);
    return listen(front);
  }

  /** A proxy that knows the way to one port. */
  async function tunnelling(to: number): Promise<{ readonly port: number; readonly asked: readonly string[] }> {
    const asked: string[] = [];
    const proxy = http.createServer();
    proxy.on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
      asked.push(String(request.url));
      const upstream = net.connect(to, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [socket, upstream]) end.on("error", () => [socket, upstream].forEach((each) => each.destroy()));
    });
    return { port: await listen(proxy), asked };
  }

  async function trusted(name: string, certificate: TestCertificate): Promise<string> {
    const file = join(directory, name);
    await writeFile(file, certificate.cert, { mode: 0o644 });
    return file;
  }

  const plan = (env: Readonly<Record<string, string>>) =>
    stranger.terraform(["plan", "-input=false", "-detailed-exitcode"], { ...simulator.env(), ...env });

  test("the authority of SSL_CERT_FILE or SSL_CERT_DIR is trusted, and without it nothing is sent", async () => {
    const certificate = certificateFor("localhost");
    const file = await trusted("authority.pem", certificate);
    const endpoint = { ZENLAYER_ENDPOINT: `https://localhost:${await secured(certificate)}` };
    simulator.clearRequests();
    const refused = await plan(endpoint);
    expect(refused.text).toMatch(/the certificate of the endpoint is not trusted.*SSL_CERT_FILE/);
    expect(refused.code).toBe(1);
    expect((await plan({ ...endpoint, NODE_TLS_REJECT_UNAUTHORIZED: "0" })).code).toBe(1);
    expect(simulator.requests).toEqual([]);
    for (const env of [{ SSL_CERT_FILE: file }, { SSL_CERT_DIR: directory }, { NODE_EXTRA_CA_CERTS: file }])
      expect(await plan({ ...endpoint, ...env })).toMatchObject({
        code: 2,
        text: expect.stringContaining("1 to import"),
      });
  });

  test("through a proxy, with a company's authority, and a SOCKS address for other tools beside it", async () => {
    const certificate = certificateFor("api.local");
    const proxy = await tunnelling(await secured(certificate));
    const through = {
      // A signature would hold for the name that was signed.
      ZENLAYERCLOUD_ACCESS_KEY_ID: "",
      ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "",
      ZENLAYER_TOKEN: simulator.token,
      ZENLAYER_ENDPOINT: "https://api.local",
      SSL_CERT_FILE: await trusted("api.pem", certificate),
      HTTPS_PROXY: `127.0.0.1:${proxy.port}`,
      ALL_PROXY: "socks5h://127.0.0.1:1080",
    };
    expect(await plan(through)).toMatchObject({ code: 2, text: expect.stringContaining("1 to import") });
    expect(new Set(proxy.asked)).toEqual(new Set(["api.local:443"]));
  });

  test("a SOCKS address alone in ALL_PROXY is ignored", async () => {
    expect((await plan({ ALL_PROXY: "socks5://127.0.0.1:1", NO_PROXY: "" })).code).toBe(2);
  });

  test("a SOCKS address in HTTPS_PROXY is one error that names it, without its password", async () => {
    const { code, text } = await plan({
      ZENLAYER_ENDPOINT: "https://api.zenlayer.invalid",
      HTTPS_PROXY: "socks5://me:hidden-pw@127.0.0.1:1080",
    });
    expect(text.match(/Error: /g)).toHaveLength(1);
    expect(text).toContain(
      "Error: HTTPS_PROXY is socks5://127.0.0.1:1080, and requests to Zenlayer go through no SOCKS proxy.",
    );
    expect(text).not.toContain("hidden-pw");
    expect(code).toBe(1);
  });
});
