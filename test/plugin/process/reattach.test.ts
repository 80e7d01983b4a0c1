// TF_REATTACH_PROVIDERS: where Terraform and OpenTofu find a provider that runs.
import type { PluginServer } from "../../../lib/plugin/process/plugin-server";
import { reattachText } from "../../../lib/plugin/process/reattach";

const server = { listening: { address: { network: "unix", address: "/s" } } } as PluginServer;
const entries = (...addresses: readonly string[]) =>
  JSON.parse(reattachText(addresses.map((address) => ({ address, server })))) as Record<
    string,
    Record<string, unknown>
  >;

test("a provider of a default registry answers under both, for one source means one or the other", () => {
  const both = ["registry.opentofu.org/a/b", "registry.terraform.io/a/b"];
  expect(Object.keys(entries("registry.terraform.io/a/b")).sort()).toEqual(both);
  expect(Object.keys(entries("registry.opentofu.org/a/b")).sort()).toEqual(both);
});

test("one of another registry under that alone, and several beside each other", () => {
  expect(Object.keys(entries("example.com/a/b", "example.com/a/c"))).toEqual(["example.com/a/b", "example.com/a/c"]);
});

test("each says protocol 6, and that it is no plugin to be ended after use", () => {
  expect(entries("example.com/a/b")["example.com/a/b"]).toEqual({
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: process.pid,
    Test: true,
    Addr: { Network: "unix", String: "/s" },
  });
});
