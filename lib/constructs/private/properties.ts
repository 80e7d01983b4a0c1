// Which properties a construct has. TypeScript refuses others, but neither programs in JavaScript nor what a spread brings along.
import { SynthesisError } from "../../rendering";

/** Property name → whether it must be given; complete by type. */
export type Properties<P> = { readonly [K in keyof P]-?: undefined extends P[K] ? "optional" : "required" };

/** What people write instead, where the right name is too different to be found by likeness. */
const SYNONYMS: { readonly [name: string]: readonly string[] } = {
  instance: ["instanceId", "machine", "id"],
  bandwidth: ["internetMaxBandwidthOut", "bandwidthOutMbps", "internetBandwidth"],
  trafficPackageSize: ["trafficPackage", "packageSize"],
  after: ["afterAll", "specifications"],
};

/** The check of its value says more. */
const CHECKED_BY_VALUE = "instance";

/**
 * @param path - Path of the construct.
 * @param what - What has these properties, for example "VmInstanceSpec" or "timeouts".
 * @throws when a property is unknown, with the nearest right name, or a required one is missing.
 */
export function checkProperties(
  path: string,
  what: string,
  value: unknown,
  properties: { readonly [name: string]: "optional" | "required" },
): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const wrong = value === undefined || value === null ? "are missing" : `are ${shown(value)}, not an object`;
    throw new SynthesisError(
      "MISSING_PROPERTY",
      path,
      `the properties of ${what} ${wrong}: it takes ${listed(Object.keys(properties))}`,
    );
  }
  const known = Object.keys(properties);
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const cure = near === null ? `it has ${listed(known)}` : `did you mean ${near}?`;
    throw new SynthesisError("UNKNOWN_PROPERTY", path, `${what} has no property ${name}: ${cure}`);
  }
  const values = value as { readonly [name: string]: unknown };
  const missing = known.filter(
    (name) => properties[name] === "required" && name !== CHECKED_BY_VALUE && (values[name] ?? undefined) === undefined,
  );
  if (missing.length === 0) return;
  const verb = missing.length === 1 ? "is" : "are";
  throw new SynthesisError("MISSING_PROPERTY", path, `${listed(missing)} of ${what} ${verb} missing`);
}

/** The known name that was probably meant; null where none is like it. */
export function nearest(name: string, known: readonly string[]): string | null {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const meant = known.find((each) => SYNONYMS[each]?.some((synonym) => plain(synonym) === plain(name)));
  if (meant !== undefined) return meant;
  const [best] = known
    .map((each) => ({ each, distance: distance(plain(name), plain(each)) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.each.length / 3)) ? best.each : null;
}

/** How many letters must be added, removed, replaced or swapped with their neighbour. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const options = [
        at(rows, row - 1, column) + 1,
        (line[column - 1] ?? 0) + 1,
        at(rows, row - 1, column - 1) + same,
      ];
      if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) options.push(at(rows, row - 2, column - 2) + 1);
      line.push(Math.min(...options));
    }
    rows.push(line);
  }
  return at(rows, a.length, b.length);
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A value of a program without types, in a message. */
export function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "object" && value !== null && !Array.isArray(value) && value.constructor !== Object)
    return `a ${value.constructor?.name ?? "value"}`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // It holds itself, or what JSON does not know.
    return Array.isArray(value) ? "a list" : "an object";
  }
}
