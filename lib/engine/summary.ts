// The one readable line of a plan.
import type { Step } from "./types";
import { describeValue, formatValue, isUnlimited } from "./values";

/** All steps in one line, for `plan_summary`; empty without steps. */
export function summarise(steps: readonly Step[]): string {
  return steps.map(summariseStep).join("; ");
}

/** One step, for example `upgrade internet_max_bandwidth_out 100 → 200 Mbps now (charged now)`. */
export function summariseStep(step: Step): string {
  return `${verb(step)} ${step.axis} ${values(step)} ${when(step)}`;
}

function verb(step: Step): string {
  switch (step.direction) {
    case "cancel":
      return "cancel scheduled";
    case "lateral":
      return "change";
    default:
      return step.direction;
  }
}

/** The unit is written once: `100 → 200 Mbps`, `unlimited → 200 Mbps`. */
function values({ axis, from, to }: Step): string {
  const shared = from !== null && !isUnlimited(axis, from) && !isUnlimited(axis, to);
  return `${shared ? formatValue(axis, from) : describeValue(axis, from)} → ${describeValue(axis, to)}`;
}

function when(step: Step): string {
  switch (step.takesEffect) {
    case "immediately":
      return `now (${cost(step)})`;
    case "next_billing_cycle":
      return step.effectiveAt === null
        ? `at the next billing cycle (${cost(step)})`
        : `at ${step.effectiveAt} (next billing cycle, ${cost(step)})`;
    case "decided_by_zenlayer":
      return `now or at the next billing cycle (decided by Zenlayer, ${cost(step)})`;
  }
}

function cost(step: Step): string {
  switch (step.charge) {
    case "charged_now":
      return "charged now";
    case "none":
      return "not charged";
    case "usage_based":
      return "billed by usage";
    case "unknown":
      return "may be charged";
  }
}
