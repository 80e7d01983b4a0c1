// From plans, logs and stacks to the facts. Pure: the same inputs give the same facts in the same order.
import { changeFacts, ours } from "./changes";
import { alarmFact, driftFact } from "./dangers";
import { billFacts } from "./bill";
import {
  FACTS_VERSION,
  type BalanceFact,
  type ChangeFact,
  type DiagnosticFact,
  type Facts,
  type Place,
  type PlanFact,
} from "./facts";
import { warnedCharge } from "./warned";
import { numberAt, textAt } from "../input/json";
import { guardOf, inOrder, type Log } from "../input/log";
import { isMachine, machineOf, productOf } from "./ours";
import type { Plan } from "../input/plan";
import { pricesOf } from "./prices";
import { isSensitive, redactor } from "./sensitive";
import { NO_PATHS, type ConstructPaths } from "../input/stack";
import {
  adoptionFact,
  doesSomething,
  forgottenFact,
  hookFacts,
  otherFact,
  pendingFacts,
  settingsFact,
} from "./surroundings";

/** One stack to review. At least one of `plan` and `log` is there. */
export interface Subject {
  readonly name: string;
  readonly plan: Plan | null;
  readonly log: Log | null;
  readonly paths?: ConstructPaths;
}

export function collectFacts(subjects: readonly Subject[]): Facts {
  const parts = subjects.map(factsOf);
  return {
    version: FACTS_VERSION,
    plans: parts.flatMap((part) => part.plans),
    changes: parts.flatMap((part) => part.changes),
    bill: parts.flatMap((part) => part.bill),
    not_reviewable: parts.flatMap((part) => part.not_reviewable),
    settings: parts.flatMap((part) => part.settings),
    adoptions: parts.flatMap((part) => part.adoptions),
    forgotten: parts.flatMap((part) => part.forgotten),
    pending: parts.flatMap((part) => part.pending),
    hooks: parts.flatMap((part) => part.hooks),
    drift: parts.flatMap((part) => part.drift),
    alarms: parts.flatMap((part) => part.alarms),
    others: parts.flatMap((part) => part.others),
    balances: parts.flatMap((part) => part.balances),
    diagnostics: parts.flatMap((part) => part.diagnostics),
  };
}

function factsOf(subject: Subject): Facts {
  const { plan } = subject;
  const paths = subject.paths ?? NO_PATHS;
  const placeOf = (address: string): Place => ({ plan: subject.name, address, construct_path: paths(address) });
  const empty = { version: FACTS_VERSION, plans: [planFact(subject)], diagnostics: diagnosticFacts(subject) } as const;
  if (plan === null) {
    return {
      ...empty,
      ...{ changes: [], bill: [], not_reviewable: [], settings: [], adoptions: [], forgotten: [], pending: [] },
      ...{ hooks: [], drift: [], alarms: [], others: [], balances: [] },
    };
  }
  const prices = pricesOf(plan);
  const changes = [...plan.changes].sort((a, b) => compare(a.address, b.address));
  const mine = ours(changes);
  const warnings = subject.log?.diagnostics ?? [];
  const rows = mine.map(({ change, product }) =>
    changeFacts(plan, change, product, placeOf(change.address), prices, warnedCharge(warnings, change.address)),
  );
  const hooks = hookFacts(plan, placeOf);
  const hookAddresses = new Set(hooks.map((hook) => hook.address));
  const foreign = changes.filter((change) => productOf(change) === null);
  return {
    ...empty,
    changes: rows.flatMap((row) => row.changes),
    bill: billFacts({ ...plan, changes }, placeOf, prices, callsOf(mine, rows)),
    not_reviewable: [
      ...rows.flatMap((row) => row.notReviewable),
      ...ours(plan.deferred).map(({ change, product }) => ({
        ...placeOf(change.address),
        resource_type: change.type,
        machine: machineOf(change, product),
        reason: "Terraform deferred it to a later plan",
      })),
    ],
    settings: present(mine.map(({ change, product }) => settingsFact(change, product, placeOf(change.address)))),
    adoptions: present(mine.map(({ change, product }) => adoptionFact(change, product, placeOf(change.address)))),
    forgotten: present(mine.map(({ change, product }) => forgottenFact(change, product, placeOf(change.address)))),
    pending: pendingFacts(plan, placeOf),
    hooks,
    drift: [...plan.drift]
      .sort((a, b) => compare(a.address, b.address))
      .map((change) => driftFact(change, placeOf(change.address))),
    alarms: present(
      [...foreign, ...plan.deferred.filter(isMachine)].map((change) => alarmFact(change, placeOf(change.address))),
    ),
    others: present(
      foreign
        .filter((change) => !hookAddresses.has(change.address))
        .map((change) => otherFact(change, placeOf(change.address))),
    ),
    balances: balanceFacts(plan, subject.name),
  };
}

/** The calls of each resource that stays, by address; null when only apply knows them. */
function callsOf(
  mine: ReturnType<typeof ours>,
  rows: readonly ReturnType<typeof changeFacts>[],
): ReadonlyMap<string, readonly ChangeFact[] | null> {
  return new Map(
    mine.flatMap(({ change }, index) => {
      const row = rows[index];
      if (row === undefined || change.after === null) return [];
      return [[change.address, row.notReviewable.length > 0 ? null : row.changes] as const];
    }),
  );
}

function planFact({ name, plan, log }: Subject): PlanFact {
  const logFailed = log?.diagnostics.some((item) => item.severity === "error") ?? false;
  if (plan === null) {
    return {
      name,
      format_version: null,
      terraform_version: null,
      timestamp: null,
      errored: true,
      complete: false,
      output_changes: 0,
      has_changes: false,
    };
  }
  const outputs = plan.outputs.filter((output) => output.actions.some((action) => action !== "no-op"));
  return {
    name,
    format_version: plan.formatVersion,
    terraform_version: plan.terraformVersion,
    timestamp: plan.timestamp,
    errored: plan.errored || logFailed,
    complete: plan.complete && !logFailed && plan.deferred.length === 0,
    output_changes: outputs.length,
    has_changes: plan.applyable === true || plan.changes.some(doesSomething) || outputs.length > 0,
  };
}

function diagnosticFacts({ name, plan, log }: Subject): readonly DiagnosticFact[] {
  const hide = redactor(plan === null ? [] : [plan]);
  // Failed checks are warnings of the log; without a log the plan still knows them.
  const checks =
    log === null
      ? (plan?.failedChecks ?? []).map((check) => ({
          severity: "warning" as const,
          summary: `Check failed: ${check.address}`,
          detail: check.message,
          address: null,
        }))
      : log.diagnostics;
  return inOrder(checks).map((item) => ({
    plan: name,
    severity: item.severity,
    summary: hide(item.summary),
    detail: hide(item.detail),
    address: item.address,
    guard: guardOf(item),
  }));
}

function balanceFacts(plan: Plan, name: string): readonly BalanceFact[] {
  const balances = plan.prior.flatMap((resource) => {
    if (resource.mode !== "data" || resource.type !== "zenlayer_balance") return [];
    const power = numberAt(resource.values, "purchasing_power");
    return power === null
      ? []
      : [
          {
            plan: name,
            account_id: isSensitive(resource.sensitive, "account_id") ? null : textAt(resource.values, "account_id"),
            purchasing_power: power,
            currency: textAt(resource.values, "currency"),
          },
        ];
  });
  return balances.slice(0, 1);
}

function present<T>(items: readonly (T | null)[]): readonly T[] {
  return items.filter((item): item is T => item !== null);
}

/** By code units: the same order on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
