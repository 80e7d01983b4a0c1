// The rules of a policy about money: what is not known exceeds every ceiling.
import type { Facts } from "../facts/facts";
import { amountText, count, differenceText } from "../facts/words";
import { mayCharge, unknownCharges } from "./charges";
import { ofChange, ofPlace, overall, type PolicyFinding } from "./finding";
import type { Ceiling, Policy } from "./policy";
import { totalsOf } from "./totals";

export function chargeFindings(policy: Policy, facts: Facts): readonly PolicyFinding[] {
  return [
    ...maxChargePerChange(policy, facts),
    ...maxChargeTotal(policy, facts),
    ...maxMonthlyIncrease(policy, facts),
    ...noUnknownPrice(policy, facts),
  ];
}

function maxChargePerChange({ maxChargePerChange: ceiling }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (ceiling === null) return [];
  const limit = amountText(ceiling.amount, ceiling.currency);
  const rule = "max_charge_per_change";
  const changes = facts.changes.filter(mayCharge).flatMap((change) => {
    const { charged_now: amount, currency } = change.price;
    const message =
      amount === null
        ? `charges an unknown amount at once; the ceiling is ${limit}`
        : amount > 0 && !comparable(ceiling, currency)
          ? `charges in ${currency ?? "an unknown currency"}; the ceiling is ${limit}`
          : amount > ceiling.amount
            ? `may charge ${amountText(amount, currency)} at once; the ceiling is ${limit}`
            : null;
    return message === null ? [] : [ofChange(rule, ceiling.level, change, message)];
  });
  const others = unknownCharges(facts).map((item) =>
    ofPlace(rule, ceiling.level, item, `${item.address} charges an unknown amount at once; the ceiling is ${limit}`),
  );
  return [...changes, ...others];
}

function maxChargeTotal({ maxChargeTotal: ceiling }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (ceiling === null) return [];
  // What only apply knows is found by a rule of its own.
  const totals = totalsOf({ ...facts, not_reviewable: [] });
  const limit = amountText(ceiling.amount, ceiling.currency);
  const charged = totals.charged_now.filter(({ amount }) => amount > 0);
  const foreign = charged.filter(({ currency }) => !comparable(ceiling, currency));
  const unknown = totals.charged_now_unknown;
  const messages = [
    ...(unknown > 0
      ? [`${unknown} of the changes charge an unknown amount at once; the ceiling of all is ${limit}`]
      : []),
    ...(foreign.length > 0
      ? [
          `Changes charge in ${foreign.map(({ currency }) => currency ?? "an unknown currency").join(", ")}; the ceiling of all is ${limit}`,
        ]
      : []),
    ...(foreign.length === 0 && charged.length > 1
      ? [`Changes charge in several currencies, which cannot be added; the ceiling of all is ${limit}`]
      : []),
    ...charged
      .filter(({ currency, amount }) => comparable(ceiling, currency) && amount > ceiling.amount)
      .map(
        ({ currency, amount }) =>
          `All changes together may charge ${amountText(amount, currency)} at once; the ceiling is ${limit}`,
      ),
  ];
  return messages.map((message) => overall("max_charge_total", ceiling.level, message));
}

function maxMonthlyIncrease({ maxMonthlyIncrease: rule }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (rule === null) return [];
  const totals = totalsOf({ ...facts, not_reviewable: [] });
  const { amount: most, percent, currency } = rule;
  const unknown = totals.monthly_difference_unknown;
  const messages = [
    ...(unknown > 0 ? [`${count(unknown, "change")} of unknown price may raise what is paid a month`] : []),
    ...(most === null
      ? []
      : totals.monthly_difference
          .filter((item) => item.amount > 0 && (!comparable({ currency }, item.currency) || item.amount > most))
          .map((item) => {
            const text = `All changes together raise what is paid a month by ${differenceText(item.amount, item.currency)}`;
            return `${text}; the ceiling is ${amountText(most, currency)}`;
          })),
    ...(percent === null
      ? []
      : totals.bill
          .filter((item) => item.after > item.before && (item.percent === null || item.percent > percent))
          .map((item) => {
            const by = item.percent === null ? "from nothing" : `by ${item.percent} %`;
            return `The monthly bill rises ${by}, to ${amountText(item.after, item.currency)}; the ceiling is ${percent} %`;
          })),
  ];
  return messages.map((message) => overall("max_monthly_increase", rule.level, message));
}

function noUnknownPrice({ noUnknownPrice: level }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (level === null) return [];
  const changes = facts.changes
    .filter(({ charge, price }) => charge !== "none" && (price.source === "unknown" || price.charged_now === null))
    .map((change) =>
      ofChange("no_unknown_price", level, change, `has no known price: ${change.price.reason ?? "no quote"}`),
    );
  const others = unknownCharges(facts).map((item) =>
    ofPlace("no_unknown_price", level, item, `${item.address} has no known price`),
  );
  return [...changes, ...others];
}

function comparable(ceiling: Pick<Ceiling, "currency">, currency: string | null): boolean {
  return ceiling.currency === null || ceiling.currency === currency;
}
