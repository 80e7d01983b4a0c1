// A state as typed data: the JSON of `terraform show -json`, or a state file itself, such as errored.tfstate.
import { ReviewError } from "./errors";
import { encrypted, kindOf, parseDocument, type Input } from "./input";
import { at, isObject, listOf, objectOf, objectsOf, textAt, type JsonObject } from "./json";
import { stateResources, type StateResource } from "./plan";

export interface State {
  readonly label: string;
  readonly resources: readonly StateResource[];
  /** As its JSON has them. */
  readonly outputs: unknown;
  /** Whether it is a state file: an apply writes one that it could not save, so it is newer than what the backend has. */
  readonly raw: boolean;
}

export function parseState(input: Input): State {
  const document = parseDocument(input);
  const version = textAt(document, "format_version");
  const kind = kindOf(document);
  if (kind === "encrypted") throw encrypted(input.label);
  if (kind === "raw_state") {
    return { label: input.label, resources: rawResources(document), outputs: document["outputs"], raw: true };
  }
  if (kind !== "state" || version === null) {
    throw new ReviewError(
      "not_a_state",
      `${input.label} is not a state; give the output of terraform show -json (without a plan file).`,
    );
  }
  if (!/^(?:1|0)\.\d+$/.test(version)) {
    throw new ReviewError(
      "unsupported_format",
      `${input.label} has format_version ${JSON.stringify(version)}; this review understands 1.x.`,
    );
  }
  return {
    label: input.label,
    resources: stateResources(at(document, "values", "root_module")),
    outputs: at(document, "values", "outputs"),
    raw: false,
  };
}

/** Current objects of a state file of version 4. */
function rawResources(document: JsonObject): readonly StateResource[] {
  return objectsOf(document["resources"]).flatMap((resource) => {
    const [module, mode] = [textAt(resource, "module"), textAt(resource, "mode") ?? "managed"];
    const [type, name] = [textAt(resource, "type") ?? "", textAt(resource, "name") ?? ""];
    const base = `${module === null ? "" : `${module}.`}${mode === "data" ? "data." : ""}${type}.${name}`;
    return objectsOf(resource["instances"])
      .filter((instance) => textAt(instance, "deposed") === null)
      .map((instance): StateResource => {
        const key = instance["index_key"];
        return {
          address: key === undefined || key === null ? base : `${base}[${JSON.stringify(key)}]`,
          mode,
          type,
          // provider["registry.terraform.io/NAMESPACE/TYPE"], with the module in front of it.
          provider: /provider\["(.*?)"\]/.exec(textAt(resource, "provider") ?? "")?.[1] ?? "",
          values: objectOf(instance["attributes"]),
          sensitive: marksOf(instance["sensitive_attributes"]),
        };
      });
  });
}

/** Paths of sensitive attributes as marks; of a path into an attribute, the whole attribute. */
function marksOf(paths: unknown): JsonObject {
  return Object.fromEntries(
    listOf(paths).flatMap((path) => {
      const first = listOf(isObject(path) ? path["path"] : path)[0];
      const name = textAt(first, "value");
      return name === null ? [] : [[name, true]];
    }),
  );
}
