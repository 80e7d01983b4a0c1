// Texts of others inside Markdown: they show as themselves, whatever is in them.
import { oneLine } from "../facts/words";
import { DIALECTS, type Dialect } from "./dialects";

/** Text that shows as itself: no markup, no HTML, no mention, no link, one line. */
export function escapeMarkdown(text: string, { html }: Pick<Dialect, "html"> = DIALECTS.github): string {
  // Invisible; where HTML is shown as text an entity would be, too.
  const gap = html ? "&#8203;" : "\u200B";
  return (
    (html ? escapeTags(oneLine(text)) : oneLine(text))
      .replace(/[\\`*_[\]|~$]/g, "\\$&")
      // What means something only in its place: a list or heading at the start, a reference, an emoji, the link of an address.
      .replace(/[#!%](?=\w)|\b(?:[Gg][Hh]|[A-Z][A-Z0-9]+)-(?=\d)/g, (reference) => reference + gap)
      .replace(/^[-+=#](?=[\s=#-]|$)/, "\\$&")
      .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2")
      .replace(/:(?=[A-Za-z/+_-])/g, "\\:")
      .replace(/(?<=www)\./gi, "\\.")
      // Mentions are found in the text that is shown: an invisible character breaks them.
      .replace(/@/g, `@${gap}`)
  );
}

function escapeTags(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** The same as code. Where backticks, pipes and the like would need rules of their own, as HTML that has none. */
export function codeSpan(text: string, dialect: Pick<Dialect, "html"> = DIALECTS.github): string {
  const content = oneLine(text);
  if (content === "") return "";
  if (!/[`|\\<>&]/.test(content)) return `\`${content}\``;
  if (!dialect.html) return escapeMarkdown(content, dialect);
  return `<code>${content.replace(/[^A-Za-z0-9 .,/]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

/** Inside of HTML tags Markdown does not apply, but mentions do. */
export function escapeHtmlLine(text: string): string {
  return escapeTags(oneLine(text)).replace(/@/g, "@&#8203;");
}
