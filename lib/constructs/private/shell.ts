// Commands are written for a shell, and Terraform reads them first: `${NAME}` is a variable to the one and a reference to the other.
import { SynthesisError } from "../../rendering";

/** Words that Terraform knows without a dot; a shell's variable may not be called so. */
const TERRAFORM_WORDS = ["true", "false", "null"];

/**
 * A text for Terraform's configuration in which a shell's `${NAME}` stays a shell's. References of Terraform (`${var.x}`, `${path.root}`) and
 * tokens stay as they are.
 *
 * @param path - Path of the construct, for the error.
 * @param what - What the text is, for example "command".
 * @throws when the text has a form that Terraform always refuses, with the way to write it.
 */
export function escapedForTerraform(text: string, path: string, what: string): string {
  let escaped = "";
  for (let rest = text; rest !== "";) {
    const start = rest.search(/[$%]\{/);
    if (start < 0) return escaped + rest;
    const sign = rest.charAt(start);
    // A doubled sign is Terraform's way to write a single one: its author has seen to it.
    const doubled = rest.charAt(start - 1) === sign;
    const end = doubled ? start + 2 : endOf(rest, start);
    const form = rest.slice(start, end);
    escaped += rest.slice(0, start) + (doubled ? form : escapedForm(form, path, what));
    rest = rest.slice(end);
  }
  return escaped;
}

function escapedForm(form: string, path: string, what: string): string {
  const inner = form.endsWith("}") ? form.slice(2, -1) : null;
  if (inner !== null && form.startsWith("$") && /^[A-Za-z_]\w*$/.test(inner)) {
    return TERRAFORM_WORDS.includes(inner) ? form : `$${form}`;
  }
  if (inner !== null && (form.startsWith("$") ? mayBeExpression(inner) : isDirective(inner))) return form;
  throw new SynthesisError(
    "INVALID_VALUE",
    path,
    `${what} has ${form.length > 40 ? `${form.slice(0, 40)}…` : form}, which Terraform would read as its own and refuses: ` +
      `write ${form.charAt(0)}${form.slice(0, 2)}… for what the command itself is to read` +
      (form.startsWith("$") ? ", or give the value in `environment`" : ""),
  );
}

/** Whether Terraform may accept `${…}`: everything but the forms of a shell, which begin with a bare name or a special sign. */
function mayBeExpression(inner: string): boolean {
  const text = inner.trim();
  // A token of CDKTF.
  if (text.startsWith("TfToken[")) return true;
  if (text === "" || /^[#!@*?$-]\s*[A-Za-z_@*?#$!-]*$/.test(text)) return false;
  const [, name, next] = /^[!#]?([A-Za-z_][\w-]*)\s*(.?)/s.exec(text) ?? [];
  // Numbers, texts, lists, brackets and the like.
  if (name === undefined) return true;
  if (TERRAFORM_WORDS.includes(name)) return true;
  return next === "." || next === "(" || (next === ":" && text.startsWith(`${name}::`));
}

/** Directives of Terraform's templates: `%{ if … }`, `%{ for … }` and their ends. */
function isDirective(inner: string): boolean {
  return /^~?\s*(if\s|else\b|endif\b|for\s|endfor\b)/.test(inner);
}

/** Where the form that begins at a position ends: behind its closing bracket, or at the end of the text where it has none. */
function endOf(text: string, start: number): number {
  let depth = 0;
  for (let index = start + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

/** A text as it stands between quotes in HCL: cdktf leaves line breaks, backslashes and, where there is a reference, quotes as they are. */
export function quotedForHcl(text: string): string {
  let quoted = "";
  for (let rest = text; rest !== "";) {
    const start = rest.search(/(?<![$%])[$%]\{/);
    const literal = start < 0 ? rest : rest.slice(0, start);
    quoted += literal.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
    if (start < 0) break;
    const end = endOf(rest, start);
    quoted += rest.slice(start, end);
    rest = rest.slice(end);
  }
  return quoted;
}
