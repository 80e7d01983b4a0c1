// What an apply left behind: orders, and what is running or scheduled now. From states, and from the log of the apply when it is given.
import type { DiagnosticFact, MachineFact } from "../facts/facts";
import { numberAt, scalarText, textAt, at, objectsOf, textsOf } from "../input/json";
import { ReviewError } from "../input/errors";
import { encrypted, kindOf, parseDocument, type Input } from "../input/input";
import { guardOf, inOrder, type Log } from "../input/log";
import { machineOfState, productOf } from "../facts/ours";
import { stateResources, type Plan, type StateResource } from "../input/plan";
import { plannedSteps } from "../facts/changes";
import type { ExitCode } from "./report";
import { redactor } from "../facts/secrets";
import { HIDDEN, isSensitive } from "../facts/sensitive";
import { NO_PATHS, type ConstructPaths } from "../input/stack";
import { count } from "../facts/words";

export const APPLIED_VERSION = 1;

export interface State {
  readonly label: string;
  readonly resources: readonly StateResource[];
  /** As its JSON has them. */
  readonly outputs: unknown;
}

export interface AppliedPending {
  readonly axis: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly phase: string;
  readonly effective_at: string | null;
}

/**
 * What the apply did with a machine. `cancelled`: nothing was ordered, a schedule was cancelled. `adopted`: taken over as it
 * is. `updated`: only settings such as guards. All but `failed` need the log or the plan; without them it is `unknown`.
 */
export type Outcome = "ordered" | "cancelled" | "adopted" | "updated" | "failed" | "untouched" | "unknown";

export interface AppliedMachine {
  readonly address: string;
  readonly construct_path: string | null;
  readonly machine: MachineFact;
  readonly outcome: Outcome;
  /** Orders of the last apply that placed any; of this one when `outcome` is `ordered`. */
  readonly order_numbers: readonly string[];
  readonly change_count: number | null;
  /** Committed and effective value of each axis that the machine has. */
  readonly values: readonly {
    readonly axis: string;
    readonly committed: string | null;
    readonly effective: string | null;
  }[];
  readonly pending: readonly AppliedPending[];
}

export interface AppliedReport {
  readonly kind: "cdktf-zenlayer/applied";
  readonly version: typeof APPLIED_VERSION;
  readonly name: string;
  readonly status: "nothing_to_do" | "changes" | "refused" | "error";
  readonly exit_code: ExitCode;
  readonly summary: string;
  readonly machines: readonly AppliedMachine[];
  readonly diagnostics: readonly DiagnosticFact[];
}

export interface AppliedInput {
  readonly name: string;
  readonly states: readonly State[];
  /** Of the apply; says which resources it touched and what went wrong. */
  readonly logs: readonly Log[];
  /** What was applied; tells the orders of this apply from older ones. */
  readonly plans: readonly Plan[];
  readonly paths?: ConstructPaths;
}

const AXES = ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"];

export function parseState(input: Input): State {
  const document = parseDocument(input);
  const version = textAt(document, "format_version");
  const kind = kindOf(document);
  if (kind === "encrypted") throw encrypted(input.label);
  if (kind !== "state" || version === null) {
    throw new ReviewError(
      "not_a_state",
      `${input.label} is not a state; give the output of terraform show -json (without a plan file).`,
    );
  }
  if (!/^(?:1|0)\.\d+$/.test(version)) {
    throw new ReviewError(
      "unsupported_format",
      `${input.label} has format_version ${JSON.stringify(version)}; this review understands 1.x.`,
    );
  }
  return {
    label: input.label,
    resources: stateResources(at(document, "values", "root_module")),
    outputs: at(document, "values", "outputs"),
  };
}

export function buildAppliedReport({ name, states, logs, plans, paths = NO_PATHS }: AppliedInput): AppliedReport {
  const planned = plannedOutcomes(plans);
  const touched = logs.flatMap((log) => log.applied);
  const machines = states
    .flatMap((state) => state.resources)
    .flatMap((resource): AppliedMachine[] => {
      const product = productOf(resource);
      if (product === null) return [];
      const machine = machineOfState(resource, product);
      const applied = touched.filter((item) => item.address === resource.address).at(-1) ?? null;
      return [
        {
          address: resource.address,
          construct_path: paths(resource.address),
          machine,
          outcome: outcomeOf(resource, applied, logs.length > 0, plans.length > 0 ? planned : null),
          order_numbers: isSensitive(resource.sensitive, "order_numbers")
            ? []
            : textsOf(at(resource.values, "order_numbers")),
          change_count: numberAt(resource.values, "change_count"),
          values: AXES.filter(
            (axis) => at(resource.values, axis) !== undefined && at(resource.values, axis) !== null,
          ).map((axis) => {
            const hidden = isSensitive(resource.sensitive, axis);
            return {
              axis,
              committed: hidden ? HIDDEN : scalarText(at(resource.values, axis)),
              effective: hidden ? HIDDEN : scalarText(at(resource.values, `effective_${axis}`)),
            };
          }),
          pending: isSensitive(resource.sensitive, "pending")
            ? []
            : objectsOf(at(resource.values, "pending")).map((item) => {
                const axis = textAt(item, "axis") ?? "";
                const hidden = isSensitive(resource.sensitive, axis);
                return {
                  axis,
                  from: hidden ? HIDDEN : scalarText(at(item, "from")),
                  to: hidden ? HIDDEN : scalarText(at(item, "to")),
                  phase: textAt(item, "phase") ?? "",
                  effective_at: textAt(item, "effective_at"),
                };
              }),
        },
      ];
    })
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  const hide = redactor(plans, states);
  const diagnostics = logs.flatMap((log) =>
    inOrder(log.diagnostics).map((item): DiagnosticFact => ({
      plan: name,
      ...item,
      summary: hide(item.summary),
      detail: hide(item.detail),
      guard: guardOf(item),
    })),
  );
  return {
    kind: "cdktf-zenlayer/applied",
    version: APPLIED_VERSION,
    name,
    ...verdict(machines, diagnostics, logs),
    machines,
    diagnostics,
  };
}

/** What each resource of ours comes to when its plan is applied; those that only apply knew count as orders. */
function plannedOutcomes(plans: readonly Plan[]): ReadonlyMap<string, Outcome> {
  const found = new Map<string, Outcome>();
  for (const change of plans.flatMap((plan) => plan.changes)) {
    if (productOf(change) === null) continue;
    const planned = plannedSteps(change);
    if (planned.kind === "not_reviewable" || planned.steps.some((step) => step.direction !== "cancel")) {
      found.set(change.address, "ordered");
    } else if (planned.steps.length > 0) found.set(change.address, "cancelled");
    else if (change.importing !== null || change.actions.includes("create")) found.set(change.address, "adopted");
    else if (change.actions.includes("update")) found.set(change.address, "updated");
  }
  return found;
}

function outcomeOf(
  resource: StateResource,
  applied: Log["applied"][number] | null,
  haveLog: boolean,
  planned: ReadonlyMap<string, Outcome> | null,
): Outcome {
  if (applied?.result === "errored") return "failed";
  const intended = planned?.get(resource.address) ?? "untouched";
  if (haveLog && applied === null) {
    // An import without a change stands in no line of the log; that the machine is in the state says that it happened.
    return intended === "adopted" ? "adopted" : "untouched";
  }
  if (planned !== null) return intended;
  if (applied === null) return "unknown";
  if (applied.action !== "create") return "ordered";
  return (numberAt(resource.values, "change_count") ?? 0) > 0 ? "ordered" : "adopted";
}

function verdict(
  machines: readonly AppliedMachine[],
  diagnostics: readonly DiagnosticFact[],
  logs: readonly Log[],
): Pick<AppliedReport, "status" | "exit_code" | "summary"> {
  const errors = diagnostics.filter((item) => item.severity === "error");
  const ordered = machines.filter((item) => item.outcome === "ordered");
  const orders = ordered.flatMap((item) => item.order_numbers);
  const cancelled = machines.filter((item) => item.outcome === "cancelled").length;
  const pending = machines.flatMap((item) => item.pending);
  const scheduled = pending.filter((item) => item.phase === "scheduled").length;
  const running = pending.length - scheduled;
  const unknown = machines.some((item) => item.outcome === "unknown");
  const parts = [
    ordered.length > 0
      ? `${count(ordered.length, "machine")} changed${orders.length > 0 ? `, ${count(orders.length, "order")} placed` : ""}`
      : unknown
        ? ""
        : "nothing ordered",
    cancelled > 0 ? `schedule of ${count(cancelled, "machine")} cancelled` : "",
    running > 0 ? `${count(running, "change")} running` : "",
    scheduled > 0 ? `${count(scheduled, "change")} scheduled` : "",
  ].filter((part) => part !== "");
  const text = parts.length === 0 ? "Nothing is pending" : parts.join(" · ");
  const summary = text.charAt(0).toUpperCase() + text.slice(1);
  if (
    errors.some((item) => item.guard === null) ||
    machines.some((item) => item.outcome === "failed") ||
    logs.some((log) => !log.finished && errors.length === 0)
  ) {
    return { status: "error", exit_code: 1, summary: `The apply did not finish: ${text}` };
  }
  if (errors.length > 0) return { status: "refused", exit_code: 3, summary: `Refused by a guard: ${text}` };
  return ordered.length + cancelled + pending.length > 0
    ? { status: "changes", exit_code: 2, summary }
    : { status: "nothing_to_do", exit_code: 0, summary };
}
