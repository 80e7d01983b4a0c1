// Injected transport faults (zenlayer-api A.5): which call they hit, whether it is executed, and what the caller gets.
import { isObject } from "./fields";
import type { Service } from "./types";
import { matchesWildcard } from "./wildcard";

export interface Fault {
  readonly kind: FaultKind;
  /** Only calls of this action; `*` as wildcard: `Modify*`. Default all. */
  readonly action?: string;
  readonly service?: Service;
  /** Only calls for this machine (`instanceId`, or one of `instanceIds`). */
  readonly instanceId?: string;
  /** Calls to hit; default 1; Infinity for all. */
  readonly times?: number;
  /** Matching calls to let through first; default 0. */
  readonly skip?: number;
  /** Whether the action is carried out; default by kind (table FAULTS). */
  readonly executed?: boolean;
  /** `rate_limit`, `status_503`: the Retry-After header, seconds or a date. */
  readonly retryAfter?: number | string;
  /** `slow`: wall milliseconds until the answer; default 1000. */
  readonly milliseconds?: number;
  /** `error`, `foreign`, `raw`: HTTP status; default 400, 400 and 200. */
  readonly status?: number;
  /** `error`: the vendor's code. */
  readonly code?: string;
  /** `error`: the message. `raw`, `not_json`, `foreign`: the body. */
  readonly body?: string;
  /** `raw`: headers. `redirect`: `location`. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Errors (`error`, `status_…`, `foreign`) also carry a field `orderNumber`, so written: the order's number where the action was
   * carried out, else an invented one.
   */
  readonly orderNumber?: "text" | "number" | "list";
}

export interface FaultHandle {
  /** Calls hit so far. */
  readonly hits: number;
  remove(): void;
}

export interface FaultFact {
  /** Whether the action is carried out unless the fault says otherwise. */
  readonly executed: boolean;
  readonly description: string;
}

/** Every kind; docs/simulator.md repeats this table and a test compares the two. */
export const FAULTS = {
  drop_before: { executed: false, description: "the connection is closed without an answer" },
  drop_after: { executed: true, description: "the same, after the action was carried out" },
  reset_before: { executed: false, description: "the connection is reset" },
  reset_after: { executed: true, description: "the same, after the action was carried out" },
  hold: { executed: false, description: "no answer, the connection stays open until the caller gives up" },
  hold_after: { executed: true, description: "the same, after the action was carried out" },
  slow: { executed: true, description: "the right answer after `milliseconds` (default 1000)" },
  rate_limit: {
    executed: false,
    description: "429 `REQUEST_LIMIT_EXCEEDED`, with Retry-After when `retryAfter` is given",
  },
  status_500_before: { executed: false, description: "500 `INTERNAL_SERVER_ERROR`" },
  status_500_after: { executed: true, description: "the same, after the action was carried out" },
  status_503: {
    executed: false,
    description: "503 `SERVICE_TEMPORARY_UNAVAILABLE`, with Retry-After when `retryAfter` is given",
  },
  status_503_after: { executed: true, description: "the same, after the action was carried out" },
  status_504: { executed: false, description: "504 `REQUEST_TIMED_OUT`" },
  status_504_after: { executed: true, description: "the same, after the action was carried out" },
  challenge: { executed: false, description: "403 HTML page with the header `cf-mitigated: challenge`" },
  blocked_451: { executed: false, description: "451 HTML page" },
  empty_204: { executed: true, description: "204 without a body" },
  truncated: { executed: true, description: "200 with JSON cut off in the middle" },
  not_json: { executed: true, description: "200 with an HTML page (or `body`)" },
  redirect: { executed: false, description: "307 to the same address (or `headers.location`)" },
  error: {
    executed: false,
    description: "a flat error object with `status` (default 400), `code` and the message `body`",
  },
  foreign: {
    executed: false,
    description: "`status` (default 400; try 408, 425, 499) with an HTML page (or `body`) that is not the vendor's",
  },
  raw: { executed: true, description: "`status` (default 200), `headers` and `body` as given" },
  stale: { executed: true, description: "a Describe… that shows each axis as before its last change" },
  left_out: {
    executed: true,
    description:
      "DescribeInstances without the machine of `instanceId`, in listings too, or without any; status actions still know it",
  },
} as const satisfies Readonly<Record<string, FaultFact>>;

/** How the answer goes wrong. */
export type FaultKind = keyof typeof FAULTS;

export function isFaultKind(kind: unknown): kind is FaultKind {
  return typeof kind === "string" && Object.hasOwn(FAULTS, kind);
}

interface Call {
  readonly service: string;
  readonly action: string;
  readonly body: unknown;
}

/** The faults that are set; the first that matches a call hits it. */
export class FaultTable {
  private readonly entries: { readonly fault: Fault; seen: number; hits: number }[] = [];

  add(fault: Fault): FaultHandle {
    const entry = { fault, seen: 0, hits: 0 };
    const { entries } = this;
    entries.push(entry);
    return {
      get hits() {
        return entry.hits;
      },
      remove: () => {
        const index = entries.indexOf(entry);
        if (index >= 0) entries.splice(index, 1);
      },
    };
  }

  /** The fault for a call; counts it. */
  hit(call: Call): Fault | null {
    for (const entry of this.entries) {
      if (entry.hits >= (entry.fault.times ?? 1) || !matches(entry.fault, call)) continue;
      if (entry.seen++ < (entry.fault.skip ?? 0)) continue;
      entry.hits++;
      return entry.fault;
    }
    return null;
  }

  clear(): void {
    this.entries.length = 0;
  }

  list(): readonly (Fault & { readonly hits: number })[] {
    return this.entries.map(({ fault, hits }) => ({ ...fault, hits }));
  }
}

export function isExecuted(fault: Fault): boolean {
  return fault.executed ?? FAULTS[fault.kind].executed;
}

function matches(fault: Fault, call: Call): boolean {
  if (fault.service !== undefined && fault.service !== call.service) return false;
  if (fault.action !== undefined && !matchesWildcard(fault.action, call.action)) return false;
  if (fault.kind === "stale" && !call.action.startsWith("Describe")) return false;
  if (fault.kind === "left_out" && !/^DescribeInstances(Status)?$/.test(call.action)) return false;
  if (fault.instanceId === undefined) return true;
  const body = isObject(call.body) ? call.body : {};
  const ids = body["instanceIds"];
  if (fault.kind === "left_out" && (ids === undefined || ids === null)) return true;
  return body["instanceId"] === fault.instanceId || (Array.isArray(ids) && ids.includes(fault.instanceId));
}
