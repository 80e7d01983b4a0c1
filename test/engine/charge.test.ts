// What an upgrade charges: about, by the rule, and at most, by any reading of it.
import fc from "fast-check";
import { chargeOf, daysLeft, upToCents } from "../../lib/engine";

const NOW = Date.parse("2026-01-15T12:00:00Z");

/** A difference a month in hundredths of a cent: prices have no more places, and the smallest doubles lose digits when multiplied. */
const MONEY = fc.integer({ min: -1e8, max: 1e10 }).map((parts) => parts / 1e4);

describe("days left", () => {
  test.each([
    ["2026-01-30T12:00:00Z", 15],
    ["2026-01-30T18:00:00Z", 15.25],
    ["2026-01-15T12:00:00Z", 0],
    ["2025-12-31T00:00:00Z", 0],
    ["2026-01-30T12:00:00.000Z", 15],
    ["2026-01-30T20:00:00+08:00", 15],
    ["", null],
    ["soon", null],
    ["2026-01-30", null],
    ["2026-01-30T12:00:00", null],
    ["2026-01-30 12:00:00", null],
    ["2026-13-01T00:00:00Z", null],
    ["1769774400000", null],
    ["1", null],
    [null, null],
  ])("until %s: %s", (expiredTime, expected) => expect(daysLeft(expiredTime, NOW)).toBe(expected));

  test("a clock that cannot be read makes no days", () => expect(daysLeft("2026-01-30T12:00:00Z", NaN)).toBeNull());
});

describe("what is charged", () => {
  test.each([
    // Difference a month, period, days left: about, at most.
    ["half a month is left", 38, 1, 10, 12.666667, 38],
    ["a fresh month of 31 days", 30, 1, 31, 31, 32],
    ["a fresh year", 10, 12, 365, 121.666667, 122],
    ["renewed early", 100, 1, 62.2, 207.333333, 213.333333],
    ["the last hours", 30, 1, 0.1, 0.1, 30],
    ["expired", 30, 1, 0, 0, 30],
    ["cheaper", -30, 1, 15, 0, 0],
    ["the same price", 0, 1, 15, 0, 0],
  ])("%s", (_name, monthlyDifference, periodMonths, days, about, atMost) => {
    const charge = chargeOf({ monthlyDifference, periodMonths, daysLeft: days });
    expect(charge.about).toBeCloseTo(about, 5);
    expect(charge.atMost).toBeCloseTo(atMost, 5);
  });

  test("falls, or stays, as time goes by", () => {
    const charge = (monthlyDifference: number, periodMonths: number, now: number) =>
      chargeOf({ monthlyDifference, periodMonths, daysLeft: daysLeft("2027-01-15T12:00:00Z", now) ?? NaN });
    fc.assert(
      fc.property(
        MONEY,
        fc.constantFrom(1, 3, 6, 12),
        fc.nat(400 * 86_400_000),
        fc.nat(40 * 86_400_000),
        (monthlyDifference, periodMonths, earlier, between) => {
          const before = charge(monthlyDifference, periodMonths, NOW + earlier);
          const after = charge(monthlyDifference, periodMonths, NOW + earlier + between);
          expect(after.about).toBeLessThanOrEqual(before.about);
          expect(after.atMost).toBeLessThanOrEqual(before.atMost);
        },
      ),
    );
  });

  test("at most is never less than the rule, the full period, or any whole number of days around what is left", () => {
    fc.assert(
      fc.property(
        MONEY,
        fc.constantFrom(1, 3, 6, 12),
        fc.double({ min: 0, max: 800, noNaN: true }),
        (monthlyDifference, periodMonths, days) => {
          const { about, atMost } = chargeOf({ monthlyDifference, periodMonths, daysLeft: days });
          const difference = Math.max(0, monthlyDifference);
          expect(about).toBeGreaterThanOrEqual(0);
          for (const counted of [days, Math.floor(days), Math.ceil(days), days + 1])
            expect(atMost).toBeGreaterThanOrEqual(((difference * counted) / 30) * (1 - 1e-12));
          expect(atMost).toBeGreaterThanOrEqual(difference * periodMonths);
        },
      ),
    );
  });
});

test.each([
  [0, 0],
  [38, 38],
  [40.533333, 40.54],
  [38.0004, 38.01],
  [1e-9, 0],
  [0.0001, 0.01],
  // Sums of binary fractions.
  [0.1 + 0.2, 0.3],
  [1.1 * 3, 3.3],
])("a bound of %d is %d in cents", (bound, cents) => expect(upToCents(bound)).toBeCloseTo(cents, 10));
