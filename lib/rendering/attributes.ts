// Attributes as they were rendered, in both forms: JSON holds plain values, HCL wraps each in an object that tells how to write it.
import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/** The two forms that a stack may be written in. */
export type Form = "json" | "hcl";

/** Attribute name → what was rendered for it. */
export interface Attributes {
  readonly [name: string]: unknown;
}

/** The plain value of an attribute, perhaps a token; undefined where none is given. */
export function valueOf(attributes: Attributes, name: string): unknown {
  const rendered = attributes[name];
  return isWrapped(rendered) ? rendered.value : rendered;
}

/** The same attributes with one set. */
export function withValue(attributes: Attributes, form: Form, name: string, value: string | number): Attributes {
  const storageClassType = name === "max_immediate_charge" ? "number" : "string";
  const rendered = form === "json" ? value : { value, isBlock: false, type: "simple", storageClassType };
  return { ...attributes, [name]: rendered };
}

function isWrapped(rendered: unknown): rendered is { readonly value: unknown } {
  return isPlainObject(rendered) && "storageClassType" in rendered;
}

/** An object of names and values: no list, no token. */
export function isPlainObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value);
}

/** A member of what may be no object. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Attributes)[name] : undefined;
}

/** What a value is when everything is synthesised: a literal, or the text of an expression. Null and undefined both mean "not given". */
export function resolved(value: unknown, scope: IConstruct): unknown {
  if (!Token.isUnresolved(value)) return value ?? undefined;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return (Tokenization.resolve(value, { scope, resolver }) as unknown) ?? undefined;
}

/** Whether a value is known at synth: no token, and no expression written by hand. */
export function isLiteral(value: unknown): boolean {
  return !Token.isUnresolved(value) && !(typeof value === "string" && /[$%]\{/.test(value));
}
