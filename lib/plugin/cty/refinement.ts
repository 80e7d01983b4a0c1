// Refinements of unknown values on the wire: what a plan promises about a value that it does not know.
import type { Refinement, Type } from "../types";
import { MsgpackError, MsgpackReader, MsgpackWriter } from "./msgpack";
import { numberFromText, numberText } from "./number";

/** Extension type of an unknown with refinements. */
export const REFINED = 12;
const MAXIMUM_PAYLOAD = 1024;
/** Bytes of the payload that are left for a prefix, whatever else is promised. */
const MAXIMUM_PREFIX = 1000;

type Bound = readonly [bound: number, inclusive: boolean];

export function readRefinement(payload: Buffer): Refinement | null {
  if (payload.length > MAXIMUM_PAYLOAD) throw new MsgpackError("the refinement is too long");
  const reader = new MsgpackReader(payload);
  const refinement: { -readonly [Key in keyof Refinement]: Refinement[Key] } = {};
  for (let left = reader.mapLength(); left > 0; left -= 1) {
    switch (Number(reader.number())) {
      case 1:
        if (!reader.bool()) refinement.notNull = true;
        break;
      case 2:
        refinement.prefix = reader.string();
        break;
      case 3:
        assignBound(refinement, "lower", readBound(reader));
        break;
      case 4:
        assignBound(refinement, "upper", readBound(reader));
        break;
      case 5:
        assignLength(refinement, "minLength", Number(reader.number()));
        break;
      case 6:
        assignLength(refinement, "maxLength", Number(reader.number()));
        break;
      default:
        reader.skip();
    }
  }
  return Object.keys(refinement).length === 0 ? null : refinement;
}

/**
 * The payload, or null when the type allows none of the promises: an empty one is an error for Terraform. A promise that the wire cannot carry
 * as it is meant is left out, since another one might be broken, and contradictory ones would crash Terraform.
 */
export function writeRefinement(refinement: Refinement | null, type: Type): Buffer | null {
  if (refinement === null || type === "dynamic") return null;
  const entries: ((writer: MsgpackWriter) => void)[] = [];
  const add = (key: number, write: (writer: MsgpackWriter) => void): void => {
    entries.push((writer) => {
      writer.integer(key);
      write(writer);
    });
  };
  if (refinement.notNull === true) add(1, (writer) => writer.bool(false));
  const { prefix, lower, upper, minLength, maxLength } = refinement;
  if (type === "string" && prefix !== undefined && prefix !== "" && Buffer.byteLength(prefix) <= MAXIMUM_PREFIX)
    add(2, (writer) => writer.string(prefix));
  if (type === "number" && !(lower !== undefined && upper !== undefined && lower[0] > upper[0])) {
    if (lower !== undefined && isExact(lower[0])) add(3, (writer) => writeBound(writer, lower));
    if (upper !== undefined && isExact(upper[0])) add(4, (writer) => writeBound(writer, upper));
  }
  if (
    typeof type !== "string" &&
    ["list", "set", "map"].includes(type[0]) &&
    !((minLength ?? 0) > (maxLength ?? Infinity))
  ) {
    if (minLength !== undefined && isLength(minLength)) add(5, (writer) => writer.integer(minLength));
    if (maxLength !== undefined && isLength(maxLength)) add(6, (writer) => writer.integer(maxLength));
  }
  if (entries.length === 0) return null;
  const writer = new MsgpackWriter();
  writer.mapLength(entries.length);
  for (const write of entries) write(writer);
  return writer.finish();
}

function readBound(reader: MsgpackReader): Bound | null {
  if (reader.arrayLength() !== 2) throw new MsgpackError("a bound has two parts");
  const raw = reader.number();
  const inclusive = reader.bool();
  // A rounded bound would be another promise; none is the safe one. A fraction that came as a float64 is not quite its decimal text.
  const bound = typeof raw !== "number" ? numberFromText(String(raw)) : Number.isInteger(raw) ? raw : null;
  return typeof bound === "number" && isExact(bound) ? [bound, inclusive] : null;
}

function assignBound(target: { lower?: Bound; upper?: Bound }, name: "lower" | "upper", bound: Bound | null): void {
  if (bound !== null) target[name] = bound;
}

function writeBound(writer: MsgpackWriter, [bound, inclusive]: Bound): void {
  writer.arrayLength(2);
  writer.string(numberText(bound));
  writer.bool(inclusive);
}

function assignLength(
  target: { minLength?: number; maxLength?: number },
  name: "minLength" | "maxLength",
  length: number,
) {
  if (isLength(length)) target[name] = length;
}

function isExact(bound: number): boolean {
  return Math.abs(bound) <= Number.MAX_SAFE_INTEGER;
}

function isLength(length: number): boolean {
  return Number.isSafeInteger(length) && length >= 0;
}
