// In which language adopt writes: what the file's suffix or --format says.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ATTRIBUTE_NAMES, type AxisNames } from "../../engine";

/** What adopt can write. */
export const FORMATS = ["constructs", "javascript", "hcl", "terraform-json"] as const;
export type Format = (typeof FORMATS)[number];
/** A format, or the list that --json asks for. */
export type Language = Format | "list";

/** Longer suffixes first. */
const SUFFIXES: readonly (readonly [suffix: string, language: Language])[] = [
  [".tf.json", "terraform-json"],
  [".json", "list"],
  [".tf", "hcl"],
  [".ts", "constructs"],
  [".js", "javascript"],
];

const LISTED = ".ts is TypeScript, .js JavaScript, .tf HCL, .tf.json Terraform's JSON, .json the list of --json";

const PROPERTY_NAMES: AxisNames = {
  instance_type: "instanceType",
  internet_max_bandwidth_out: "bandwidth",
  traffic_package_size: "trafficPackageSize",
};

/**
 * The language to write in.
 *
 * @throws when the suffix of the file is unknown and no format is given, or the two contradict each other.
 */
export function languageOf(given: {
  readonly format?: Format | undefined;
  readonly json?: boolean | undefined;
  readonly out?: string | undefined;
}): Language {
  const { out } = given;
  const wanted: Language | undefined = given.json === true ? "list" : given.format;
  if (out === undefined) return wanted ?? "constructs";
  const bySuffix = SUFFIXES.find(([suffix]) => out.endsWith(suffix))?.[1];
  if (bySuffix !== undefined && wanted !== undefined && bySuffix !== wanted) {
    const option = wanted === "list" ? "--json" : `--format ${wanted}`;
    throw new Error(
      `${option} contradicts --out ${out}: ${LISTED}. Leave ${option.split(" ")[0]} out, or name another file.`,
    );
  }
  const language = wanted ?? bySuffix;
  if (language !== undefined) return language;
  throw new Error(`The suffix of ${out} says no language: ${LISTED}. Name the file so, or give --format.`);
}

/** What comments call the values: attributes in Terraform's languages, properties in programs. */
export function namesIn(language: Language): AxisNames {
  return language === "constructs" || language === "javascript" ? PROPERTY_NAMES : ATTRIBUTE_NAMES;
}

/** How a JavaScript file that will be written takes what modules export: Node decides it by the nearest package.json. */
export function modulesBeside(file: string): "import" | "require" {
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) return typeIn(manifest) === "module" ? "import" : "require";
    if (dirname(folder) === folder) return "require";
  }
}

function typeIn(manifest: string): unknown {
  try {
    return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly type?: unknown } | null)?.type;
  } catch {
    return undefined;
  }
}
