// From plans, logs and stacks to the facts. Pure: the same inputs give the same facts in the same order.
import type { Product } from "../../engine";
import type { Log } from "../input/log";
import type { Plan, ResourceChange } from "../input/plan";
import { NO_PATHS, type ConstructPaths } from "../input/stack";
import { numberAt, textAt } from "../input/json";
import { sortedBy } from "../input/order";
import { actionFact } from "./actions";
import { billFacts } from "./bill";
import { changeFacts } from "./changes";
import { completenessOf } from "./completeness";
import { alarmFact, driftFact, managedTwice } from "./dangers";
import { diagnosticFacts } from "./diagnostics";
import { FACTS_VERSION, type BalanceFact, type ChangeFact, type Facts, type Place, type PlanFact } from "./facts";
import { moveFact, otherFact, touchFact } from "./foreign";
import { machineIdsOf, managedIds, managersOf } from "./managers";
import { machineOf, ours, productOf } from "./ours";
import { pricesOf } from "./prices";
import { redactor } from "./secrets";
import { isSensitive } from "./sensitive";
import { adoptionFact, doesSomething, forgottenFact, hookFacts, pendingFacts, settingsFact } from "./surroundings";
import { warnedCharge } from "./warned";

/** One stack to review. At least one of `plan` and `log` is there. */
export interface Subject {
  readonly name: string;
  readonly plan: Plan | null;
  readonly log: Log | null;
  readonly paths?: ConstructPaths;
}

export function collectFacts(subjects: readonly Subject[]): Facts {
  const plans = subjects.flatMap(({ plan }) => plan ?? []);
  const managed = new Set(plans.flatMap(managedIds));
  const parts = subjects.map((subject) => factsOf(subject, managed));
  const twice = managedTwice(
    subjects.flatMap((subject) => (subject.plan === null ? [] : managersOf(subject.plan, placesOf(subject)))),
  );
  const facts = joined(parts);
  return { version: FACTS_VERSION, ...facts, alarms: [...facts.alarms, ...twice] };
}

type Part = Omit<Facts, "version">;

/** In the order in which a report has them. */
const NOTHING: Part = {
  ...{ plans: [], changes: [], bill: [], not_reviewable: [], settings: [], adoptions: [], forgotten: [], pending: [] },
  ...{ hooks: [], actions: [], drift: [], alarms: [], touches: [], moves: [], others: [], balances: [] },
  diagnostics: [],
};

/** List by list. */
function joined(parts: readonly Part[]): Part {
  const keys = Object.keys(NOTHING) as (keyof Part)[];
  const lists = keys.map((key) => [key, parts.flatMap((part): readonly unknown[] => part[key])] as const);
  return Object.fromEntries(lists) as unknown as Part;
}

/** @param managed real ids of all machines that one of our resources manages, in any plan of the review. */
function factsOf(subject: Subject, managed: ReadonlySet<string>): Part {
  const { plan } = subject;
  const placeOf = placesOf(subject);
  const hide = redactor(plan === null ? [] : [plan]);
  const always = { plans: [planFact(subject)], diagnostics: diagnosticFacts(subject, hide) };
  if (plan === null) return { ...NOTHING, ...always };
  const prices = pricesOf(plan);
  const changes = inOrder(plan.changes);
  const mine = ours(changes);
  const each = <T>(fact: (change: ResourceChange, product: Product, place: Place) => T | null): readonly T[] =>
    present(mine.map(({ change, product }) => fact(change, product, placeOf(change.address))));
  const warnings = subject.log?.diagnostics ?? [];
  const rows = each((change, product, place) => ({
    change,
    ...changeFacts(plan, change, product, place, prices, warnedCharge(warnings, change.address)),
  }));
  const calls = new Map(
    rows
      .filter(({ change }) => change.after !== null)
      .map((row): [string, readonly ChangeFact[] | null] => [
        row.change.address,
        row.notReviewable.length > 0 ? null : row.changes,
      ]),
  );
  const hooks = hookFacts(plan, placeOf, hide);
  const hookAddresses = new Set(hooks.map((hook) => hook.address));
  const foreign = changes.filter((change) => productOf(change) === null);
  const machineIds = machineIdsOf(plan);
  return {
    ...always,
    changes: rows.flatMap((row) => row.changes),
    bill: billFacts({ ...plan, changes }, placeOf, prices, calls),
    not_reviewable: [
      ...rows.flatMap((row) => row.notReviewable),
      ...ours(plan.deferred).map(({ change, product }) => ({
        ...placeOf(change.address),
        resource_type: change.type,
        machine: machineOf(change, product),
        reason: "Terraform deferred it to a later plan",
      })),
    ],
    settings: each(settingsFact),
    adoptions: each(adoptionFact),
    forgotten: each(forgottenFact),
    pending: pendingFacts(plan, placeOf),
    hooks,
    actions: plan.actions.map((invocation) => actionFact(invocation, placeOf(invocation.address), machineIds)),
    drift: inOrder(plan.drift).map((change) => driftFact(change, placeOf(change.address))),
    alarms: present([...foreign, ...plan.deferred].map((change) => alarmFact(change, placeOf(change.address)))),
    touches: present(foreign.map((change) => touchFact(change, placeOf(change.address), managed))),
    moves: present(changes.map((change) => moveFact(change, placeOf(change.address)))),
    others: present([
      ...foreign
        .filter((change) => !hookAddresses.has(change.address))
        .map((change) => otherFact(change, placeOf(change.address))),
      ...plan.deferred
        .filter((change) => productOf(change) === null)
        .map((change) => otherFact(change, placeOf(change.address), change.deferred)),
    ]),
    balances: balanceFacts(plan, subject.name),
  };
}

function placesOf({ name, paths = NO_PATHS }: Subject): (address: string) => Place {
  return (address) => ({ plan: name, address, construct_path: paths(address) });
}

function planFact({ name, plan, log }: Subject): PlanFact {
  const logFailed = log?.diagnostics.some((item) => item.severity === "error") ?? false;
  // A plan that failed has no summary.
  const logState = log === null ? "none" : log.broken || (!log.finished && !logFailed) ? "cut" : "whole";
  if (plan === null) {
    return {
      name,
      ...{ format_version: null, terraform_version: null, timestamp: null },
      errored: true,
      complete: false,
      completeness: "incomplete",
      incomplete_because: "the plan itself was not given",
      log: logState,
      output_changes: 0,
      has_changes: false,
    };
  }
  const outputs = plan.outputs.filter((output) => output.actions.some((action) => action !== "no-op"));
  const errored = plan.errored || logFailed;
  const { completeness, because } = errored
    ? { completeness: "incomplete" as const, because: "planning failed" }
    : completenessOf(plan, log);
  return {
    name,
    format_version: plan.formatVersion,
    terraform_version: plan.terraformVersion,
    timestamp: plan.timestamp,
    errored,
    complete: completeness !== "incomplete",
    completeness,
    incomplete_because: because,
    log: logState,
    output_changes: outputs.length,
    has_changes:
      plan.applyable === true || plan.changes.some(doesSomething) || outputs.length > 0 || plan.actions.length > 0,
  };
}

function balanceFacts(plan: Plan, name: string): readonly BalanceFact[] {
  const balances = plan.prior.flatMap((resource) => {
    if (resource.mode !== "data" || resource.type !== "zenlayer_balance") return [];
    const power = numberAt(resource.values, "purchasing_power");
    if (power === null) return [];
    return [
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

function inOrder(changes: readonly ResourceChange[]): readonly ResourceChange[] {
  return sortedBy(changes, ({ address }) => address);
}

function present<T>(items: readonly (T | null)[]): readonly T[] {
  return items.filter((item): item is T => item !== null);
}
