// Values of the wrong kind, from programs without types: told with the path instead of by a TypeError, or by nothing at all.
import { TerraformCount, TerraformProvider, Token, type TerraformResourceLifecycle } from "cdktf";
import type { IConstruct } from "constructs";
import { pathOf, SynthesisError } from "../../rendering";
import type { SpecificationProps } from "../specification-props";
import { checkProperties, shown } from "./properties";

const LIFECYCLE: { readonly [K in keyof TerraformResourceLifecycle]-?: "optional" } = {
  createBeforeDestroy: "optional",
  preventDestroy: "optional",
  ignoreChanges: "optional",
  replaceTriggeredBy: "optional",
  precondition: "optional",
  postcondition: "optional",
};

/** @throws when one of the properties that all specifications have is of the wrong kind. Null is not given. */
export function checkKinds(construct: IConstruct, props: SpecificationProps): void {
  const { quote, provider, lifecycle, forEach, count, dependsOn } = props;
  const check = (name: string, value: unknown, isRight: (value: unknown) => boolean, wanted: string): void => {
    if (value === undefined || value === null || isRight(value)) return;
    throw new SynthesisError("INVALID_VALUE", pathOf(construct), `${name} is ${shown(value)}: it takes ${wanted}`);
  };
  check("import", props.import, isBoolean, "true or false");
  check("quote", quote, (value) => isBoolean(value) || isObject(value), "true, false, or { always: true }");
  if (typeof quote === "object" && quote !== null) check("quote.always", quote.always, isBoolean, "true or false");
  check("provider", provider, (value) => TerraformProvider.isTerraformProvider(value), "a ZenlayerProvider");
  check("lifecycle", lifecycle, isObject, "an object such as { preventDestroy: true }");
  if (isObject(lifecycle)) checkProperties(pathOf(construct), "lifecycle", lifecycle, LIFECYCLE);
  check("forEach", forEach, isIterator, "a TerraformIterator, for example TerraformIterator.fromList(list)");
  check("count", count, isCount, "a whole number from 0, or a TerraformCount");
  if (dependsOn !== undefined && dependsOn !== null) checkDependencies(construct, "dependsOn", dependsOn);
}

/** @throws when something is named that nothing can wait for. */
export function checkDependencies(construct: IConstruct, what: string, dependencies: unknown): void {
  const refuse = (problem: string, code: "INVALID_VALUE" | "CONTRADICTION" = "INVALID_VALUE"): never => {
    throw new SynthesisError(code, pathOf(construct), problem);
  };
  if (!Array.isArray(dependencies))
    return refuse(`${what} is ${shown(dependencies)}: it takes a list of constructs to wait for`);
  for (const each of dependencies as readonly unknown[]) {
    if (each === construct || (each as { readonly node?: IConstruct["node"] } | null)?.node?.scope === construct)
      refuse(`${what} names this construct itself: nothing can wait for itself`, "CONTRADICTION");
    if (!isObject(each) || typeof each["fqn"] !== "string")
      refuse(`${what} names ${shown(each)}, which is nothing to wait for: name a specification, a hook, or a resource`);
  }
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isIterator(value: unknown): boolean {
  return isObject(value) && "_getForEachExpression" in value;
}

function isCount(value: unknown): boolean {
  if (typeof value === "number") return Token.isUnresolved(value) || (Number.isInteger(value) && value >= 0);
  return TerraformCount.isTerraformCount(value);
}
