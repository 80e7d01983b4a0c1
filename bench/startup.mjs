// How long the packaged plugin takes from start to handshake, against a Node that does nothing.
// Terraform starts the plugin two to five times per command, one after the other, so this is what users wait for.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleave } from "./statistics.mjs";

const PLUGIN = join(dirname(fileURLToPath(import.meta.url)), "..", "dist", "bin", "terraform-provider-zenlayer");

/** The plugin may take this many times as long as `node -e 0`. */
const LIMIT = 1.8;
const ROUNDS = 25;

/** A client certificate as Terraform passes it (its private key is nowhere): the plugin then serves TLS, as in real use. */
const CLIENT_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIICczCCAdSgAwIBAgIUToRTKzZWhZiDk/Y7RfMiSQjsIrIwCgYIKoZIzj0EAwIw
KDESMBAGA1UECgwJSGFzaGlDb3JwMRIwEAYDVQQDDAlsb2NhbGhvc3QwIBcNMjYx
MTIxMDcxNjM5WhgPMjEyNjEwMjgwNzE2MzlaMCgxEjAQBgNVBAoMCUhhc2hpQ29y
cDESMBAGA1UEAwwJbG9jYWxob3N0MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQB
jXDAz2xhsZIN3YSJHKgR6docLjmay6hV+2llWRBuaYetJME/1ug6/9/e7J3SfQyO
HglUDh/lKX8lhignrtK60aoAAyv1NoCSPjcgXxyosEJDQeH/Ge0WAVd2KzreVjsD
kpn5TyEmEx51jEFeR8WycJXtx4kT1xBQq+Ea9+JOptipgj2jgZYwgZMwHQYDVR0O
BBYEFGLGJrAgglzuufkTPVvXVztq1McUMB8GA1UdIwQYMBaAFGLGJrAgglzuufkT
PVvXVztq1McUMA8GA1UdEwEB/wQFMAMBAf8wFAYDVR0RBA0wC4IJbG9jYWxob3N0
MAsGA1UdDwQEAwICrDAdBgNVHSUEFjAUBggrBgEFBQcDAgYIKwYBBQUHAwEwCgYI
KoZIzj0EAwIDgYwAMIGIAkIBS/5GfNWfZ44/vxb5tkym+WTGpM3nXeAx5I+Suks8
w2sA2UpVOzH6PfoywXnGRR4T43X4WbB07/rhw9y8zTKnfHwCQgEPjsB+ZRkmxzLn
NNAZ5BfCuLc+/oCtaPcsfRvN2HNT+XRkrC+4lt5eE/mwaXAtjdH2MVUPf4HDaEWo
oi1Awvbkpw==
-----END CERTIFICATE-----
`;

/** Reading extra root certificates costs every start of Node the same, and would make the ratio look better. */
const { NODE_EXTRA_CA_CERTS: _ignored, ...environment } = process.env;

function bareNode() {
  return new Promise((resolve, reject) => {
    spawn("node", ["-e", "0"], { env: environment, stdio: "ignore" }).on("error", reject).on("close", resolve);
  });
}

/** Starts the plugin as Terraform does and resolves at its handshake line. */
function handshake(sockets) {
  return new Promise((resolve, reject) => {
    const child = spawn(PLUGIN, [], {
      env: {
        ...environment,
        TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_PROTOCOL_VERSIONS: "5,6",
        PLUGIN_CLIENT_CERT: CLIENT_CERTIFICATE,
        PLUGIN_UNIX_SOCKET_DIR: sockets,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.on("error", reject);
    child.stdout.once("data", (line) => {
      child.kill("SIGKILL");
      if (String(line).startsWith("1|6|")) resolve();
      else reject(new Error(`The plugin did not shake hands: ${line}`));
    });
    child.on("close", (code) => reject(new Error(`The plugin ended with ${code} before the handshake.`)));
  });
}

export async function startup() {
  // A killed plugin leaves its socket behind.
  const sockets = mkdtempSync(join(tmpdir(), "startup-"));
  try {
    const { bare, plugin } = await interleave({ bare: bareNode, plugin: () => handshake(sockets) }, ROUNDS);
    const ratio = plugin / bare;
    const times = `${plugin.toFixed(1)} ms, bare node ${bare.toFixed(1)} ms`;
    console.log(`start to handshake  ${times}, ratio ${ratio.toFixed(2)} (limit ${LIMIT})`);
    return ratio <= LIMIT;
  } finally {
    rmSync(sockets, { recursive: true, force: true });
  }
}
