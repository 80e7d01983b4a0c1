// In which language adopt writes: what the file's suffix or --format says.
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
      `${option} contradicts --out ${out}: ${listed()}. Leave ${option.split(" ")[0]} out, or name another file.`,
    );
  }
  const language = wanted ?? bySuffix;
  if (language !== undefined) return language;
  throw new Error(`The suffix of ${out} says no language: ${listed()}. Name the file so, or give --format.`);
}

/** What comments call the values: attributes in Terraform's languages, properties in programs. */
export function namesIn(language: Language): AxisNames {
  return isProgram(language) ? PROPERTY_NAMES : ATTRIBUTE_NAMES;
}

/** Whether it is a program with constructs. */
function isProgram(language: Language): language is "constructs" | "javascript" {
  return language === "constructs" || language === "javascript";
}

function listed(): string {
  return ".ts is TypeScript, .js JavaScript, .tf HCL, .tf.json Terraform's JSON, .json the list of --json";
}
