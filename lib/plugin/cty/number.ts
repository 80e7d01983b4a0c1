// Exact decimal numbers: Terraform's numbers have 512 bits, JavaScript's 53; what does not survive stays text.
import type { DecimalValue } from "../types";

const LITERAL = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const LARGEST_EXPONENT = 999_999_999;
/** More are refused: no number of Terraform's precision and JavaScript's range needs them. */
const MAXIMUM_DIGITS = 4096;
const PLAIN_EXPONENT = 400;

/** A number that is too long to be kept exactly. */
export class NumberLimitError extends TypeError {
  public override readonly name = "NumberLimitError";

  public constructor(problem: string) {
    super(`the number ${problem}`);
  }
}

interface Parts {
  readonly negative: boolean;
  /** Without leading and trailing zeros; empty for zero. */
  readonly digits: string;
  /** Power of ten of the last digit. */
  readonly exponent: number;
}

function parse(text: string): Parts | null {
  const match = LITERAL.exec(text);
  if (match === null) return null;
  const count = (match[2]?.length ?? 0) + (match[3]?.length ?? 0);
  if (count > MAXIMUM_DIGITS)
    throw new NumberLimitError(`has ${count.toLocaleString("en-US")} digits, and 4,096 are the most`);
  if (Math.abs(Number(match[4] ?? 0)) > LARGEST_EXPONENT)
    throw new NumberLimitError(`has the exponent ${match[4]}, and 999,999,999 is the most`);
  const fraction = match[3] ?? "";
  const digits = `${match[2] ?? ""}${fraction}`.replace(/^0+/, "");
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end -= 1;
  if (end === 0) return { negative: false, digits: "", exponent: 0 };
  const exponent = Number(match[4] ?? 0) - fraction.length + (digits.length - end);
  return { negative: match[1] === "-", digits: digits.slice(0, end), exponent };
}

function render({ negative, digits, exponent }: Parts): string {
  if (digits === "") return "0";
  const sign = negative ? "-" : "";
  if (exponent >= 0 && exponent <= PLAIN_EXPONENT) return `${sign}${digits}${"0".repeat(exponent)}`;
  if (exponent < 0 && exponent >= -PLAIN_EXPONENT) {
    const padded = digits.padStart(1 - exponent, "0");
    return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
  }
  return `${sign}${digits}e${exponent}`;
}

/** A number that a JavaScript number would round. Compare with `equalValues`. */
export class Decimal implements DecimalValue {
  /** Decimal text in one normal form: equal numbers have equal text. */
  public readonly decimal: string;

  public constructor(text: string) {
    const parts = parse(text);
    if (parts === null) throw new TypeError(`${JSON.stringify(text.slice(0, 80))} is not a decimal number`);
    this.decimal = render(parts);
  }

  public toString(): string {
    return this.decimal;
  }
}

export function isDecimal(value: unknown): value is Decimal {
  return value instanceof Decimal;
}

/** Decimal text of a number in one normal form. */
export function numberText(value: number | DecimalValue): string {
  if (typeof value !== "number") return new Decimal(value.decimal).decimal;
  if (Number.isNaN(value)) throw new TypeError("NaN is not a Terraform number");
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return new Decimal(String(value)).decimal;
}

/** A `number` when its decimal text is the same number, else a `Decimal`. */
export function numberFromText(text: string): number | Decimal {
  const exact = new Decimal(text);
  const approximate = Number(exact.decimal);
  if (!Number.isFinite(approximate)) return exact;
  return numberText(approximate) === exact.decimal ? approximate : exact;
}
