// Text of the service inside generated source: as a string that reads back as the same text, or as a comment that stays one.

/**
 * Characters that end a line, cannot be seen, or turn the direction of what follows. Plain spaces stay, and so do characters that this Node does not
 * know yet: what is written must not depend on its version.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** A string of TypeScript whose value CDKTF hands to Terraform as literal text, never as an expression. */
export function typescriptString(text: string): string {
  return JSON.stringify(withoutTemplates(text)).replace(UNPRINTABLE, (character) =>
    character.split("").map(utf16Escape).join(""),
  );
}

/** A quoted string of HCL. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. */
export function hclString(text: string): string {
  const escaped = withoutTemplates(text.replace(/\p{Cs}/gu, "\ufffd"))
    .replace(/[\\"]/g, (character) => `\\${character}`)
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t")
    .replace(UNPRINTABLE, codePointEscape);
  return `"${escaped}"`;
}

/** One line of a comment, in either language: what would end it or could not be seen is spelled out. */
export function commentText(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${codePoint(character).toString(16)}}`);
}

/** A name inside a comment, quoted, so that it is seen where it begins and ends. */
export function quoted(name: string): string {
  return `"${commentText(name).replace(/"/g, '\\"')}"`;
}

/** JSON over several lines, in which everything can be seen. */
export function jsonDocument(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(UNPRINTABLE, (character) =>
    // The only line breaks of such a text are those between its members.
    character === "\n" ? character : character.split("").map(utf16Escape).join(""),
  );
  return `${text}\n`;
}

/** `${` and `%{` begin an expression in Terraform, in JSON too; doubled they are text. */
export function withoutTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

function utf16Escape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function codePointEscape(character: string): string {
  const point = codePoint(character);
  return point > 0xffff ? `\\U${point.toString(16).padStart(8, "0")}` : utf16Escape(character);
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
