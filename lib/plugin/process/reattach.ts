// TF_REATTACH_PROVIDERS: how Terraform finds providers that already run.
import { PROTOCOL_VERSION } from "./handshake";
import type { PluginServer } from "./plugin-server";

export function reattachText(servers: readonly { readonly address: string; readonly server: PluginServer }[]): string {
  const entries = servers.map(({ address, server }) => {
    const { network, address: where } = server.listening.address;
    return [
      address,
      {
        Protocol: "grpc",
        // Missing means 5.
        ProtocolVersion: PROTOCOL_VERSION,
        Pid: process.pid,
        // Without it Terraform 1.11 crashes, and go-plugin would end the process after use.
        Test: true,
        Addr: { Network: network, String: where },
      },
    ] as const;
  });
  return JSON.stringify(Object.fromEntries(entries));
}
