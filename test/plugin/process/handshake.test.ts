// What the environment asks of a plugin, and the line that answers it.
import { handshakeLine, startProblem } from "../../../lib/plugin/process/handshake";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

test("the seventh field answers who asks for it", () => {
  const address = { network: "unix", address: "/s" } as const;
  expect(handshakeLine(address, null, {})).toBe("1|6|unix|/s|grpc|\n");
  expect(handshakeLine(address, null, { PLUGIN_MULTIPLEX_GRPC: "true" })).toBe("1|6|unix|/s|grpc||false\n");
  expect(startProblem({ TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "6,5" })).toBeNull();
});

test.each([
  ["by a person", {}, /^This is the Terraform provider test\/demo\. .*run terraform/],
  ["by something else", { TF_PLUGIN_MAGIC_COOKIE: "other" }, /^This is the Terraform provider/],
  [
    "by a Terraform that is too old",
    { TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "4,5" },
    /speaks plugin protocol 6, but this Terraform offers only 4,5\./,
  ],
  [
    "with a version that only looks like ours",
    { TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "16,66" },
    /16,66/,
  ],
])("started %s, it says why it cannot work", (_name, environment, words) => {
  expect(startProblem(environment)?.("test/demo")).toMatch(words);
});

test.each([undefined, ""])("a Terraform that says nothing of versions (%j) is tried", (versions) => {
  const said = versions === undefined ? {} : { PLUGIN_PROTOCOL_VERSIONS: versions };
  expect(startProblem({ TF_PLUGIN_MAGIC_COOKIE: COOKIE, ...said })).toBeNull();
});

test("the certificate stands in it without padding, or Terraform refuses it", () => {
  const line = handshakeLine({ network: "tcp", address: "127.0.0.1:1" }, Buffer.of(1), {});
  expect(line).toBe("1|6|tcp|127.0.0.1:1|grpc|AQ\n");
});
