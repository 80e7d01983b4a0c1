// Refinements of unknown values on the wire: what a plan promises about a value that it does not know.
import type { Refinement, Type } from "../types";
import { MsgpackError, MsgpackReader, MsgpackWriter } from "./msgpack";
import { numberFromBinary, numberFromText, numberText } from "./number";

/** Extension type of an unknown with refinements. */
export const REFINED = 12;
const MAXIMUM_PAYLOAD = 1024;
const MAXIMUM_PREFIX = 128;

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
        refinement.minLength = Number(reader.number());
        break;
      case 6:
        refinement.maxLength = Number(reader.number());
        break;
      default:
        reader.skip();
    }
  }
  return Object.keys(refinement).length === 0 ? null : refinement;
}

/** The payload, or null when the type allows none of the promises: an empty one is an error for Terraform. */
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
  if (type === "string" && prefix !== undefined && prefix !== "") add(2, (writer) => writer.string(shorten(prefix)));
  if (type === "number") {
    if (lower !== undefined) add(3, (writer) => writeBound(writer, lower));
    if (upper !== undefined) add(4, (writer) => writeBound(writer, upper));
  }
  if (Array.isArray(type) && ["list", "set", "map"].includes(String(type[0]))) {
    if (minLength !== undefined) add(5, (writer) => writer.integer(minLength));
    if (maxLength !== undefined) add(6, (writer) => writer.integer(maxLength));
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
  const exact = typeof raw === "number" ? numberFromBinary(raw) : numberFromText(String(raw));
  const inclusive = reader.bool();
  // A rounded bound would be another promise; none is the safe one.
  return typeof exact === "number" && Number.isFinite(exact) ? [exact, inclusive] : null;
}

function assignBound(target: { lower?: Bound; upper?: Bound }, name: "lower" | "upper", bound: Bound | null): void {
  if (bound !== null) target[name] = bound;
}

function writeBound(writer: MsgpackWriter, [bound, inclusive]: Bound): void {
  writer.arrayLength(2);
  writer.string(numberText(bound));
  writer.bool(inclusive);
}

function shorten(prefix: string): string {
  return [...prefix].slice(0, MAXIMUM_PREFIX).join("");
}
