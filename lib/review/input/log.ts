// The stream that `terraform plan -json` and `terraform apply -json` print: the only place where warnings and errors are kept.
import { ReviewError } from "./errors";
import { decodeText, type Input } from "./input";
import { at, isObject, numberAt, objectOf, parsedJson, textAt, type JsonObject } from "./json";
import { sortedBy } from "./order";
import { withoutIndexes } from "./plan";

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address: string | null;
  /** Where in the configuration; null where the message is about no place in it. */
  readonly file: string | null;
  readonly line: number | null;
}

/** What the stream says of one resource that was applied, or of an action that was invoked. */
export interface AppliedResource {
  readonly kind: "resource" | "action";
  readonly address: string;
  /** Of the resource or action. */
  readonly type: string;
  /** What is done: `create`, `update`, `delete`; `invoke`. */
  readonly action: string;
  /** `began`: the stream has no end of it. */
  readonly result: "complete" | "errored" | "began";
}

/** What a call that failed may have left behind, by the words that our provider writes into its error. */
export interface LeftBehind {
  /** It was sent, and no usable answer came. */
  readonly unknown: boolean;
  /** Numbers of what was ordered before it failed; empty: ordered without a number. Null: nothing that is known. */
  readonly ordered: readonly string[] | null;
}

export interface Log {
  readonly diagnostics: readonly Diagnostic[];
  /** In the order in which they began. */
  readonly applied: readonly AppliedResource[];
  /** Whether it is of an apply at all, as far as it goes: one that is ended while it plans looks like a plan. */
  readonly ofApply: boolean;
  /** Whether an apply came to its end, well or with errors. */
  readonly ended: boolean;
  /** When its first line was written (RFC 3339). */
  readonly startedAt: string | null;
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
  // Wrappers print lines of their own between Terraform's.
  const entries = lines
    .map(parsedJson)
    .filter(isObject)
    .filter((entry) => textAt(entry, "type") !== null);
  if (entries.length === 0) {
    throw new ReviewError(
      "not_a_log",
      `${input.label} has no line of a Terraform log; write it with terraform plan -json (or apply -json).`,
    );
  }
  const diagnostics = distinct(entries.filter((entry) => entry["type"] === "diagnostic").flatMap(diagnostic));
  const summary = entries.map((entry) => entry["type"]).lastIndexOf("change_summary");
  const applied = appliedResources(entries);
  const applySummary = entries.some(
    (entry) => entry["type"] === "change_summary" && textAt(entry, "changes", "operation") !== "plan",
  );
  const failed = diagnostics.some(({ severity }) => severity === "error");
  return {
    diagnostics,
    applied,
    ofApply: applied.length > 0 || applySummary,
    ended: applySummary || failed,
    startedAt: textAt(entries[0], "@timestamp"),
    finished: summary >= 0,
    endedAfterSummary: summary >= 0 && summary < entries.length - 1,
    broken: isBroken(lines.at(-1) ?? ""),
    targeted: diagnostics.some(({ summary: text }) => /^Resource targeting is in effect/.test(text)),
  };
}

/** Terraform works on resources at the same time, so their messages come in any order: by address they are the same each time. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return sortedBy(diagnostics, ({ address }) => address ?? "");
}

/** The guard that raised an error, by the word our provider writes into it; null for any other error. */
export function guardOf(diagnostic: Diagnostic): string | null {
  if (diagnostic.severity !== "error") return null;
  return /\[guard:([a-z_]+)\]/.exec(`${diagnostic.summary}\n${diagnostic.detail}`)?.[1] ?? null;
}

/** What our provider says of a call that failed. */
export function leftBehind({ severity, summary, detail }: Diagnostic): LeftBehind {
  const text = severity === "error" ? `${summary}\n${detail}` : "";
  const numbers = /\[ordered:([^\]]*)\]/.exec(text)?.[1];
  return {
    unknown: text.includes("[outcome:unknown]"),
    ordered: numbers === undefined ? null : numbers.split(",").filter((number) => number !== ""),
  };
}

/** Terraform ends each of its lines whole. */
function isBroken(line: string): boolean {
  return line.startsWith("{") && parsedJson(line) === undefined;
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

/** By address and what is done: a replacement ends one thing and begins another. A file may hold several runs, and the end of one is none of another. */
function appliedResources(entries: readonly JsonObject[]): readonly AppliedResource[] {
  const found = new Map<string, AppliedResource>();
  let run = 0;
  for (const entry of entries) {
    if (entry["type"] === "version") run += 1;
    const [, what, event] = /^(apply|action)_(start|complete|errored)$/.exec(textAt(entry, "type") ?? "") ?? [];
    if (what === undefined) continue;
    const kind = what === "apply" ? "resource" : "action";
    const subject = at(entry, "hook", kind);
    const address = textAt(subject, "addr");
    if (address === null) continue;
    const action = kind === "action" ? "invoke" : (textAt(entry, "hook", "action") ?? "");
    // A data source that is read during the apply orders nothing.
    if (action === "read") continue;
    const result = event === "complete" ? "complete" : event === "errored" ? "errored" : "began";
    const key = JSON.stringify([run, kind, address, action, textAt(entry, "hook", "resource", "addr")]);
    found.set(key, { kind, address, type: textAt(subject, "resource_type") ?? typeOf(address), action, result });
  }
  return [...found.values()];
}

/** Of an address, when the stream does not say. */
function typeOf(address: string): string {
  return (
    withoutIndexes(address)
      .replace(/^(?:module\.[^.]+\.)*(?:action\.)?/, "")
      .split(".")[0] ?? ""
  );
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.map((item) => [JSON.stringify(item), item]));
  return [...seen.values()];
}
