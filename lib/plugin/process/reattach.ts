// TF_REATTACH_PROVIDERS: how Terraform finds providers that already run.
import { PROTOCOL_VERSION } from "./handshake";
import type { PluginServer } from "./plugin-server";

/** Where an address without a host leads: in Terraform, and in OpenTofu. */
const DEFAULT_HOSTS = ["registry.terraform.io", "registry.opentofu.org"];

/** A provider of a default registry answers under both: `source = "hashicorp/null"` means one or the other, by the program that reads it. */
export function reattachText(servers: readonly { readonly address: string; readonly server: PluginServer }[]): string {
  const entries = servers.flatMap(({ address, server }) => {
    const { network, address: where } = server.listening.address;
    const entry = {
      Protocol: "grpc",
      // Missing means 5.
      ProtocolVersion: PROTOCOL_VERSION,
      Pid: process.pid,
      // Without it Terraform 1.11 crashes, and go-plugin would end the process after use.
      Test: true,
      Addr: { Network: network, String: where },
    };
    return addressesOf(address).map((each) => [each, entry] as const);
  });
  return JSON.stringify(Object.fromEntries(entries));
}

function addressesOf(address: string): readonly string[] {
  const [host = "", ...rest] = address.split("/");
  return DEFAULT_HOSTS.includes(host) ? DEFAULT_HOSTS.map((each) => [each, ...rest].join("/")) : [address];
}
