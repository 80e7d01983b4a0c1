// Guards, decided when a resource renders: looked up in its scopes, known by a global symbol and applied to what was rendered. So a guard cannot be
// lost, whichever copy of this package made it or the machine, and whenever either was added.
import { Aspects, TerraformResource, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { resourceSchemas } from "../schema";
import { isLiteral, isPlainObject, resolved, valueOf, withValue, type Attributes, type Form } from "./attributes";
import { COPY, requireSameProtocol, type Copy } from "./copies";
import { SynthesisError } from "./errors";
import { addressOf, pathOf, rawOverridesOf, stackOverrides, type Rendering } from "./rendered";

/** Where a guard says what it demands. */
export const GUARD = Symbol.for("cdktf-zenlayer/guard");

/** Where a specification says which copy made it. */
export const SPECIFICATION = Symbol.for("cdktf-zenlayer/specification");

/** Guards that visited a resource without standing in a scope of it: an aspect may pass its visits on. */
const VISITED = Symbol.for("cdktf-zenlayer/visited-by");

/** What a guard demands of every specification below it. */
export type Demand =
  | { readonly kind: "forbid-downgrades" }
  /** `limit` may be a token. */
  | { readonly kind: "limit-immediate-charge"; readonly limit: number };

/** A guard, of whatever copy. */
export interface Guarding {
  readonly [GUARD]: Copy & {
    /** Its class, for errors. */
    readonly name: string;
    readonly except: readonly IConstruct[];
    readonly demand: Demand;
  };
}

/** Attribute that a demand decides. */
const DECIDES = {
  "forbid-downgrades": "on_downgrade",
  "limit-immediate-charge": "max_immediate_charge",
} as const;

/**
 * The attributes of a resource with what its guards demand.
 *
 * @throws when a guard cannot act.
 */
export function guarded(element: Rendering, attributes: Attributes, form: Form): Attributes {
  const guards = guardsOf(element);
  if (guards.length === 0) return attributes;
  refuseOverrides(element, guards);
  const demands = guards.map((guard) => guard[GUARD].demand);
  for (const guard of guards) refuseNoLimit(element, guard);
  const limits = demands.flatMap((demand) => (demand.kind === "limit-immediate-charge" ? [demand.limit] : []));
  const denied = demands.some(({ kind }) => kind === "forbid-downgrades")
    ? withValue(attributes, form, "on_downgrade", "deny")
    : attributes;
  const own = valueOf(attributes, "max_immediate_charge");
  const lowest = limits.length === 0 ? undefined : lowestOf([own, ...limits], element);
  return lowest === undefined ? denied : withValue(denied, form, "max_immediate_charge", lowest);
}

/** @throws when the limit of a guard turns out to be no amount: it would silently limit nothing. One that only Terraform knows may be null there. */
function refuseNoLimit(element: Rendering, guard: Guarding): void {
  const { demand, name } = guard[GUARD];
  if (demand.kind !== "limit-immediate-charge") return;
  const limit = resolved(demand.limit, element);
  if (typeof limit === "number" && Number.isFinite(limit) && limit >= 0) return;
  if (typeof limit === "string" && !isLiteral(limit)) return;
  throw new SynthesisError(
    "GUARD_BYPASSED",
    pathOf(element),
    `the limit of the guard ${name} was ${String(limit)} when the app was synthesised: a guard limits to a number from 0 in the account's currency`,
  );
}

/** The lowest of some limits. What is null, at synth or in Terraform, is no limit, and the others hold. */
function lowestOf(limits: readonly unknown[], scope: IConstruct): number | string | undefined {
  const given = limits.map((limit) => resolved(limit, scope)).filter((limit) => limit !== undefined);
  const literals = given.filter((limit) => typeof limit === "number");
  const expressions = [...new Set(given.filter((limit) => typeof limit !== "number").map(expression))];
  const literal = literals.length === 0 ? undefined : Math.min(...literals);
  const [first] = expressions;
  if (first === undefined) return literal;
  if (literal === undefined && expressions.length === 1) return `\${${first}}`;
  const list = `[for limit in [${[...(literal === undefined ? [] : [literal]), ...expressions].join(", ")}] : limit if limit != null]`;
  return literal === undefined ? `\${length(${list}) == 0 ? null : min(${list}...)}` : `\${min(${list}...)}`;
}

/** A value as part of a larger expression. */
function expression(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return isSingleInterpolation(text) ? text.slice(2, -1) : JSON.stringify(text).replace(/\\"/g, '"');
}

/** Whether a template is one `${…}` and nothing else. */
function isSingleInterpolation(text: string): boolean {
  if (!text.startsWith("${")) return false;
  let depth = 0;
  for (const [index, character] of [...text].entries()) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (character === "}" && depth === 0) return index === [...text].length - 1;
  }
  return false;
}

/** All guards of a resource, outermost first. */
function guardsOf(element: IConstruct): readonly Guarding[] {
  const inScopes = element.node.scopes.flatMap((scope) => aspectsOf(scope).filter(isGuard));
  const passedOn = (element as { readonly [VISITED]?: ReadonlySet<Guarding> })[VISITED] ?? [];
  const guards = [...new Set([...inScopes, ...passedOn])];
  for (const guard of guards) requireSameProtocol(guard[GUARD], `the guard ${guard[GUARD].name}`, pathOf(element));
  return guards.filter((guard) => !element.node.scopes.some((scope) => guard[GUARD].except.includes(scope)));
}

/** Called by a guard for what it visits as an aspect: it acts when the resource renders. */
export function noteVisit(guard: Guarding, construct: IConstruct): void {
  if (isSpecification(construct)) {
    requireSameProtocol(construct[SPECIFICATION], "this machine's specification", pathOf(construct));
    const visited = construct as { [VISITED]?: Set<Guarding> };
    visited[VISITED] = (visited[VISITED] ?? new Set()).add(guard);
  } else if (isForeign(construct) && !construct.node.scopes.some((scope) => guard[GUARD].except.includes(scope))) {
    throw beyondGuard(construct, guard);
  }
}

/** @throws when a stack has specifications that its guards cannot act on: of classes that are not ours, or written as overrides. */
export function refuseBeyondGuards(stack: TerraformStack): void {
  const elements = stack.node.findAll();
  const names = new Set(elements.filter(isSpecification).map(addressOf));
  for (const element of elements.filter(isForeign)) {
    const [guard] = guardsOf(element);
    if (guard !== undefined) throw beyondGuard(element, guard);
    names.add(addressOf(element));
  }
  const [guard] = guardsOf(stack);
  if (guard === undefined) return;
  const { resource } = rawOverridesOf(stack);
  for (const type of Object.keys(resourceSchemas)) {
    const resources = isPlainObject(resource) ? resource[type] : undefined;
    const unknown = Object.keys(isPlainObject(resources) ? resources : {}).find(
      (name) => !names.has(`${type}.${name}`),
    );
    if (unknown === undefined) continue;
    throw new SynthesisError(
      "GUARD_BYPASSED",
      stack.node.path,
      `the stack's override adds ${type}.${unknown}, which the guard ${guard[GUARD].name} cannot act on: write a construct for it`,
    );
  }
}

function refuseOverrides(element: Rendering, guards: readonly Guarding[]): void {
  const overrides = stackOverrides(element);
  for (const guard of guards) {
    const attribute = DECIDES[guard[GUARD].demand.kind];
    if (!(attribute in overrides)) continue;
    throw new SynthesisError(
      "GUARD_BYPASSED",
      pathOf(element),
      `an override of the stack sets ${attribute}, which the guard ${guard[GUARD].name} decides and could no longer: ` +
        `take the override away, set the value on the construct, or name the construct in the guard's \`except\``,
    );
  }
}

function beyondGuard(element: TerraformResource, guard: Guarding): SynthesisError {
  return new SynthesisError(
    "GUARD_BYPASSED",
    pathOf(element),
    `the guard ${guard[GUARD].name} (cdktf-zenlayer ${COPY.version} in ${COPY.home}) cannot act on this ${element.terraformResourceType}: ` +
      `its class is not of cdktf-zenlayer, or of a version without guards for it (made by \`cdktf get\`, say): use the construct of the same ` +
      `name or \`l1\` of cdktf-zenlayer, in one version (\`npm ls cdktf-zenlayer\`), or name it in the guard's \`except\``,
  );
}

/** Whether a construct is a resource of ours that knows guards, of whatever copy. */
export function isSpecification(construct: IConstruct): construct is Rendering & { readonly [SPECIFICATION]: Copy } {
  return SPECIFICATION in construct;
}

/** One of our resource types, by a class that knows no guards. */
function isForeign(construct: IConstruct): construct is TerraformResource & IConstruct {
  return (
    TerraformResource.isTerraformResource(construct) &&
    !isSpecification(construct) &&
    construct.terraformResourceType in resourceSchemas
  );
}

function isGuard(aspect: unknown): aspect is Guarding {
  return typeof aspect === "object" && aspect !== null && GUARD in aspect;
}

/** All aspects of a scope, those that another copy of the library keeps there included: its symbol has the same description. */
function aspectsOf(scope: IConstruct): readonly unknown[] {
  const keptByOthers = Object.getOwnPropertySymbols(scope)
    .filter(({ description }) => description === "cdktf-aspects")
    .map((symbol) => (scope as unknown as { readonly [symbol: symbol]: { readonly all: readonly unknown[] } })[symbol]);
  return [...Aspects.of(scope).all, ...keptByOthers.flatMap((aspects) => aspects?.all ?? [])];
}
