// The warnings of a report, in the order of their weight: what no format may fold away.
import { addressSpans, diagnosticLines } from "./cells";
import { policyCallouts, verificationCallouts } from "./verdict-callouts";
import { dangerCallouts, foreignCallouts } from "./danger-callouts";
import { callout, line, span, type Callout } from "./document";
import type { AlarmFact, ForgottenFact } from "../facts/facts";
import { HIDDEN } from "../facts/sensitive";
import { failedGuards, incompleteReasons, type Report } from "../verdict/report";
import { amountText, atMostText, axisLabel, count, machineLabel, timeText, valueLabel } from "../facts/words";

export function reviewCallouts(report: Report): readonly Callout[] {
  return [
    ...dangerCallouts(report),
    ...errors(report),
    ...refusals(report),
    ...verificationCallouts(report),
    ...policyCallouts(report),
    ...foreignCallouts(report),
    ...notReviewable(report),
    ...balance(report),
    ...neverTakesEffect(report),
    ...readOnly(report),
    ...guardsChanged(report),
    ...warnings(report),
    ...doubts(report),
    ...forgotten(report),
  ];
}

function errors({ facts }: Report): readonly Callout[] {
  const found = facts.diagnostics.filter((item) => item.severity === "error" && item.guard === null);
  const lines = [...diagnosticLines(found), ...incompleteReasons(facts).map((reason) => line(reason))];
  // A plan that was limited did not fail, and what it shows is right as far as it goes.
  const limited = found.length === 0 && facts.plans.every((plan) => !plan.errored);
  return callout("errors", "error", limited ? "The plan is incomplete" : "The plan cannot be relied on", lines);
}

function refusals({ facts }: Report): readonly Callout[] {
  return callout("refused", "error", "Refused by a guard", [
    ...diagnosticLines(facts.diagnostics.filter((item) => item.guard !== null)),
    ...failedGuards(facts).map((text) => line(text)),
  ]);
}

function notReviewable({ facts }: Report): readonly Callout[] {
  return callout(
    "not-reviewable",
    "warning",
    `${count(facts.not_reviewable.length, "resource")} not reviewable`,
    facts.not_reviewable.map((item) =>
      line(span(item.address, "code"), `: ${item.reason}; what it orders and charges cannot be said`),
    ),
  );
}

function balance({ totals }: Report): readonly Callout[] {
  const short = totals.balances.filter((item) => item.sufficient === false);
  return callout(
    "balance",
    "warning",
    "The balance may not be enough",
    short.map((item) =>
      line(
        `${item.plan}: ${atMostText(item.charged_now, item.currency)} is charged at once, the account has `,
        `${amountText(item.purchasing_power, item.currency)}. Orders beyond it fail or stay unpaid.`,
      ),
    ),
  );
}

/** Without renewal a machine ends at the moment that its scheduled change would take effect. In a log that is whole the provider says so. */
function neverTakesEffect({ facts }: Report): readonly Callout[] {
  const told = new Set(facts.plans.filter(({ log }) => log === "whole").map(({ name }) => name));
  const lines = facts.changes
    .filter((change) => change.takes_effect === "next_billing_cycle" && change.machine.auto_renew === false)
    .filter(({ plan }) => !told.has(plan))
    .map((change) =>
      line(
        span(machineLabel(change.machine), "strong"),
        `: ${axisLabel(change.axis).toLowerCase()} ${valueLabel(change.axis, change.to)} is scheduled for `,
        `${change.effective_at === null ? "the next billing cycle" : timeText(change.effective_at)}, but the subscription is not renewed`,
      ),
    );
  return callout("not-renewed", "warning", "Scheduled for a time when the machine has ended", lines);
}

function readOnly({ facts }: Report): readonly Callout[] {
  if (!facts.changes.some((change) => change.guards.some(({ guard }) => guard === "read_only"))) return [];
  return callout("read-only", "warning", "The provider is read-only", [
    line("read_only is set in its configuration: applying this plan will be refused."),
  ]);
}

function guardsChanged({ facts }: Report): readonly Callout[] {
  const edited = facts.settings.filter((item) => item.guards.length > 0);
  return callout(
    "guards-changed",
    "warning",
    "Guards are edited by this plan",
    edited.map((item) =>
      line(
        span(item.address, "code"),
        ": ",
        item.guards.map(({ guard, from, to }) => `${guard} ${from ?? "not set"} → ${to ?? "not set"}`).join(", "),
      ),
    ),
  );
}

function warnings({ facts }: Report): readonly Callout[] {
  const found = facts.diagnostics.filter((item) => item.severity === "warning");
  return callout("warnings", "warning", count(found.length, "warning"), diagnosticLines(found));
}

/** What this review cannot see. */
function doubts({ facts }: Report): readonly Callout[] {
  const lines = facts.plans.flatMap((plan) => [
    ...(plan.completeness === "unknown"
      ? [line(`${plan.name}: whether -target or -exclude limited it cannot be told: ${plan.incomplete_because ?? ""}`)]
      : []),
    ...(plan.log === "cut" && plan.format_version !== null && !plan.errored
      ? [line(`${plan.name}: the log was cut off, so warnings may be missing`)]
      : []),
  ]);
  return callout("doubts", "warning", "Not all can be seen", lines);
}

function forgotten({ facts }: Report): readonly Callout[] {
  const gone = facts.forgotten.filter(({ deposed }) => !deposed);
  const left = gone.filter((item) => item.same_machine !== true).length;
  const title =
    gone.length === 0
      ? `${count(facts.forgotten.length, "left-over object")} dropped`
      : left === 0
        ? `${count(gone.length, "machine")} forgotten and adopted again`
        : `${count(left, "machine")} no longer managed by ${left === 1 ? "its resource" : "their resources"}`;
  return callout(
    "forgotten",
    "note",
    title,
    facts.forgotten.map((item) =>
      line(...addressSpans(facts, item), ...forgets(item), whatBecomes(item, facts.alarms)),
    ),
  );
}

function forgets({ machine, replaced, same_machine, deposed }: ForgottenFact): readonly string[] {
  const label = machineLabel(machine);
  if (deposed) return [` drops a left-over (deposed) object of ${label}`];
  if (!replaced) return [` only forgets ${label}`];
  if (same_machine === true) return [`: ${label} is forgotten and adopted again`];
  const what =
    same_machine === false ? "manages another machine instead" : "manages a machine known only at apply instead";
  return [` only forgets ${label} and ${what}`];
}

/** What becomes of the machine itself, by this resource or by another one that releases or erases it. */
function whatBecomes(item: ForgottenFact, alarms: readonly AlarmFact[]): string {
  const { id } = item.machine;
  const alarm = alarms.find(
    ({ effect, machine_id }) => effect !== "managed_twice" && id !== null && id !== HIDDEN && machine_id === id,
  );
  if (alarm !== undefined) {
    const what = { destroy: "destroys", replace: "replaces", erase: "erases", managed_twice: "manages" }[alarm.effect];
    return `; but ${alarm.address} ${what} the machine`;
  }
  if (item.cancels.length > 0) {
    return `; the scheduled downgrade of ${item.cancels.map((axis) => axisLabel(axis).toLowerCase()).join(" and ")} is cancelled (on_destroy)`;
  }
  return item.deposed ? "; the machine stays managed" : "; the machine is left as it is";
}
