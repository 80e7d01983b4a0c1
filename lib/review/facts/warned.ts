// Warnings of charges in the log: the amount for changes of which the plan has no quote, and which of them an apply only repeats.
import type { Diagnostic, Log } from "../input/log";
import type { PriceFact } from "./facts";
import { rounded } from "./prices";

export interface Warned {
  /** Null: said by an earlier version, which knew only one amount. */
  readonly about: number | null;
  readonly atMost: number;
}

/** Amounts of Zenlayer are in this currency. */
const CURRENCY = "USD";
const AMOUNTS = /\b(?:charges|may charge) (?:about (?<about>\d+(?:\.\d+)?) now, at most|up to) (?<most>\d+(?:\.\d+)?)/;

/** What all calls of a resource together charge, by the provider's warning of it; null without one. */
export function warnedCharge(diagnostics: readonly Diagnostic[], address: string): Warned | null {
  const found = diagnostics
    .filter((item) => item.severity === "warning" && item.address === address)
    .flatMap(({ summary }) => {
      const groups = AMOUNTS.exec(summary)?.groups;
      return groups?.["most"] === undefined ? [] : [{ about: groups["about"] ?? null, most: groups["most"] }];
    })
    .at(-1);
  if (found === undefined) return null;
  return { about: found.about === null ? null : Number(found.about), atMost: Number(found.most) };
}

/**
 * Whether a warning in the log of an apply was one of its plan: Terraform prints them again, at the end and without a word of it.
 *
 * @param ofPlan logs of the plan that was applied, where they are at hand
 */
export function repeatsThePlan(item: Diagnostic, ofPlan: readonly Log[]): boolean {
  if (item.severity !== "warning") return false;
  // What a change would charge, known or not, is said before it is ordered.
  if (/: (?:charges|may charge) (?:about|up to|an unknown amount)\b/.test(item.summary)) return true;
  return ofPlan.some((log) => log.diagnostics.some((known) => keyOf(known) === keyOf(item)));
}

/** Amounts move with the time between plan and apply. */
function keyOf({ address, summary }: Diagnostic): string {
  return JSON.stringify([address, summary.replace(/\d+(?:\.\d+)?/g, "0")]);
}

/** A call of one resource with its price. */
interface Priced {
  readonly charge: string;
  readonly price: PriceFact;
}

/** The prices of a resource's calls, with the warned amount where a charge is not known otherwise. */
export function withWarned<T extends Priced>(calls: readonly T[], warned: Warned | null): readonly T[] {
  if (warned === null) return calls;
  const sum = (amounts: readonly (number | null)[]) =>
    amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
  const left = {
    charged_now: rounded(Math.max(0, warned.atMost - sum(calls.map(({ price }) => price.charged_now)))),
    charged_about:
      warned.about === null
        ? null
        : rounded(Math.max(0, warned.about - sum(calls.map(({ price }) => price.charged_about)))),
  };
  let given = false;
  return calls.map((call) => {
    // What a lateral change charges stays unknown, whatever its prices are.
    if (call.charge !== "charged_now" || call.price.charged_now !== null) return call;
    const amounts = given ? { charged_now: 0, charged_about: 0 } : left;
    const reason = given ? "in the amount above" : "the provider's warning";
    given = true;
    const price: PriceFact = {
      ...call.price,
      ...amounts,
      source: call.price.source === "unknown" ? "warning" : call.price.source,
      reason: call.price.reason === null ? reason : `${reason}; ${call.price.reason}`,
      currency: call.price.currency ?? CURRENCY,
    };
    return { ...call, price };
  });
}
