// Base classes of the generated ones: what each of our resources and data sources checks and adds when it renders.
import {
  TerraformDataSource,
  TerraformProvider,
  TerraformResource,
  Token,
  type TerraformProviderConfig,
  type TerraformResourceConfig,
  type TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import { isPlainObject, resolved, valueOf, type Attributes, type Form } from "./attributes";
import { claimAddress, claimMachine, refuseManyOfOne } from "./claims";
import { COPY, stackOf, type Copy } from "./copies";
import { checkAtSynth, SynthesisError, type SynthesisErrorCode } from "./errors";
import { resourceSchemas, type ResourceTypeName } from "../schema";
import { guarded, refuseBeyondGuards, SPECIFICATION } from "./guarding";
import { pathOf, RAW, renderedFrom, renderedOf, type Output, type Rendered, type Rendering } from "./rendered";

/** Resources that hold the specification of a machine. */
export abstract class SpecificationElement extends TerraformResource implements Rendering {
  /** Which copy of this package made it; guards of all copies know it by this. */
  public readonly [SPECIFICATION]: Copy = COPY;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - Type and meta-arguments.
   */
  protected constructor(scope: Construct, id: string, config: TerraformResourceConfig) {
    super(scope, id, config);
    watchOverGuards(stackOf(this));
  }

  /** What the library renders, without any rule of ours. */
  public [RAW](form: Form): unknown {
    return form === "json" ? super.toTerraform() : super.toHclTerraform();
  }

  /** Called by the library when it synthesises JSON. */
  public override toTerraform(): unknown {
    return this.settled("json");
  }

  /** Called by the library when it synthesises HCL. */
  public override toHclTerraform(): unknown {
    return this.settled("hcl");
  }

  private settled(form: Form): unknown {
    const output = this[RAW](form) as Output;
    const attributes = output.resource?.[this.terraformResourceType]?.[this.friendlyUniqueId];
    const rendered = renderedFrom(this, output, form);
    if (attributes === undefined || rendered === null) return output;
    claimAddress(this);
    claimMachine(this, rendered.attributes);
    refuseManyOfOne(this, rendered.attributes);
    refuseImpossible(this, rendered.attributes);
    const settled = guarded(this, withAuthorsPath(this, attributes), form);
    return { ...output, resource: { [this.terraformResourceType]: { [this.friendlyUniqueId]: settled } } };
  }
}

/** What a data source takes over from the resource that it belongs to. */
export interface Following {
  readonly resource: Rendering;
  /** Attributes that it takes over as they are. */
  readonly attributes: readonly string[];
}

/** Our data sources. */
export abstract class LookupElement extends TerraformDataSource {
  private following: Following | null = null;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - Type and meta-arguments.
   */
  protected constructor(scope: Construct, id: string, config: TerraformResourceConfig) {
    super(scope, id, config);
    watchOverGuards(stackOf(this));
  }

  /** Makes this render what a resource renders, whatever it is set to later; nothing where the resource is not rendered. */
  public follow(following: Following): void {
    this.following = following;
  }

  /** Called by the library when it synthesises JSON. */
  public override toTerraform(): unknown {
    return this.settled("json", super.toTerraform());
  }

  /** Called by the library when it synthesises HCL. */
  public override toHclTerraform(): unknown {
    return this.settled("hcl", super.toHclTerraform());
  }

  private settled(form: Form, output: unknown): unknown {
    const { data } = output as { readonly data: { readonly [type: string]: { readonly [name: string]: Attributes } } };
    const attributes = data[this.terraformResourceType]?.[this.friendlyUniqueId] ?? {};
    const taken = this.following === null ? {} : takenOver(this.following, form);
    if (taken === null) return {};
    claimAddress(this);
    const settled = { ...withAuthorsPath(this, attributes), ...taken, ...this.overridden(attributes) };
    return { data: { [this.terraformResourceType]: { [this.friendlyUniqueId]: settled } } };
  }

  /** What was overridden on this very data source, which goes before what it takes over. */
  private overridden(attributes: Attributes): Attributes {
    const overridden = Object.keys(this.rawOverrides as object);
    return Object.fromEntries(overridden.map((name) => [name, attributes[name]]));
  }
}

/** Meta-arguments that decide for which machines, and by which credentials, a resource stands. */
const PLACEMENT = ["provider", "count", "for_each"];

/** Null where the resource renders nothing, or none of the values that it asks about. */
function takenOver({ resource, attributes }: Following, form: Form): Attributes | null {
  const rendered: Rendered | null = renderedOf(resource, form);
  if (rendered === null) return null;
  const names = ["instance_id", ...attributes, ...PLACEMENT];
  const given = Object.fromEntries(
    names.filter((name) => name in rendered.attributes).map((name) => [name, rendered.attributes[name]]),
  );
  const managed = attributes.some((name) => resolved(valueOf(given, name), resource) !== undefined);
  return managed ? { ...Object.fromEntries(names.map((name) => [name, undefined])), ...given } : null;
}

/** The attributes with the path in their notes as the author wrote it: a review names a resource by it. */
export function withAuthorsPath(element: Construct, attributes: Attributes): Attributes {
  const notes = attributes["//"];
  if (!isPlainObject(notes) || !isPlainObject(notes["metadata"])) return attributes;
  return { ...attributes, "//": { ...notes, metadata: { ...notes["metadata"], path: pathOf(element) } } };
}

/**
 * @throws when a number was computed from a token: such a product is neither the token nor a number that anybody meant; when it is none at all, which JSON would write
 * as null and Terraform take for "not given"; and when a required attribute is missing.
 */
function refuseImpossible(element: Rendering, attributes: Attributes): void {
  const { terraformResourceType: type } = element;
  const refuse = (code: SynthesisErrorCode, problem: string): never => {
    throw new SynthesisError(code, pathOf(element), problem);
  };
  const { attributes: schema } = resourceSchemas[type as ResourceTypeName];
  const required = Object.keys(schema).filter((name) => schema[name]?.required);
  for (const name of new Set([...required, ...Object.keys(attributes)])) {
    const value = resolved(valueOf(attributes, name), element);
    if (isBrokenToken(value)) refuse("BROKEN_TOKEN", brokenToken(name));
    if (typeof value === "number" && !Number.isFinite(value))
      refuse(
        "INVALID_VALUE",
        `${name} is ${value}, which is no number that Terraform knows: give one, or leave it out`,
      );
    if (value === undefined && required.includes(name))
      refuse(
        "MISSING_PROPERTY",
        `${name} of ${type} is missing: it was not given, or was null or undefined when the app was synthesised`,
      );
    if (name === "instance_id" && value === "")
      refuse("INVALID_VALUE", `instance_id is empty: give the id of a machine`);
  }
}

/** Whether a number is what arithmetic makes of a token: far beyond all numbers that anybody means. */
export function isBrokenToken(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) > 1e280 && Number.isFinite(value) && !Token.isUnresolved(value);
}

/** What is wrong with such a value, and the cure. */
export function brokenToken(name: string): string {
  return (
    `${name} was computed from a value that Terraform knows only later, and the result stands for nothing: compute it in Terraform, ` +
    `with \`Op.mul(value, 2)\`, \`Op.add\`, \`Fn.max\` and the like`
  );
}

/** Our provider. */
export abstract class ProviderElement extends TerraformProvider {
  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - Type and source.
   */
  protected constructor(scope: Construct, id: string, config: TerraformProviderConfig) {
    super(scope, id, config);
    watchOverGuards(stackOf(this));
  }

  /** Called by the library when it synthesises JSON. */
  public override toTerraform(): unknown {
    refuseBeyondGuards(stackOf(this));
    return super.toTerraform();
  }

  /** Called by the library when it synthesises HCL. */
  public override toHclTerraform(): unknown {
    refuseBeyondGuards(stackOf(this));
    return super.toHclTerraform();
  }
}

const watched = new WeakSet<TerraformStack>();

/** Lets the validation of a stack find what its guards cannot act on. */
function watchOverGuards(stack: TerraformStack): void {
  if (watched.has(stack)) return;
  watched.add(stack);
  checkAtSynth(stack, () => refuseBeyondGuards(stack));
}
