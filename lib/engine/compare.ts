// Whether what would be called now is what was planned: the question behind "the plan is stale".
import { AXES, type Axis, type AxisValue, type Step } from "./types";
import { describeValue, sameValue } from "./values";

/** One element of the attribute `changes`, as it comes back from Terraform: values are strings. The order of the array does not matter, `step` does. */
export interface PlannedStep {
  readonly step: number;
  readonly action: string;
  readonly axis: string;
  readonly from: string | null;
  readonly to: string;
  readonly direction: string;
  readonly charge: string;
}

export interface Comparison {
  /** No differences. Axes that are done do not count as different. */
  readonly same: boolean;
  /** What differs, one sentence per axis and difference. */
  readonly differences: readonly string[];
  /** Axes with planned calls that need none any more: they are at their target already. */
  readonly done: readonly Axis[];
}

/**
 * Compares per axis the calls that were planned with those that would be issued now (of a decision without waits, in its order):
 * action, from, to, direction, charge. When a change takes effect is not compared: `expiredTime` moves by itself.
 */
export function sameDecision(planned: readonly PlannedStep[], current: readonly Step[]): Comparison {
  const differences: string[] = [];
  const done: Axis[] = [];
  for (const axis of AXES) {
    const before = planned.filter((step) => step.axis === axis).sort((a, b) => a.step - b.step);
    const now = current.filter((step) => step.axis === axis);
    const last = now.at(-1);
    if (last !== undefined) differences.push(...differencesOfAxis(axis, before, now, last));
    else if (before.length > 0) done.push(axis);
  }
  const strangers = planned.filter((step) => !AXES.some((axis) => axis === step.axis));
  differences.push(
    ...strangers.map((step) => `${step.axis}: planned ${step.action}, which this version does not know`),
  );
  return { same: differences.length === 0, differences, done };
}

/** @param last of `current`: where the axis is going */
function differencesOfAxis(
  axis: Axis,
  planned: readonly PlannedStep[],
  current: readonly Step[],
  last: Step,
): string[] {
  const calls = (steps: readonly { readonly action: string }[]) =>
    steps.map((step) => step.action).join(", then ") || "no call";
  const way = `${describeValue(axis, last.from)} → ${describeValue(axis, last.to)}`;
  const otherCalls = [`${axis}: planned ${calls(planned)}, now ${calls(current)} (${way})`];
  const found: string[] = [];
  for (const [i, now] of current.entries()) {
    const before = planned[i];
    if (before?.action !== now.action) return otherCalls;
    found.push(...differencesOfStep(axis, before, now));
  }
  return planned.length > current.length ? otherCalls : found;
}

function differencesOfStep(axis: Axis, planned: PlannedStep, current: Step): string[] {
  const found: string[] = [];
  const from = planned.from === null ? null : parseValue(axis, planned.from);
  const to = parseValue(axis, planned.to);
  if (!sameValue(axis, from, current.from))
    found.push(`from ${describeValue(axis, from)}, now from ${describeValue(axis, current.from)}`);
  if (!sameValue(axis, to, current.to))
    found.push(`to ${describeValue(axis, to)}, now to ${describeValue(axis, current.to)}`);
  if (planned.direction !== current.direction) found.push(`direction ${planned.direction}, now ${current.direction}`);
  if (planned.charge !== current.charge) found.push(`charge ${planned.charge}, now ${current.charge}`);
  return found.map((text) => `${axis}: ${planned.action} was planned with ${text}`);
}

function parseValue(axis: Axis, text: string): AxisValue {
  return axis === "instance_type" ? text : Number(text);
}
