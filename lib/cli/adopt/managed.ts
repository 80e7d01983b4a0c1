// What Terraform manages already: the specifications of machines in states that are given.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { RESOURCE_TYPES, type ResourceTypeName } from "../../schema";
import { messageOf } from "../shared";

/** Where a specification is managed. */
export interface ManagedBy {
  /** File of the state, as it was given or found. */
  readonly state: string;
  readonly address: string;
}

/** All that some states manage. */
export class Managed {
  private readonly places = new Map<string, ManagedBy>();

  public add(type: ResourceTypeName, instanceId: string, by: ManagedBy): void {
    this.places.set(`${type} ${instanceId}`, by);
  }

  /** Where a specification of a machine is managed; null where it is not. */
  public by(type: ResourceTypeName, instanceId: string): ManagedBy | null {
    return this.places.get(`${type} ${instanceId}`) ?? null;
  }
}

/** Not entered: what `terraform init` keeps there is no state of resources. */
const SKIPPED = new Set([".terraform", ".git", "node_modules"]);

/**
 * Reads states.
 *
 * @param paths - Files, directories with `*.tfstate` in them or below, and `-` for standard input.
 * @throws when one is not there or not readable: what it manages would be adopted twice.
 */
export function readStates(paths: readonly string[], standardInput: () => string): Managed {
  const managed = new Managed();
  for (const path of paths) {
    if (path === "-") readState("standard input", standardInput(), managed);
    else for (const file of filesOf(path)) readState(file, readText(file), managed);
  }
  return managed;
}

function filesOf(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Error(`--state ${path}: there is no such file or directory.`);
  if (!found.isDirectory()) return [path];
  const files = statesBelow(path);
  if (files.length > 0) return files;
  throw new Error(
    `--state ${path}: neither it nor a directory below has a *.tfstate. Of a state that is elsewhere: terraform state pull > state.json, and name that file.`,
  );
}

function statesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : statesBelow(path);
      return entry.name.endsWith(".tfstate") ? [path] : [];
    });
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`--state ${file} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

type Json = { readonly [name: string]: unknown };

function readState(state: string, text: string, managed: Managed): void {
  for (const { type, address, values } of resourcesOf(parse(text), state)) {
    const known = RESOURCE_TYPES.find((each) => each === type);
    const id = object(values)["instance_id"];
    if (known !== undefined && typeof id === "string") managed.add(known, id, { state, address });
  }
}

function parse(text: string): Json {
  let document: unknown;
  try {
    // Warnings in words may stand before the JSON of a command.
    document = JSON.parse(text.slice(Math.max(0, text.search(/^\s*\{/m))));
  } catch {
    document = null;
  }
  return object(document);
}

interface Found {
  readonly type: unknown;
  readonly address: string;
  readonly values: unknown;
}

/** Of a state file, of `terraform show -json`, or of the state before a plan. */
function resourcesOf(document: Json, state: string): readonly Found[] {
  if ("encrypted_data" in document) {
    throw new Error(`--state ${state} is encrypted. Give what tofu show -json prints of it.`);
  }
  if (document["version"] === 4 && Array.isArray(document["resources"])) {
    return list(document["resources"]).filter(isManaged).flatMap(inFile);
  }
  const shown = "prior_state" in document ? object(document["prior_state"]) : document;
  if (typeof document["format_version"] === "string") return inModule(object(object(shown["values"])["root_module"]));
  throw new Error(
    `--state ${state} is no state: give a *.tfstate of version 4, or what terraform state pull or terraform show -json prints.`,
  );
}

function inFile(resource: Json): readonly Found[] {
  const { module, type, name } = resource;
  const prefix = typeof module === "string" ? `${module}.` : "";
  return list(resource["instances"]).map(({ index_key: key, attributes }) => ({
    type,
    address: `${prefix}${String(type)}.${String(name)}${key === undefined || key === null ? "" : `[${JSON.stringify(key)}]`}`,
    values: attributes,
  }));
}

function inModule(module: Json): readonly Found[] {
  return [
    ...list(module["resources"])
      .filter(isManaged)
      .map(({ type, address, values }) => ({ type, address: String(address), values })),
    ...list(module["child_modules"]).flatMap(inModule),
  ];
}

function isManaged({ mode }: Json): boolean {
  return mode === "managed";
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(object) : [];
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
