// A covered line as a sentence, for what is new, gone or done.
import type { CanonicalEntry, CanonicalStep } from "./canonical";

export function describeEntry({ address, action, machine, steps, details }: CanonicalEntry): string {
  const calls = steps === null ? ["known only at apply"] : steps.map(describeStep);
  const what = [...calls, ...details].join("; ");
  return `${address}: ${action}${machine === null ? "" : ` machine ${machine}`}${what === "" ? "" : `, ${what}`}`;
}

function describeStep({ direction, axis, from, to, charge, takes_effect }: CanonicalStep): string {
  return `${direction} ${axis} ${from ?? "none"} → ${to} (${charge}, ${takes_effect})`;
}
