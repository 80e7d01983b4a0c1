// What pasting does to a key or a token: line breaks, invisible characters, quotation marks. Told by name and position, never by value.
import { ZenlayerError } from "./errors";

/**
 * Returns the value without white space around it. Keys and tokens of Zenlayer are printable ASCII without spaces.
 *
 * @param name what the user set, e.g. `ZENLAYER_TOKEN`
 * @throws ZenlayerError `CREDENTIAL_VALUE_INVALID`
 */
export function checkCredentialText(name: string, value: string, attribute: string | null = null): string {
  const flaw = wrappingOf(value) ?? characterOf(value);
  if (flaw === null) return value.trim();
  throw new ZenlayerError({
    code: "CREDENTIAL_VALUE_INVALID",
    errorClass: "config",
    outcome: "not_sent",
    summary: `${name} cannot be used as it stands: ${flaw}.`,
    cure: `Copy it anew into ${name}: in one piece, without anything around it. Keys and tokens of Zenlayer are printable ASCII characters without spaces.`,
    attribute,
  });
}

/** What was copied along. */
function wrappingOf(value: string): string | null {
  const text = value.trim();
  if (/^(["'`])[^]*\1$/.test(text) && text.length > 1) return "it is wrapped in quotation marks";
  if (/^Bearer\s/i.test(text)) return 'it begins with the word "Bearer"';
  if (/^(export\s+)?ZENLAYER[A-Z_]*=/.test(text)) return "it begins with the name of a variable";
  return null;
}

/** The first character that does not belong there, counted from 1 as an editor counts. */
function characterOf(value: string): string | null {
  const leading = [...value].length - [...value.trimStart()].length;
  for (const [index, character] of [...value.trim()].entries()) {
    if (/^[\x21-\x7e]$/.test(character)) continue;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `character ${leading + index + 1} is ${kindOf(character)} (U+${code})`;
  }
  return null;
}

function kindOf(character: string): string {
  if (/^[\n\r\u0085\u2028\u2029]$/.test(character)) return "a line break";
  if (character === "\t") return "a tab";
  if (/^\p{Zs}$/u.test(character)) return "a space";
  if (/^\p{Cf}$/u.test(character)) return "an invisible character";
  if (/^\p{Cc}$/u.test(character)) return "a control character";
  return "not an ASCII character";
}
