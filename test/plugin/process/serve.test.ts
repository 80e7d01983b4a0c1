// The plugin as a process: handshake, mutual TLS, and an end in every case.
import { type ChildProcess, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, type ClientHttp2Session } from "node:http2";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { connect as connectTls } from "node:tls";
import { buildSync } from "esbuild";
import { createCertificate, type Certificate } from "../../../lib/plugin/process/certificate";
import { callGrpc, openSession } from "../grpc-client";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

let directory: string;
let executable: string;
const children = new Set<ChildProcess>();

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "p-"));
  executable = join(directory, "plugin.cjs");
  buildSync({
    entryPoints: [join(__dirname, "..", "demo-executable.ts")],
    outfile: executable,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
  });
});

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly line: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

function start(environment: Record<string, string>, ...parameters: string[]): Started {
  const child = spawn(process.execPath, [executable, ...parameters], {
    env: { PATH: process.env["PATH"], TMPDIR: directory, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  let stdout = "";
  let stderr = "";
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const line = new Promise<string>((resolve) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes("\n")) resolve(stdout);
    });
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on("close", (code) => {
      children.delete(child);
      resolve({ code, stdout, stderr });
    });
  });
  return { child, line, ended };
}

function startWithTls(client: Certificate, environment: Record<string, string> = {}): Started {
  return start({
    ...environment,
    TF_PLUGIN_MAGIC_COOKIE: COOKIE,
    PLUGIN_PROTOCOL_VERSIONS: "5,6",
    PLUGIN_CLIENT_CERT: client.certificatePem,
  });
}

function handshake(line: string): { readonly path: string; readonly der: Buffer; readonly fields: readonly string[] } {
  const fields = line.trim().split("|");
  return { path: fields[3] ?? "", der: Buffer.from(fields[5] ?? "", "base64"), fields };
}

function toPem(der: Buffer): string {
  return new X509Certificate(der).toString();
}

function open(line: string, client: Certificate | null): ClientHttp2Session {
  const { path, der } = handshake(line);
  const session = connect("https://localhost", {
    createConnection: () =>
      connectTls({
        ...(path.startsWith("/") ? { path } : { host: "127.0.0.1", port: Number(path.split(":")[1]) }),
        servername: "localhost",
        ca: [toPem(der)],
        ALPNProtocols: ["h2"],
        ...(client === null ? {} : { cert: client.certificatePem, key: client.keyPem }),
      }),
  });
  session.on("error", () => undefined);
  return session;
}

/** The gRPC status of a call, or null when the connection was refused. */
function call(session: ClientHttp2Session, path: string): Promise<unknown> {
  return callGrpc(session, path).then(
    ({ status }) => status ?? null,
    () => null,
  );
}

test("Terraform's certificate is let in, another one and none are refused; Shutdown ends the process and removes the socket", async () => {
  const client = createCertificate();
  const { line, ended } = startWithTls(client);
  const text = await line;
  const { path, fields } = handshake(text);
  expect(fields.slice(0, 3).concat(fields[4] ?? "")).toEqual(["1", "6", "unix", "grpc"]);
  expect(text).not.toContain("=");
  expect(text.split("\n")).toHaveLength(2);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(await call(open(text, createCertificate()), "/tfplugin6.Provider/GetMetadata")).toBeNull();
  expect(await call(open(text, null), "/tfplugin6.Provider/GetMetadata")).toBeNull();
  const session = open(text, client);
  expect(await call(session, "/tfplugin6.Provider/GetMetadata")).toBe("0");
  expect(await call(session, "/plugin.GRPCController/Shutdown")).toBe("0");
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
  expect(existsSync(path)).toBe(false);
});

test("the process ignores Ctrl-C and SIGTERM, and ends when Terraform's connection is gone", async () => {
  const client = createCertificate();
  const { child, line, ended } = startWithTls(client);
  const text = await line;
  child.kill("SIGINT");
  child.kill("SIGTERM");
  const session = open(text, client);
  expect(await call(session, "/tfplugin6.Provider/GetMetadata")).toBe("0");
  session.destroy();
  expect(await ended).toMatchObject({ code: 0 });
  expect(existsSync(handshake(text).path)).toBe(false);
});

test("on Windows it listens on TCP, with the same certificates, and ends when Terraform's connection is gone: what started it is not it", async () => {
  const windows = join(directory, "windows.cjs");
  writeFileSync(windows, 'Object.defineProperty(process, "platform", { value: "win32" });');
  const client = createCertificate();
  const { line, ended } = startWithTls(client, { NODE_OPTIONS: `--require ${windows}` });
  const text = await line;
  expect(handshake(text).fields.slice(2, 4)).toEqual(["tcp", expect.stringMatching(/^127\.0\.0\.1:\d+$/)]);
  expect(await call(open(text, createCertificate()), "/tfplugin6.Provider/GetMetadata")).toBeNull();
  const session = open(text, client);
  expect(await call(session, "/tfplugin6.Provider/GetMetadata")).toBe("0");
  session.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
});

test("without Terraform a person reads what to do", async () => {
  const outcome = await start({}).ended;
  expect(outcome).toMatchObject({ code: 1, stdout: "" });
  expect(outcome.stderr).toContain("It is started by Terraform");
});

test("an old Terraform and a wrong certificate are told on stdout, where Terraform shows it", async () => {
  const old = await start({ TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "5" }).ended;
  expect(old).toMatchObject({ code: 1, stdout: expect.stringContaining("plugin protocol 6") });
  const wrong = await start({ TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_CLIENT_CERT: "nonsense" }).ended;
  expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining("PLUGIN_CLIENT_CERT holds no certificate") });
});

test("an exception that nobody caught becomes a crash report", async () => {
  const { ended } = start({ TF_PLUGIN_MAGIC_COOKIE: COOKIE }, "--crash");
  expect(await ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/^panic: Error: nobody caught this\n/) });
});

test("--debug prints how to attach and serves without TLS", async () => {
  const { child, line, ended } = start({}, "--debug");
  const reattach = /TF_REATTACH_PROVIDERS='(.*)'/.exec(await line)?.[1] ?? "";
  const entry = JSON.parse(reattach)["registry.terraform.io/test/demo"];
  expect(entry).toMatchObject({ Protocol: "grpc", ProtocolVersion: 6, Pid: child.pid, Test: true });
  const session = openSession(entry.Addr.String);
  expect(await call(session, "/tfplugin6.Provider/GetProviderSchema")).toBe("0");
  session.destroy();
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0 });
});

test("a directory whose path is too long for a socket gives way, the one that was asked for gives TCP", async () => {
  const long = join(directory, "x".repeat(120));
  const away = start({ TF_PLUGIN_MAGIC_COOKIE: COOKIE, TMPDIR: long });
  expect(await away.line).toMatch(/^1\|6\|unix\|\/tmp\/plugin/);
  const tcp = start({ TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_UNIX_SOCKET_DIR: long });
  expect(await tcp.line).toMatch(/^1\|6\|tcp\|127\.0\.0\.1:\d+\|grpc\|\n$/);
  for (const { child, ended } of [away, tcp]) {
    child.kill("SIGKILL");
    await ended;
  }
});
