// Whether a status may be read before Terraform asks for it. Terraform's order is not known, so some of what is read ahead is read in vain; the budget
// keeps that within a share of what is read anyway.
import type { Traffic } from "../api";

/**
 * Calls ahead that may be under way at once: as many as make 1,280 answers a second, which is more than Terraform takes. More would only be connections
 * that wait for this process, and hold up what Terraform asks for. The others of a client's connections are for that.
 */
const AT_ONCE = { perMillisecond: 1.28, least: 12, most: 128 };

export interface Ahead {
  /** Calls ahead that nobody has asked for, yet or in time. */
  readonly unused: number;
  /** Calls ahead without an answer. */
  readonly underWay: number;
}

function atOnce(fastest: number): number {
  const { perMillisecond, least, most } = AT_ONCE;
  return Math.min(most, Math.max(least, fastest * perMillisecond));
}

/** Where Zenlayer or the user has set a limit, calls are too dear to be made in vain. */
export function mayReadAhead({ requests, limited, fastest }: Traffic, { unused, underWay }: Ahead): boolean {
  return !limited && underWay < atOnce(fastest) && unused < 100 + requests / 2;
}
