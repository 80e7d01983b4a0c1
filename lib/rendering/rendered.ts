// What Terraform will get of a resource: its attributes after all overrides, those of the stack included. Whatever rides beside a resource is
// derived from this and not from what its constructor was given.
import { TerraformDataSource, type TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { isPlainObject, type Attributes, type Form } from "./attributes";
import { stackOf } from "./copies";
import { SynthesisError } from "./errors";

/** Renders an element without any of our own rules; known to all copies of this package. */
export const RAW = Symbol.for("cdktf-zenlayer/raw");

/** A resource of ours, of whatever copy. */
export interface Rendering extends Named {
  /** What the library renders of it. */
  [RAW](form: Form): unknown;
}

/** A resource as Terraform will get it. */
export interface Rendered {
  readonly attributes: Attributes;
  /** Whether `importFrom` was called on it. */
  readonly imported: boolean;
}

/** Null where nothing is rendered, because it was moved to another address. */
export function renderedOf(element: Rendering, form: Form): Rendered | null {
  return renderedFrom(element, element[RAW](form) as Output, form);
}

/** What the library renders of a resource. */
export interface Output {
  readonly resource?: { readonly [type: string]: { readonly [name: string]: Attributes } };
  readonly import?: unknown;
}

/** The same, where the library has rendered it already. */
export function renderedFrom(element: Rendering, output: Output, form: Form): Rendered | null {
  const attributes = output.resource?.[element.terraformResourceType]?.[element.friendlyUniqueId];
  if (attributes === undefined) return null;
  // The library applies the overrides of a stack to JSON alone.
  const overrides = form === "json" ? stackOverrides(element) : {};
  return { attributes: merge(attributes, overrides), imported: output.import !== undefined };
}

/**
 * What `addOverride` of the stack says about a resource.
 *
 * @throws when an override replaces the resource as a whole.
 */
export function stackOverrides(element: Rendering): Attributes {
  const { terraformResourceType, friendlyUniqueId } = element;
  const steps = ["resource", terraformResourceType, friendlyUniqueId];
  let found: unknown = rawOverridesOf(stackOf(element));
  for (const [index, step] of steps.entries()) {
    if (!isPlainObject(found) || !(step in found)) return {};
    found = found[step];
    if (isPlainObject(found)) continue;
    throw new SynthesisError(
      "GUARD_BYPASSED",
      pathOf(element),
      `the stack's override ${steps.slice(0, index + 1).join(".")} replaces this resource as a whole: override single attributes, ` +
        `or take the construct out of the program`,
    );
  }
  return found as Attributes;
}

/** All overrides of a stack. The library keeps them to itself, and a version that keeps them elsewhere must not go unnoticed. */
export function rawOverridesOf(stack: TerraformStack): Attributes {
  const { rawOverrides } = stack as unknown as { readonly rawOverrides?: unknown };
  if (isPlainObject(rawOverrides)) return rawOverrides;
  throw new SynthesisError(
    "UNSUPPORTED",
    stack.node.path,
    "the overrides of the stack cannot be read with this version of CDKTF: use cdktf 0.21 or cdktn 0.24, or report it",
  );
}

/** As the library merges: objects are merged, lists joined, undefined deletes. */
function merge(target: Attributes, source: Attributes): Attributes {
  const merged: { [name: string]: unknown } = { ...target };
  for (const [name, value] of Object.entries(source)) {
    const there = merged[name];
    if (value === undefined) delete merged[name];
    else if (isPlainObject(value)) merged[name] = merge(isPlainObject(there) ? there : {}, value);
    else
      merged[name] =
        Array.isArray(value) && Array.isArray(there) ? [...(there as unknown[]), ...(value as unknown[])] : value;
  }
  return merged;
}

/** What has an address in Terraform. */
export type Named = Construct & { readonly terraformResourceType: string; readonly friendlyUniqueId: string };

/** The address of a resource or data source, as Terraform knows it within its stack. */
export function addressOf(element: Named): string {
  const kind = TerraformDataSource.isTerraformDataSource(element) ? "data." : "";
  return `${kind}${element.terraformResourceType}.${element.friendlyUniqueId}`;
}

/** The path as its author wrote it: that of the construct around a resource. */
export function pathOf({ node }: IConstruct): string {
  return node.id === "Default" && node.scope !== undefined ? node.scope.node.path : node.path;
}
