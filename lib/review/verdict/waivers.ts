// Waivers: findings that do not count for a time, with somebody who answers for it. An expired one counts for nothing.
import { matchesPattern } from "../../engine";
import type { PolicyFinding } from "./finding";
import type { Policy, Waiver } from "./policy";

export interface WaiverState {
  readonly rule: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
  readonly state: "used" | "unused" | "expired";
  /** Findings that it lets pass, or would if it had not expired. */
  readonly findings: number;
}

/** Findings with the waiver that lets them pass, the first that fits. */
export function waive(
  findings: readonly PolicyFinding[],
  waivers: readonly Waiver[],
  now: number,
): readonly PolicyFinding[] {
  return findings.map((finding) => {
    const waiver = waivers.find((item) => now < item.ends && fits(item, finding));
    if (waiver === undefined) return finding;
    const { owner, reason, expires } = waiver;
    return { ...finding, waived: { owner, reason, expires } };
  });
}

export function waiverStates(
  { waivers }: Policy,
  findings: readonly PolicyFinding[],
  now: number,
): readonly WaiverState[] {
  return waivers.map((waiver) => {
    const { rule, owner, reason, expires } = waiver;
    const amount = findings.filter((finding) => fits(waiver, finding)).length;
    const state = now >= waiver.ends ? "expired" : amount > 0 ? "used" : "unused";
    return { rule, owner, reason, expires, state, findings: amount };
  });
}

/** Each pattern must be met; what is about no resource or machine meets none of theirs. */
function fits({ rule, plans, addresses, machines }: Waiver, finding: PolicyFinding): boolean {
  const meets = (patterns: readonly string[] | null, texts: readonly (string | null)[]) =>
    patterns === null ||
    patterns.some((pattern) => texts.some((text) => text !== null && matchesPattern(pattern, text)));
  return (
    rule === finding.rule &&
    meets(plans, [finding.plan]) &&
    meets(addresses, [finding.address]) &&
    meets(machines, finding.machines)
  );
}
