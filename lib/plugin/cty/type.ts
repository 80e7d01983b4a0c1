// Types: the implied type of a block, and reading type JSON that came over the wire.
import type { AttributePath, BlockSchema, NestedBlockSchema, Type } from "../types";
import { isObject, memberType, setKey } from "./values";

const MAXIMUM_DEPTH = 64;
const blockTypes = new WeakMap<BlockSchema, Type>();

/** The object type of a block: its attributes and its nested blocks. */
export function blockType(schema: BlockSchema): Type {
  const known = blockTypes.get(schema);
  if (known !== undefined) return known;
  const members: Record<string, Type> = {};
  for (const [name, attribute] of Object.entries(schema.attributes)) members[name] = attribute.type;
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    const nestedIn = nestedType(nested);
    if (typeof nestedIn !== "string" && nestedIn[0] !== "object" && hasDynamic(nestedIn))
      throw new TypeError(
        `block ${name}: an attribute of type dynamic works only in blocks of nesting single or group`,
      );
    members[name] = nestedIn;
  }
  const type: Type = ["object", members];
  blockTypes.set(schema, type);
  return type;
}

/** The type of a nested block as a whole. */
export function nestedType({ nesting, block }: NestedBlockSchema): Type {
  return nesting === "single" || nesting === "group" ? blockType(block) : [nesting, blockType(block)];
}

export function hasDynamic(type: Type): boolean {
  if (typeof type === "string") return type === "dynamic";
  if (type[0] === "object") return Object.values(type[1]).some(hasDynamic);
  return type[0] === "tuple" ? type[1].some(hasDynamic) : hasDynamic(type[1]);
}

/** Checks foreign JSON for being a type; a malformed one must never reach Terraform, which would crash. */
export function readType(json: unknown, depth = 0): Type {
  if (depth > MAXIMUM_DEPTH) throw new TypeError("the type is nested too deeply");
  if (json === "string" || json === "number" || json === "bool" || json === "dynamic") return json;
  if (!Array.isArray(json) || json.length !== 2) throw new TypeError(`${brief(json)} is not a type`);
  const [kind, inner] = json as [unknown, unknown];
  if (kind === "list" || kind === "set" || kind === "map") return [kind, readType(inner, depth + 1)];
  if (kind === "tuple" && Array.isArray(inner)) return ["tuple", inner.map((element) => readType(element, depth + 1))];
  if (kind === "object" && isObject(inner)) {
    const members: Record<string, Type> = {};
    for (const [name, member] of Object.entries(inner)) setKey(members, name, readType(member, depth + 1));
    return ["object", members];
  }
  throw new TypeError(`${brief(json)} is not a type`);
}

/** A type as text: equal for equal types, however their members are ordered. */
export function typeText(type: Type): string {
  if (typeof type === "string") return type;
  if (type[0] === "tuple") return `tuple[${type[1].map(typeText).join(",")}]`;
  if (type[0] !== "object") return `${type[0]}(${typeText(type[1])})`;
  const members = Object.entries(type[1]).sort(([a], [b]) => (a < b ? -1 : 1));
  return `object{${members.map(([name, member]) => `${JSON.stringify(name)}:${typeText(member)}`).join(",")}}`;
}

/** The type at a path, or undefined where the path leads nowhere. */
export function typeAt(type: Type, path: AttributePath): Type | undefined {
  let current: Type | undefined = type;
  for (const step of path) current = memberType(current, step);
  return current;
}

/** A path as Terraform writes it: `.disk[0].size`. */
export function pathText(path: AttributePath): string {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
}

function brief(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
