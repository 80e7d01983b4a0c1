// The stream that `terraform plan -json` and `terraform apply -json` print: the only place where warnings and errors are kept.
import { ReviewError } from "./errors";
import { decodeText, type Input } from "./input";
import { at, isObject, numberAt, objectOf, textAt, type JsonObject } from "./json";

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address: string | null;
  /** Where in the configuration; null where the message is about no place in it. */
  readonly file: string | null;
  readonly line: number | null;
}

/** What the stream says of one resource that was applied. */
export interface AppliedResource {
  readonly address: string;
  readonly action: string;
  readonly result: "complete" | "errored";
}

export interface Log {
  readonly diagnostics: readonly Diagnostic[];
  readonly applied: readonly AppliedResource[];
  /** Whether the stream came to its summary of changes. */
  readonly finished: boolean;
  /** Whether more followed the summary, such as warnings; they come last, so a stream that ends with its summary may lack them. */
  readonly endedAfterSummary: boolean;
  /** Whether the stream ends in the middle of a line. */
  readonly broken: boolean;
  /** Whether it was limited by `-target` or `-exclude`. */
  readonly targeted: boolean;
}

export function parseLog(input: Input): Log {
  const lines = decodeText(input.bytes)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const entries = lines.flatMap((line): JsonObject[] => {
    try {
      const entry: unknown = JSON.parse(line);
      return isObject(entry) && textAt(entry, "type") !== null ? [entry] : [];
    } catch {
      // Wrappers print lines of their own between Terraform's.
      return [];
    }
  });
  if (entries.length === 0) {
    throw new ReviewError(
      "not_a_log",
      `${input.label} has no line of a Terraform log; write it with terraform plan -json (or apply -json).`,
    );
  }
  const diagnostics = distinct(entries.filter((entry) => entry["type"] === "diagnostic").flatMap(diagnostic));
  const summary = entries.map((entry) => entry["type"]).lastIndexOf("change_summary");
  return {
    diagnostics,
    applied: entries.flatMap(appliedResource),
    finished: summary >= 0,
    endedAfterSummary: summary >= 0 && summary < entries.length - 1,
    broken: isBroken(lines.at(-1) ?? ""),
    targeted: diagnostics.some(({ summary: text }) => /^Resource targeting is in effect/.test(text)),
  };
}

/** Terraform works on resources at the same time, so their messages come in any order: by address they are the same each time. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ address }: Diagnostic) => address ?? "";
  return [...diagnostics].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** The guard that raised an error, by the word our provider writes into it; null for any other error. */
export function guardOf(diagnostic: Diagnostic): string | null {
  if (diagnostic.severity !== "error") return null;
  return /\[guard:([a-z_]+)\]/.exec(`${diagnostic.summary}\n${diagnostic.detail}`)?.[1] ?? null;
}

/** Terraform ends each of its lines whole. */
function isBroken(line: string): boolean {
  if (!line.startsWith("{")) return false;
  try {
    JSON.parse(line);
    return false;
  } catch {
    return true;
  }
}

function diagnostic(entry: JsonObject): Diagnostic[] {
  const found = objectOf(entry["diagnostic"]);
  const severity = found["severity"];
  if (severity !== "error" && severity !== "warning") return [];
  return [
    {
      severity,
      summary: textAt(found, "summary") ?? textAt(entry, "@message") ?? "",
      detail: textAt(found, "detail") ?? "",
      address: textAt(found, "address"),
      file: textAt(found, "range", "filename"),
      line: numberAt(found, "range", "start", "line"),
    },
  ];
}

function appliedResource(entry: JsonObject): AppliedResource[] {
  const type = entry["type"];
  if (type !== "apply_complete" && type !== "apply_errored") return [];
  const address = textAt(entry, "hook", "resource", "addr");
  if (address === null) return [];
  return [
    {
      address,
      action: textAt(at(entry, "hook"), "action") ?? "",
      result: type === "apply_complete" ? "complete" : "errored",
    },
  ];
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.map((item) => [JSON.stringify(item), item]));
  return [...seen.values()];
}
