// Checks of literal values at synth. Tokens are never compared: a number token is a huge negative number.
import type { Construct } from "constructs";
import {
  ATTRIBUTE_NAMES,
  describeFinding,
  validateDesired,
  type Axis,
  type AxisNames,
  type AxisValue,
  type Desired,
  type Product,
} from "../../engine";
import { brokenToken, isBrokenToken, isLiteral, SynthesisError } from "../../rendering";
import { shown } from "./properties";

/** The desired values as a construct takes them: axis → property name and value. */
export type DesiredProps = { readonly [A in Axis]?: { readonly prop: string; readonly value: AxisValue | undefined } };

/** Collects what is wrong with the properties of one construct, to be told all at once. */
export class LiteralCheck {
  private readonly mistakes: string[] = [];

  public constructor(private readonly construct: Construct) {}

  /** Unknown on purpose: ids that come from a file are often numbers, which lose digits at this size. */
  public instanceId(value: unknown): this {
    if (isLiteral(value) && (typeof value !== "string" || value === "" || /\s/.test(value))) {
      this.mistakes.push(
        `instance ${shown(value)} is not the id of a machine: an id is text, not empty and without white space, for example "900000000000000001"`,
      );
    }
    return this;
  }

  public desired(product: Product, props: DesiredProps): this {
    const literals: { [A in Axis]?: AxisValue } = {};
    for (const [axis, given] of Object.entries(props) as [Axis, NonNullable<DesiredProps[Axis]>][]) {
      this.refuseBrokenToken(given.prop, given.value);
      if (isGivenLiteral(given.value)) literals[axis] = given.value;
    }
    const names: AxisNames = {
      ...ATTRIBUTE_NAMES,
      ...Object.fromEntries(Object.entries(props).map(([axis, { prop }]) => [axis, prop])),
    };
    for (const finding of validateDesired(product, literals as Desired)) {
      const { summary, detail } = describeFinding(finding, names);
      this.mistakes.push(`${summary}: ${detail.replace(/\.$/, "")}`);
    }
    return this;
  }

  public amount(prop: string, value: number | undefined): this {
    this.refuseBrokenToken(prop, value);
    if (isGivenLiteral(value) && !(Number.isFinite(value) && value >= 0)) {
      this.mistakes.push(
        `${prop} ${shown(value)} is not an amount: allowed is a number from 0 in the account's currency, for example 50`,
      );
    }
    return this;
  }

  /** A name or the like: any text but an empty one. */
  public text(prop: string, value: string): this {
    if (isGivenLiteral(value) && (typeof value !== "string" || value === "")) {
      this.mistakes.push(`${prop} ${shown(value)} is no text: give one, or leave it out`);
    }
    return this;
  }

  public choice(prop: string, value: string | undefined, allowed: readonly string[]): this {
    if (isGivenLiteral(value) && !allowed.includes(value)) {
      const choices = allowed.map((each) => JSON.stringify(each)).join(" or ");
      this.mistakes.push(`${prop} ${shown(value)} is not known: use ${choices}`);
    }
    return this;
  }

  public durations(values: { readonly [name: string]: string | undefined }): this {
    for (const [name, value] of Object.entries(values)) {
      if (isGivenLiteral(value) && !isDuration(value)) {
        this.mistakes.push(
          `timeouts.${name} ${shown(value)} is not a duration greater than 0: write it like "90m" or "1h30m"`,
        );
      }
    }
    return this;
  }

  private refuseBrokenToken(prop: string, value: unknown): void {
    if (isBrokenToken(value)) throw new SynthesisError("BROKEN_TOKEN", this.construct.node.path, brokenToken(prop));
  }

  /** @throws when something is wrong; all mistakes in one error, with the path of the construct. */
  public throwMistakes(): void {
    if (this.mistakes.length === 0) return;
    throw new SynthesisError("INVALID_VALUE", this.construct.node.path, this.mistakes.join("; "));
  }
}

/** As the provider reads durations; a test compares the two. */
export function isDuration(text: unknown): boolean {
  return typeof text === "string" && text.length <= 64 && /^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text) && /[1-9]/.test(text);
}

/** Null means the same as undefined: not given. */
function isGivenLiteral<T>(value: T | undefined): value is T & {} {
  return value !== undefined && value !== null && isLiteral(value);
}
