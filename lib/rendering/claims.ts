// What may exist once: an address within a stack, and the specification of a machine within a program. Judged by what is rendered, so that ids, names
// and moves may be set late. Kept by global symbols, so that all copies of this package share the books.
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { isLiteral, resolved, valueOf, type Attributes } from "./attributes";
import { stackOf } from "./copies";
import { SynthesisError } from "./errors";
import { addressOf, pathOf, renderedOf, type Named, type Rendering } from "./rendered";

const ADDRESSES = Symbol.for("cdktf-zenlayer/addresses");
const MACHINES = Symbol.for("cdktf-zenlayer/machines");

/** What an error calls the thing of a machine that a resource manages. */
const MANAGED: { readonly [type: string]: string } = {
  zenlayer_vm_instance_spec: "specification",
  zenlayer_bmc_traffic_package: "traffic package",
  zenlayer_bmc_bandwidth: "bandwidth",
};

/** @throws when Terraform would refuse the name of a resource or data source, or take it and another for one. */
export function claimAddress(element: Named): void {
  const { friendlyUniqueId: name } = element;
  refuseTokensInIds(element);
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) throw invalidName(element, name);
  const address = addressOf(element);
  const book = bookOf<Named>(stackOf(element), ADDRESSES);
  const other = book.get(address);
  if (other !== undefined && other !== element && isAttached(other) && other.friendlyUniqueId === name) {
    throw new SynthesisError(
      "DUPLICATE_NAME",
      pathOf(element),
      `this and ${pathOf(other)} have one name in Terraform, ${address}, so that one of the two would be lost: of an id, only the letters ` +
        `a to z, digits, - and _ count there, so let the ids differ in those`,
    );
  }
  book.set(address, element);
}

/** @throws when an id was made with a value that only Terraform knows: the name would be that of a placeholder, and change from one synthesis to the next. */
function refuseTokensInIds(element: Named): void {
  const id = element.node.scopes.map(({ node }) => node.id).find((each) => Token.isUnresolved(each));
  if (id === undefined) return;
  throw new SynthesisError(
    "INVALID_NAME",
    pathOf(element),
    `the id ${JSON.stringify(id)} holds a value that is known to Terraform alone, and an id has to stay the same: make it of texts that the program knows`,
  );
}

function invalidName(element: Named, name: string): SynthesisError {
  return new SynthesisError(
    "INVALID_NAME",
    pathOf(element),
    `Terraform would call this ${JSON.stringify(name)} and refuses that: a name starts with a letter from a to z or _, and of an id only ` +
      `those letters, digits, - and _ count: choose an id such as ${JSON.stringify(suggested(name))}`,
  );
}

function suggested(name: string): string {
  const usable = name.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+|-+$/g, "");
  return usable === "" ? "web-1" : `vm-${usable}`;
}

/** @throws when `count` or `forEach` makes several resources for one machine. */
export function refuseManyOfOne(element: Rendering, attributes: Attributes): void {
  const id = resolved(valueOf(attributes, "instance_id"), element);
  if (typeof id !== "string" || !isLiteral(id)) return;
  const many =
    countOf(resolved(attributes["count"], element)) ?? sizeOf(resolved(attributes["for_each"], element)) ?? 1;
  if (many < 2) return;
  throw new SynthesisError(
    "DUPLICATE_MACHINE",
    pathOf(element),
    `count or forEach makes ${many} specifications, all for machine ${id}: take the id of each from the iterator, or write one construct`,
  );
}

function countOf(count: unknown): number | null {
  return typeof count === "number" ? count : null;
}

/** How many elements a literal set or map has; null where only Terraform knows. */
function sizeOf(forEach: unknown): number | null {
  if (typeof forEach === "object" && forEach !== null) return Object.keys(forEach).length;
  const [, list] = /^\$\{toset\((\[.*\])\)\}$/s.exec(String(forEach)) ?? [];
  if (list === undefined || list.includes("${")) return null;
  try {
    return new Set(JSON.parse(list) as unknown[]).size;
  } catch {
    return null;
  }
}

/** @throws when another resource of the same type manages the same machine. Only literal ids are compared. */
export function claimMachine(element: Rendering, attributes: Attributes): void {
  const key = machineKey(element, attributes);
  if (key === null) return;
  const book = bookOf<Rendering>(element.node.root, MACHINES);
  const other = book.get(key);
  if (other !== undefined && other !== element && isAttached(other) && currentKey(other) === key) {
    const what = MANAGED[element.terraformResourceType] ?? element.terraformResourceType;
    throw new SynthesisError(
      "DUPLICATE_MACHINE",
      pathOf(element),
      `the ${what} of machine ${key.split(" ")[1]} is already managed by ${pathOf(other)}: write all desired values into one construct, ` +
        `or remove one of the two; if one is the old name of the other, keep the new one alone and call \`renamedFrom("old-id")\` on it`,
    );
  }
  book.set(key, element);
}

/** Null where it cannot be known which machines, or how many, a resource manages. */
function machineKey(element: Rendering, attributes: Attributes): string | null {
  if (attributes["count"] !== undefined || attributes["for_each"] !== undefined) return null;
  const id = resolved(valueOf(attributes, "instance_id"), element);
  return typeof id === "string" && isLiteral(id) ? `${element.terraformResourceType} ${id}` : null;
}

function currentKey(element: Rendering): string | null {
  const rendered = renderedOf(element, "json");
  return rendered === null ? null : machineKey(element, rendered.attributes);
}

function bookOf<T>(holder: IConstruct, symbol: symbol): Map<string, T> {
  const books = holder as unknown as { [symbol: symbol]: Map<string, T> | undefined };
  const book = books[symbol] ?? new Map<string, T>();
  books[symbol] = book;
  return book;
}

/** Whether a construct is still in its tree (`tryRemoveChild` takes it out). */
export function isAttached(construct: IConstruct): boolean {
  const { scope } = construct.node;
  if (scope === undefined) return true;
  return scope.node.tryFindChild(construct.node.id) === construct && isAttached(scope);
}
