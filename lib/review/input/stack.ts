// The bridge from a plan's addresses to construct paths: plan JSON drops the metadata that CDKTF writes, cdk.tf.json has it.
import { ReviewError } from "./errors";
import { parseDocument, type Input } from "./input";
import { isObject, objectOf, textAt } from "./json";
import { withoutIndexes } from "./plan";

/** Construct path of an address (indexes are ignored: one construct makes them all); null when there is none. */
export type ConstructPaths = (address: string) => string | null;

export const NO_PATHS: ConstructPaths = () => null;

/** Reads a synthesised `cdk.tf.json`. */
export function parseStack(input: Input): ConstructPaths {
  const document = parseDocument(input);
  if (!isObject(document["resource"]) && !isObject(document["terraform"]) && !isObject(document["//"])) {
    throw new ReviewError("not_a_stack", `${input.label} is not a synthesised stack; give its cdk.tf.json.`);
  }
  const paths = new Map<string, string>();
  for (const [type, resources] of Object.entries(objectOf(document["resource"]))) {
    for (const [name, resource] of Object.entries(objectOf(resources))) {
      const path = textAt(resource, "//", "metadata", "path");
      if (path !== null) paths.set(`${type}.${name}`, path);
    }
  }
  return (address) => paths.get(withoutIndexes(address)) ?? null;
}
