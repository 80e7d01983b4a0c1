// What the commands of hooks printed during an apply.
import type { CommandResult } from "../../lib/testing";

export interface HookOutput {
  readonly address: string;
  readonly text: string;
}

/** Lines in the order in which Terraform got them, without its own announcements. */
export function hookOutputs(result: CommandResult): readonly HookOutput[] {
  return result.events
    .filter(({ type }) => type === "provision_progress")
    .map((event) => event["hook"] as { readonly resource: { readonly addr: string }; readonly output: string })
    .filter(({ output }) => !output.startsWith("Executing: "))
    .map(({ resource, output }) => ({ address: resource.addr, text: output }));
}

/** Addresses of the hooks that an apply ran, in the order in which they began. */
export function hooksRun(result: CommandResult): readonly string[] {
  return result.events
    .filter(({ type }) => type === "provision_start")
    .map((event) => (event["hook"] as { readonly resource: { readonly addr: string } }).resource.addr);
}
