// The configuration inside a plan: which attributes each resource names, and what runs when it is created.
import { at, isObject, objectOf, objectsOf, textAt, type JsonObject } from "./json";

/** A resource as it is configured. */
export interface ConfiguredResource {
  /** With its modules, without indexes. */
  readonly address: string;
  readonly mode: string;
  /** Alias of its provider, with the provider's name: `zenlayer.eu`; null for the default one. */
  readonly providerAlias: string | null;
  readonly expressions: unknown;
  readonly provisioners: readonly JsonObject[];
  /** Whether how many there are depends on an expression (`count`, `for_each`), its own or of a module around it. */
  readonly counted: boolean;
}

/** A module with what is written around and in it. */
export interface ConfiguredModule {
  /** `module.a.module.b.`, or empty for the root. */
  readonly prefix: string;
  readonly module: JsonObject;
  /** Where it is called; null for the root. */
  readonly call: unknown;
  readonly counted: boolean;
}

/** Deeper nesting of modules than this is not a plan of Terraform. */
const MAXIMUM_DEPTH = 200;

/** Modules and all below them, level by level and not by recursion, so that no document can exhaust the stack. */
export function withModulesBelow<T>(roots: readonly T[], below: (module: T) => readonly T[]): readonly T[] {
  let found: readonly T[] = [];
  let level = roots;
  for (let depth = 0; level.length > 0 && depth < MAXIMUM_DEPTH; depth += 1) {
    found = found.concat(level);
    level = level.flatMap(below);
  }
  return found;
}

/** The root module and all modules below it. */
export function modulesOf(root: unknown): readonly ConfiguredModule[] {
  const roots = isObject(root) ? [{ prefix: "", module: root, call: null, counted: false }] : [];
  return withModulesBelow<ConfiguredModule>(roots, ({ prefix, module, counted }) =>
    Object.entries(objectOf(module["module_calls"])).flatMap(([name, call]) => {
      const inner = at(call, "module");
      if (!isObject(inner)) return [];
      return [{ prefix: `${prefix}module.${name}.`, module: inner, call, counted: counted || isCounted(call) }];
    }),
  );
}

export function configuredResources(root: unknown): readonly ConfiguredResource[] {
  return modulesOf(root).flatMap(({ prefix, module, counted }) =>
    objectsOf(module["resources"]).map((item) => ({
      address: prefix + (textAt(item, "address") ?? ""),
      mode: textAt(item, "mode") ?? "managed",
      providerAlias: aliasOf(textAt(item, "provider_config_key")),
      expressions: item["expressions"],
      provisioners: objectsOf(item["provisioners"]),
      counted: counted || isCounted(item),
    })),
  );
}

/** Of a key such as `module.a:zenlayer.eu`. */
function aliasOf(key: string | null): string | null {
  const name = key?.split(":").at(-1) ?? "";
  return name.includes(".") ? name : null;
}

function isCounted(item: unknown): boolean {
  return at(item, "count_expression") !== undefined || at(item, "for_each_expression") !== undefined;
}
