// Whether a status may be read before Terraform asks for it. Terraform's order is not known, so some of what is read ahead is read in vain; the budget
// keeps that within a share of what is read anyway.
import type { Traffic } from "../api";

/** Calls ahead that may be under way at once: the others of a client's connections are for what is asked for. */
const AHEAD_AT_ONCE = 128;

export interface AheadState extends Traffic {
  /** Calls ahead that nobody has asked for, yet or in time. */
  readonly unused: number;
  /** Calls ahead without an answer. */
  readonly underWay: number;
}

/** Where Zenlayer or the user has set a limit, calls are too dear to be made in vain. */
export function mayReadAhead({ requests, limited, unused, underWay }: AheadState): boolean {
  return !limited && underWay < AHEAD_AT_ONCE && unused < 100 + requests / 2;
}
