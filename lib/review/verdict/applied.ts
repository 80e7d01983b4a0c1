// What an apply left behind: orders, what is running or scheduled now, and what nobody knows. From whatever there is: states, logs, plans.
import { AXES } from "../../engine";
import { plannedSteps } from "../facts/changes";
import type { DiagnosticFact, MachineFact } from "../facts/facts";
import { doesSomething, pendingOf } from "../facts/surroundings";
import { isMachine, machineOf, machineOfState, productOf } from "../facts/ours";
import { redactor } from "../facts/secrets";
import { repeatsThePlan } from "../facts/warned";
import { HIDDEN, isHidden, isSensitive } from "../facts/sensitive";
import { at, numberAt, scalarText, textsOf } from "../input/json";
import { guardOf, inOrder, leftBehind, type AppliedResource, type Log } from "../input/log";
import type { Plan, ResourceChange, StateResource } from "../input/plan";
import { NO_PATHS, type ConstructPaths } from "../input/stack";
import type { State } from "../input/state";
import { judgeApplied } from "./applied-verdict";
import { becameOf, type Became } from "./became";
import type { ExitCode } from "./report";

export const APPLIED_VERSION = 1;

export interface AppliedPending {
  readonly axis: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly phase: string;
  readonly effective_at: string | null;
}

/** What was planned to be called. */
export interface AppliedCall {
  readonly axis: string;
  readonly from: string | null;
  readonly to: string;
  readonly direction: string;
  readonly takes_effect: string;
  readonly effective_at: string | null;
}

export interface AppliedMachine extends Became {
  readonly address: string;
  readonly construct_path: string | null;
  readonly machine: MachineFact;
  /** Orders of the last apply that placed any, as the state has them. */
  readonly order_numbers: readonly string[];
  readonly change_count: number | null;
  /** Calls of the plan that was applied; empty without it. */
  readonly calls: readonly AppliedCall[];
  /** Committed and effective value of each axis that the machine has; empty where the state does not know it. */
  readonly values: readonly {
    readonly axis: string;
    readonly committed: string | null;
    readonly effective: string | null;
  }[];
  readonly pending: readonly AppliedPending[];
}

/** Something of which nobody knows how it ended. */
export interface BegunFact {
  readonly kind: "resource" | "action";
  readonly address: string;
  readonly type: string;
  readonly action: string;
  /** `no_end`: it began, and the log has no end of it. `no_answer`: a call was sent, and no usable answer came. */
  readonly because: "no_end" | "no_answer";
}

/** A machine of Zenlayer that another resource bought or changed, or an action that ran: what it charged is not known here. */
export interface AppliedOther {
  readonly kind: "resource" | "action";
  readonly address: string;
  readonly type: string;
  readonly action: string;
  readonly result: AppliedResource["result"];
}

export interface AppliedReport {
  readonly kind: "cdktf-zenlayer/applied";
  readonly version: typeof APPLIED_VERSION;
  readonly name: string;
  readonly status: "nothing_to_do" | "changes" | "refused" | "error";
  readonly exit_code: ExitCode;
  readonly summary: string;
  /** Whether it is known that nothing was ordered. */
  readonly nothing_ordered: boolean;
  /** When the log of the apply begins (RFC 3339); null without one. */
  readonly started_at: string | null;
  readonly machines: readonly AppliedMachine[];
  readonly began: readonly BegunFact[];
  readonly others: readonly AppliedOther[];
  /** What could not be seen, a sentence each. */
  readonly unseen: readonly string[];
  readonly diagnostics: readonly DiagnosticFact[];
}

export interface AppliedInput {
  readonly name: string;
  /** A state file that could not be saved is newer than a state of the backend. */
  readonly states: readonly State[];
  /** Of the apply; says which resources it touched and what went wrong. Logs of its plan may be among them. */
  readonly logs: readonly Log[];
  /** What was applied; tells the orders of this apply from older ones. */
  readonly plans: readonly Plan[];
  readonly paths?: ConstructPaths;
  /** Why an input could not be read, a sentence each. */
  readonly unread?: readonly string[];
}

export function buildAppliedReport({
  name,
  states,
  logs: given,
  plans,
  paths = NO_PATHS,
  unread = [],
}: AppliedInput): AppliedReport {
  // The log of the plan beside that of the apply says which warnings are known already.
  const ofPlan = given.length > 1 ? given.filter((log) => !log.ofApply && !log.ended) : [];
  const logs = given.filter((log) => !ofPlan.includes(log));
  const touched = logs.flatMap((log) => log.applied);
  const raw = states.flatMap((state) => (state.raw ? state.resources : []));
  const resources = [
    ...raw,
    ...states
      .filter((state) => !state.raw)
      .flatMap((state) => state.resources)
      .filter(({ address }) => !raw.some((newer) => newer.address === address)),
  ];
  const inState = new Map(resources.filter((item) => productOf(item) !== null).map((item) => [item.address, item]));
  const changes = new Map(
    plans.flatMap((plan) => plan.changes).map((change): [string, ResourceChange] => [change.address, change]),
  );
  const hide = redactor(plans, states);
  const diagnostics = logs.flatMap((log) => inOrder(log.diagnostics));
  const log = logs.length === 0 ? "none" : logs.every((one) => one.ofApply || one.ended) ? "apply" : "plan";
  // Where neither state nor log says what was done, the plan says what may have been.
  const blind = states.length === 0 && log !== "apply";
  const planned = blind ? [...changes.values()].filter(doesSomething).map(({ address }) => address) : [];
  const machines = [...new Set([...inState.keys(), ...absent(touched, inState, states.length > 0), ...planned])]
    .sort()
    .flatMap((address): AppliedMachine[] => {
      const [resource, change] = [inState.get(address) ?? null, changes.get(address) ?? null];
      const entries = touched.filter((item) => item.kind === "resource" && item.address === address);
      const about = diagnostics.filter((item) => item.address === address);
      const product = productOf({ mode: "managed", type: resource?.type ?? change?.type ?? entries[0]?.type ?? "" });
      if (product === null) return [];
      const known = resource ?? { address, mode: "managed", type: "", provider: "", values: {}, sensitive: {} };
      return [
        {
          address,
          construct_path: paths(address),
          machine: resource === null && change !== null ? machineOf(change, product) : machineOfState(known, product),
          ...becameOf({
            resource,
            change: plans.length > 0 ? (change ?? "none") : null,
            entries,
            left: about.map(leftBehind),
            log,
          }),
          order_numbers: orderNumbers(known),
          change_count: numberAt(known.values, "change_count"),
          calls: change === null ? [] : callsOf(change),
          values: valuesOf(known),
          pending: pendingIn(known),
        },
      ];
    });
  const facts = diagnostics
    .filter((item) => !repeatsThePlan(item, ofPlan))
    .map((item): DiagnosticFact => ({
      plan: name,
      ...item,
      summary: hide(item.summary),
      detail: hide(item.detail),
      guard: guardOf(item),
    }));
  const began = begunOf(touched, diagnostics);
  const others = touched
    .filter((item) => item.kind === "action" || isMachine({ ...item, mode: "managed", provider: "" }))
    .filter((item) => item.kind === "action" || item.action !== "delete")
    .map(({ kind, address, type, action, result }): AppliedOther => ({ kind, address, type, action, result }));
  const unseen = [...unread, ...unseenOf(states, logs)];
  return {
    kind: "cdktf-zenlayer/applied",
    version: APPLIED_VERSION,
    name,
    ...judgeApplied({ machines, began, others, unseen, diagnostics: facts, logs, unread: unread.length > 0 }),
    started_at: logs[0]?.startedAt ?? null,
    machines,
    began,
    others,
    unseen,
    diagnostics: facts,
  };
}

/** Machines that an apply had to do with and that no state has: what was sent for them is remembered nowhere else. */
function absent(
  touched: readonly AppliedResource[],
  inState: ReadonlyMap<string, StateResource>,
  haveState: boolean,
): readonly string[] {
  return touched
    .filter(({ kind, type }) => kind === "resource" && productOf({ mode: "managed", type }) !== null)
    .filter(({ address, result }) => !inState.has(address) && (result !== "complete" || !haveState))
    .map(({ address }) => address);
}

function begunOf(touched: readonly AppliedResource[], diagnostics: readonly Log["diagnostics"][number][]): BegunFact[] {
  const open = touched
    .filter(({ result }) => result === "began")
    .map(({ kind, address, type, action }): BegunFact => ({ kind, address, type, action, because: "no_end" }));
  const unanswered = diagnostics.flatMap((item): BegunFact[] => {
    const { address } = item;
    if (address === null || !leftBehind(item).unknown || open.some((fact) => fact.address === address)) return [];
    const entry = touched.find((one) => one.kind === "resource" && one.address === address);
    const [type, action] = [entry?.type ?? "", entry?.action ?? "update"];
    return [{ kind: "resource", address, type, action, because: "no_answer" }];
  });
  return [...open, ...unanswered];
}

function unseenOf(states: readonly State[], logs: readonly Log[]): readonly string[] {
  const ofPlan = logs.length > 0 && logs.every((log) => !log.ofApply && !log.ended);
  return [
    ...(states.length === 0
      ? ["There is no state: what is in force and scheduled now, and the numbers of most orders, cannot be seen."]
      : []),
    ...(ofPlan
      ? [
          "The log is that of a plan, or of an apply that was ended while it still planned: give what terraform apply -json printed. What was ordered cannot be seen.",
        ]
      : []),
    ...(!ofPlan && logs.some((log) => !log.ended || log.broken)
      ? ["The log ends before the apply did: whatever came later cannot be seen."]
      : []),
  ];
}

function orderNumbers({ values, sensitive }: StateResource): readonly string[] {
  return isSensitive(sensitive, "order_numbers") ? [] : textsOf(at(values, "order_numbers"));
}

function callsOf(change: ResourceChange): readonly AppliedCall[] {
  const planned = plannedSteps(change);
  if (planned.kind === "not_reviewable") return [];
  return planned.steps.map(({ axis, from, to, direction, takes_effect, effective_at }) => {
    const hidden = isHidden(change, axis);
    return { axis, from: hidden ? HIDDEN : from, to: hidden ? HIDDEN : to, direction, takes_effect, effective_at };
  });
}

function valuesOf({ values, sensitive }: StateResource): AppliedMachine["values"] {
  return AXES.filter((axis) => at(values, axis) !== undefined && at(values, axis) !== null).map((axis) => {
    const hidden = isSensitive(sensitive, axis);
    return {
      axis,
      committed: hidden ? HIDDEN : scalarText(at(values, axis)),
      effective: hidden ? HIDDEN : scalarText(at(values, `effective_${axis}`)),
    };
  });
}

function pendingIn({ values, sensitive }: StateResource): readonly AppliedPending[] {
  return isSensitive(sensitive, "pending") ? [] : pendingOf(values, (axis) => isSensitive(sensitive, axis));
}
