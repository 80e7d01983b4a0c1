// An object as the state file has it: JSON of whatever version of whichever provider wrote it.
import { parseExactJson } from "../cty/json";
import { NumberLimitError } from "../cty/number";
import { isObject } from "../cty/values";
import { DiagnosticError } from "./diagnostics";

/** @throws DiagnosticError for what cannot be read; it quotes nothing, since states hold secrets */
export function readStoredState(
  raw: { readonly json: Buffer; readonly flatmap: ReadonlyMap<string, string> } | undefined,
  name: string,
): { readonly [key: string]: unknown } {
  if (raw === undefined || (raw.json.length === 0 && raw.flatmap.size > 0)) {
    throw new DiagnosticError(
      `The state of ${name} has a format that this provider does not read`,
      "It was written by Terraform 0.11 or older. Apply it once with Terraform 0.12 or remove the object from the state and import it.",
    );
  }
  let parsed: unknown;
  try {
    parsed = parseExactJson(raw.json.toString("utf8"));
  } catch (error) {
    if (error instanceof NumberLimitError)
      throw new DiagnosticError(`The state of ${name} cannot be kept exactly`, `In it ${error.message}.`);
    throw new DiagnosticError(
      `The state of ${name} is not valid JSON`,
      error instanceof RangeError ? "It is nested too deeply." : "Restore it from a backup.",
    );
  }
  if (!isObject(parsed))
    throw new DiagnosticError(`The state of ${name} is not an object`, "Restore it from a backup.");
  return parsed;
}
