// Floating-point numbers of the wire. Core holds them with 53 bits and compares fractions by their shortest decimal text, as Go writes it.
import { Decimal, numberFromText, numberText } from "./number";

const PRECISION = 53;
/** A number that was computed with 53 bits has as few by a chance of one in a million. */
const FEW_BITS = 32;
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * A floating-point number of the wire, as core reads and compares it: an integer by its exact value, a fraction by the shortest decimal text
 * that has the same 53 bits (0.1, not the 55 digits of its binary value).
 */
export function numberFromBinary(value: number): number | Decimal {
  if (Number.isNaN(value)) throw new TypeError("NaN is not a Terraform number");
  if (!Number.isFinite(value)) return value;
  if (Number.isInteger(value)) return numberFromText(String(BigInt(value)));
  return isUneven(value) ? numberFromText(shortestText(value)) : value;
}

/** Whether the steps to both sides differ or have fewer bits: there alone JavaScript's shortest text may not be Go's. */
function isUneven(fraction: number): boolean {
  const size = Math.abs(fraction);
  return size < SMALLEST_NORMAL || 2 ** Math.round(Math.log2(size)) === size;
}

/** Go's `big.Float.Text` with the shortest precision: half a step of 53 bits to both sides, whatever the step below may be. */
function shortestText(fraction: number): string {
  const size = Math.abs(fraction);
  const [coefficient, places] = inHalfSteps(size);
  const half = 5n ** BigInt(places);
  const exact = coefficient * half;
  const length = String(exact).length;
  // Bounds are met by even mantissas only; those of powers of two are.
  const inclusive = (coefficient / 2n) % 2n === 0n;
  for (let count = 1; ; count += 1) {
    const unit = 10n ** BigInt(length - count);
    const below = exact - (exact % unit);
    const above = below + unit;
    const fits = (distance: bigint): boolean => distance < half || (inclusive && distance === half);
    const [down, up] = [exact - below, above - exact];
    if (!fits(down) && !fits(up)) continue;
    // The nearer one, of two as near the even one.
    const isBelow = fits(down) && (!fits(up) || down < up || (down === up && (below / unit) % 2n === 0n));
    return `${fraction < 0 ? "-" : ""}${isBelow ? below : above}e-${places}`;
  }
}

/** A positive fraction as a whole number of half steps, and how many binary places that takes. */
function inHalfSteps(size: number): readonly [coefficient: bigint, places: number] {
  let scaled = size;
  let places = 0;
  while (scaled < 2 ** PRECISION) {
    scaled *= 2;
    places += 1;
  }
  return [BigInt(scaled), places];
}

/**
 * Whether core may hold another number than the one it sent. It sends a fraction of few bits in the same form whether it compares it with 53 bits
 * or with 512, and of an integer beyond 64 bits that was computed with 53 bits it sends the shortest text but compares every digit.
 */
export function isAmbiguous(number: number): boolean {
  if (!Number.isFinite(number)) return false;
  if (Number.isInteger(number)) return Math.abs(number) >= 2 ** 63 && String(BigInt(number)) !== numberText(number);
  const [coefficient, places] = inHalfSteps(Math.abs(number));
  if (coefficient % 2n ** BigInt(PRECISION - FEW_BITS) !== 0n) return false;
  return numberText(Math.abs(number)) !== new Decimal(`${coefficient * 5n ** BigInt(places)}e-${places}`).decimal;
}
