// What a rule of a policy found, and whether somebody answers for letting it pass.
import type { ChangeFact, Place } from "../facts/facts";
import { HIDDEN } from "../facts/sensitive";
import { axisLabel, machineLabel } from "../facts/words";
import type { Level } from "./policy";

export interface PolicyFinding {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  /** Null: about the whole review. */
  readonly plan: string | null;
  readonly address: string | null;
  readonly step: number | null;
  /** Ids and names of the machine, where it is about one. */
  readonly machines: readonly string[];
  /** Why it does not count; null: it does. */
  readonly waived: { readonly owner: string; readonly reason: string; readonly expires: string } | null;
}

/** About the whole review. */
export function overall(rule: string, level: Level, message: string): PolicyFinding {
  return { rule, level, message, plan: null, address: null, step: null, machines: [], waived: null };
}

/** About one change. */
export function ofChange(rule: string, level: Level, change: ChangeFact, message: string): PolicyFinding {
  const { id, name } = change.machine;
  return {
    ...ofPlace(rule, level, change, `${axisLabel(change.axis)} of ${machineLabel(change.machine)} ${message}`),
    step: change.step,
    machines: shownNames([id, name]),
  };
}

/** Ids and names of a machine, without what is unknown, hidden or empty. */
export function shownNames(values: readonly (string | null)[]): readonly string[] {
  return values.filter((value): value is string => value !== null && value !== HIDDEN && value !== "");
}

/** About one resource or action. */
export function ofPlace(
  rule: string,
  level: Level,
  { plan, address }: Pick<Place, "plan" | "address">,
  message: string,
  machines: readonly string[] = [],
): PolicyFinding {
  return { rule, level, message, plan, address, step: null, machines, waived: null };
}
