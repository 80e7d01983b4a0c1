// From bytes to a recognised document: what is a plan, a state, a log, and a helpful sentence for whatever is none of them.
import { ReviewError } from "./errors";
import { isObject, parsedJson, type JsonObject } from "./json";

/** One input as it was read: `label` is what the user typed, for messages. */
export interface Input {
  readonly label: string;
  readonly bytes: Uint8Array;
}

export type InputKind =
  "plan" | "state" | "raw_state" | "log" | "stack" | "report" | "approval" | "encrypted" | "unknown";

/** Text of an input; understands the byte order marks that PowerShell writes. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes.subarray(2));
  return new TextDecoder("utf-8").decode(bytes);
}

/** The document of an input, or an error that says what the input seems to be. */
export function parseDocument(input: Input): JsonObject {
  if (input.bytes[0] === 0x50 && input.bytes[1] === 0x4b) {
    throw new ReviewError(
      "not_json",
      `${input.label} is a binary plan file; give its JSON: terraform show -json ${input.label} > plan.json`,
    );
  }
  const text = decodeText(input.bytes);
  if (text.trim() === "") {
    throw new ReviewError(
      "not_json",
      `${input.label} is empty; the command that should have written it probably failed.`,
    );
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    if (looksLikeLog(text)) {
      throw new ReviewError(
        "not_a_plan",
        `${input.label} is a log stream (terraform plan -json), not a plan; give it with --log, and as plan the output of terraform show -json.`,
        { cause },
      );
    }
    const found = beside(text);
    throw new ReviewError(
      "not_json",
      found === null
        ? `${input.label} is not JSON, or was cut off; write it with terraform show -json.`
        : `${input.label} ${found}`,
      { cause },
    );
  }
  if (!isObject(document)) {
    throw new ReviewError("not_json", `${input.label} is JSON, but not an object; write it with terraform show -json.`);
  }
  return document;
}

/** What a document is, by its own marks. */
export function kindOf(document: JsonObject): InputKind {
  if (document["kind"] === "cdktf-zenlayer/review") return "report";
  if (document["kind"] === "cdktf-zenlayer/approval") return "approval";
  if ("encrypted_data" in document) return "encrypted";
  if ("@level" in document && "type" in document) return "log";
  if ("resource_changes" in document || "planned_values" in document) return "plan";
  if (typeof document["version"] === "number" && ("lineage" in document || "serial" in document)) return "raw_state";
  if (typeof document["format_version"] === "string") {
    return "applyable" in document || "errored" in document || "configuration" in document ? "plan" : "state";
  }
  return "resource" in document || "terraform" in document ? "stack" : "unknown";
}

/** What stands beside the JSON of a text, with its cure: the words of a wrapper, or further documents. Null: it has none. */
function beside(text: string): string | null {
  const start = /^[ \t]*\{/m.exec(text)?.index;
  if (start === undefined) return null;
  const first = text.slice(0, start).trim();
  const end = endOfDocument(text, start);
  if (first.startsWith("[command]")) {
    return "begins with the words of a wrapper: hashicorp/setup-terraform prints its command there; set terraform_wrapper: false.";
  }
  if (first !== "") {
    // Not quoted: this goes into comments, and nobody knows what another program printed.
    return "begins with the words of another program; only what terraform show -json prints belongs into it.";
  }
  if (end === null) return null;
  const rest = text.slice(end).trim();
  if (rest.startsWith("{")) {
    return "holds several documents, as terragrunt run-all writes them; give one file per plan: review a.json b.json.";
  }
  return "goes on after its JSON with the words of another program; only what terraform show -json prints belongs into it.";
}

/** Where an object of JSON ends; null: nowhere. */
function endOfDocument(text: string, start: number): number | null {
  let depth = 0;
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}]/gs;
  token.lastIndex = start;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === "{") depth += 1;
    if (match[0] === "}") depth -= 1;
    if (depth === 0 && match[0] === "}") return token.lastIndex;
  }
  return null;
}

/** Whether a text is a stream of one JSON object a line, as `terraform … -json` prints it. */
export function looksLikeLog(text: string): boolean {
  const lines = text.split(/\r?\n/, 200).filter((line) => line.trim() !== "");
  return lines.some((line) => {
    const entry = parsedJson(line);
    return isObject(entry) && kindOf(entry) === "log";
  });
}

/** What OpenTofu encrypts can be read by it alone. */
export function encrypted(label: string): ReviewError {
  return new ReviewError(
    "not_json",
    `${label} is encrypted by OpenTofu; give the JSON of tofu show -json, made where its key is configured.`,
  );
}
