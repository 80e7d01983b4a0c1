// What an upgrade of a PREPAID machine charges: the monthly difference for the days that are left (more in docs/guides/how-changes-take-effect.md).

const DAY_MS = 86_400_000;
/** Zenlayer counts a month of what is left as 30 days, whatever the calendar says. */
const DAYS_A_MONTH = 30;
/** Date, hour and zone. What else a platform takes for a time would be read in the zone of whoever plans, or is no time at all. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Amounts in the account's currency, not rounded. */
export interface ChargeAmount {
  /** By Zenlayer's rule: the difference a month × days left / 30. */
  readonly about: number;
  /** No reading of the rule charges more: whole days rounded up and one day added, and never less than the full period. */
  readonly atMost: number;
}

/** A bound in whole cents: to the next one, for it is never rounded down. A hundred-millionth of tolerance, for prices are sums of binary fractions. */
export function upToCents(bound: number): number {
  return Math.ceil(bound * 100 - 1e-6) / 100;
}

/**
 * Days, with their fraction, from `now` until the machine expires; 0 when it has expired.
 *
 * @param expiredTime as the API writes it (RFC 3339)
 * @param now ms since the epoch, by the server's clock where it is known
 * @returns null when there is no readable time
 */
export function daysLeft(expiredTime: string | null, now: number): number | null {
  // Stryker disable next-line ConditionalExpression: the pattern refuses null by itself, as "null"
  if (expiredTime === null || !RFC_3339.test(expiredTime)) return null;
  const end = Date.parse(expiredTime);
  return Number.isFinite(end) && Number.isFinite(now) ? Math.max(0, (end - now) / DAY_MS) : null;
}

/**
 * What changing one value charges now. Never below 0: what becomes cheaper is not paid back.
 *
 * @param monthlyDifference price of the target less that of the present value, per month
 * @param periodMonths length of the subscription's period, months
 */
export function chargeOf(change: {
  readonly monthlyDifference: number;
  readonly periodMonths: number;
  readonly daysLeft: number;
}): ChargeAmount {
  const difference = Math.max(0, change.monthlyDifference);
  const days = Math.max(0, change.daysLeft);
  return {
    about: (difference * days) / DAYS_A_MONTH,
    atMost: difference * Math.max(change.periodMonths, (Math.ceil(days) + 1) / DAYS_A_MONTH),
  };
}
