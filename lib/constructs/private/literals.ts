// Checks of literal values at synth. Tokens are never compared: a number token is a huge negative number.
import { Token } from "cdktf";
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
        `instance ${JSON.stringify(value)} is not the id of a machine: an id is text, not empty and without white space, for example "900000000000000001"`,
      );
    }
    return this;
  }

  public desired(product: Product, props: DesiredProps): this {
    const literals: { [A in Axis]?: AxisValue } = {};
    for (const [axis, given] of Object.entries(props) as [Axis, { readonly value: AxisValue | undefined }][]) {
      if (given.value !== undefined && isLiteral(given.value)) literals[axis] = given.value;
    }
    const names: AxisNames = {
      ...ATTRIBUTE_NAMES,
      ...Object.fromEntries(Object.entries(props).map(([axis, { prop }]) => [axis, prop])),
    };
    for (const finding of validateDesired(product, literals as Desired)) {
      const { summary, detail } = describeFinding(finding, names);
      this.mistakes.push(`${summary}: ${withoutFullStop(detail)}`);
    }
    return this;
  }

  public amount(prop: string, value: number | undefined): this {
    if (value !== undefined && isLiteral(value) && !(Number.isFinite(value) && value >= 0)) {
      this.mistakes.push(
        `${prop} ${value} is not an amount: allowed is a number from 0 in the account's currency, for example 50`,
      );
    }
    return this;
  }

  public choice(prop: string, value: string | undefined, allowed: readonly string[]): this {
    if (value !== undefined && isLiteral(value) && !allowed.includes(value)) {
      const choices = allowed.map((each) => JSON.stringify(each)).join(" or ");
      this.mistakes.push(`${prop} ${JSON.stringify(value)} is not known: use ${choices}`);
    }
    return this;
  }

  public durations(values: { readonly [name: string]: string | undefined } | undefined): this {
    for (const [name, value] of Object.entries(values ?? {})) {
      if (value !== undefined && isLiteral(value) && !DURATION.test(value)) {
        this.mistakes.push(
          `timeouts.${name} ${JSON.stringify(value)} is not a duration: write it like "90m" or "1h30m"`,
        );
      }
    }
    return this;
  }

  /** @throws when something is wrong; all mistakes in one error, with the path of the construct. */
  public throwMistakes(): void {
    if (this.mistakes.length === 0) return;
    throw new Error(`${this.construct.node.path}: ${this.mistakes.join("; ")}`);
  }
}

const DURATION = /^(\d+(\.\d+)?(ms|s|m|h))+$/;

/** Whether a value is known at synth: no token, and no expression written by hand. */
export function isLiteral(value: unknown): boolean {
  return !Token.isUnresolved(value) && !(typeof value === "string" && /[$%]\{/.test(value));
}

function withoutFullStop(text: string): string {
  return text.replace(/\.$/, "");
}
