// All machines of a large hook for its command. A system takes 128 KiB in one variable and some MB in all, and how large the texts are is known only
// when the changes are done: Terraform itself measures them, and cuts what does not fit one variable between two machines.
import { Lazy, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { AXES } from "../../engine";
import { renderedOf } from "../../rendering";
import type { SpecificationResource } from "../specification";

/** Bytes. */
const VARIABLE_LIMIT = 128 * 1024 - "ZENLAYER_MACHINES=".length - 1;
const PART_LIMIT = 120_000;
/** Ten parts fit on Linux beside everything else, twenty do not. */
const MOST_PARTS = 10;
/** So many machines are cut together, for speed. */
const GROUP = 8;

/** Bytes that no machine needs, whatever its name. */
const LARGEST_MACHINE = 1024;

/** Whether the machines fit one variable, whatever their names. */
export function surelyFits(machines: number): boolean {
  return machines * LARGEST_MACHINE <= VARIABLE_LIMIT;
}

/**
 * `ZENLAYER_MACHINES` where the list fits one variable; else its text in parts, and how many there are.
 *
 * @param list - Produces a Terraform expression: a list with the JSON of each machine.
 */
export function machineParts(hook: Construct, list: () => string): { readonly [name: string]: string } {
  const produce = (): string => `\${${measured(list())}}`;
  const local = new TerraformLocal(hook, "Machines", Lazy.stringValue({ produce }));
  const of = (expression: (name: string) => string): string =>
    Lazy.stringValue({ produce: () => `\${${expression(`local.${local.friendlyUniqueId}`)}}` });
  const parts = Array.from({ length: MOST_PARTS }, (_, part): [string, string] => [
    `ZENLAYER_MACHINES_${part + 1}`,
    of((name) => `${name}.whole == null && contains(${name}.parts, ${part}) ? ${textOfPart(name, part)} : null`),
  ]);
  return {
    ZENLAYER_MACHINES: of((name) => `${name}.whole`),
    ZENLAYER_MACHINES_COUNT: of((name) => `${name}.whole == null ? tostring(max(${name}.parts...) + 1) : null`),
    ...Object.fromEntries(parts),
  };
}

/** `whole`: the text, or null where it is too large. `groups`: the machines, some together. `parts`: the part that each group stands in. */
function measured(list: string): string {
  const groups = `[for c in chunklist(${list}, ${GROUP}) : join(",", c)]`;
  // Base64 without its padding tells the bytes of a text; length() counts characters.
  const sizes = `[for g in groups : floor(length(trim(base64encode(g), "=")) * 3 / 4) + 1]`;
  const whole = `sum(sizes) + 1 <= ${VARIABLE_LIMIT} ? join("", ["[", join(",", groups), "]"]) : null`;
  // A group stands where it begins, so that a part may be longer by one group. What would be beyond the last part fails when the command is started.
  const start = "sum(slice(sizes, 0, i + 1)) - sizes[i]";
  const part = `floor((${start}) / max(1, ${PART_LIMIT - 2} - max(sizes...)))`;
  const parts = `[for i in range(length(groups)) : min(${MOST_PARTS - 1}, ${part})]`;
  return `one([for groups in [${groups}] : one([for sizes in [${sizes}] : { whole = ${whole}, groups = groups, parts = ${parts} }])])`;
}

/** Comma or bracket, group, comma or bracket, …: the texts of all parts together are one list. */
function textOfPart(name: string, part: number): string {
  const last = `length(${name}.groups) - 1`;
  const group = `join("", [i == 0 ? "[" : ",", g, i == ${last} ? "]" : ""])`;
  return `join("", [for i, g in ${name}.groups : ${group} if ${name}.parts[i] == ${part}])`;
}

/** Why no environment has room for the data of so many machines; null where one has. */
export function tooManyMachines(resources: readonly SpecificationResource[]): string | null {
  const bytes = resources.reduce((sum, resource) => sum + likelySize(resource), 0);
  const limit = MOST_PARTS * (PART_LIMIT - GROUP * LARGEST_MACHINE);
  if (bytes <= limit) return null;
  const fitting = Math.floor((resources.length * limit) / bytes);
  return (
    `the command would get the data of ${resources.length} machines, about ${bytes} bytes, and ${limit} are as many as fit an environment: ` +
    `use several hooks, or smaller waves, of at most ${fitting} machines like these each`
  );
}

/** Bytes of one machine's JSON when everything it manages has been changed at once. */
function likelySize(resource: SpecificationResource): number {
  const { attributes = {} } = renderedOf(resource, "json") ?? {};
  const managed = AXES.filter((axis) => attributes[axis] !== undefined);
  // The frame with id and name; per axis its name and value in `from` and in `to`, and an order number.
  return 160 + managed.reduce((sum, axis) => sum + 2 * (axis.length + 14) + 19, 0);
}
