// Markdown for a comment on a pull request, in the dialect of its forge. Always shorter than a comment may be there.
import {
  joined,
  type Block,
  type Callout,
  type Document,
  type Level,
  type Line,
  type Properties,
  type Span,
  type Table,
  type Timeline,
} from "../page/document";
import { clipped, oneLine } from "../facts/words";
import { DIALECTS, type Dialect } from "./dialects";

/** How much of a page is printed; each next one is tried when the page is too long. */
interface Limits {
  readonly dialect: Dialect;
  readonly calloutLines: number;
  readonly rows: number;
  readonly foldedRows: number;
  readonly text: number;
}

const LIMITS: readonly Omit<Limits, "dialect">[] = [
  { calloutLines: Infinity, rows: Infinity, foldedRows: Infinity, text: 2_000 },
  { calloutLines: Infinity, rows: Infinity, foldedRows: 20, text: 1_000 },
  { calloutLines: Infinity, rows: Infinity, foldedRows: 0, text: 400 },
  { calloutLines: 60, rows: 60, foldedRows: 0, text: 200 },
  { calloutLines: 20, rows: 25, foldedRows: 0, text: 120 },
  { calloutLines: 6, rows: 10, foldedRows: 0, text: 60 },
  { calloutLines: 2, rows: 2, foldedRows: 0, text: 24 },
];

const STATUS_ICONS: { readonly [S in Document["status"]]: string } = {
  good: "✅",
  changes: "🟡",
  alarm: "🚨",
  refused: "⛔",
  error: "❌",
};

const ALERTS: { readonly [L in Level]: string } = {
  alarm: "CAUTION",
  error: "CAUTION",
  warning: "WARNING",
  note: "NOTE",
};

/** @param dialect where it is posted; default: GitHub, which most others read too */
export function renderMarkdown(document: Document, dialect: Dialect = DIALECTS.github): string {
  let text = "";
  for (const limits of LIMITS) {
    text = page(document, { ...limits, dialect });
    if (text.length < dialect.limit) return text;
  }
  // Unreachable with the blocks of a report; a comment must fit all the same.
  const note = "\n\n_Cut off: the page is too long._\n";
  return text.slice(0, dialect.limit - note.length - 1) + note;
}

/** Text that shows as itself: no markup, no HTML, no mention, no link, one line. */
export function escapeMarkdown(text: string, { html }: Pick<Dialect, "html"> = DIALECTS.github): string {
  // Invisible; where HTML is shown as text an entity would be, too.
  const gap = html ? "&#8203;" : "\u200B";
  return (
    (html ? escapeTags(oneLine(text)) : oneLine(text))
      .replace(/[\\`*_[\]|~$]/g, "\\$&")
      // What means something only in its place: a list or heading at the start, a reference, an emoji, the link of an address.
      .replace(/[#!](?=\w)/g, (character) => character + gap)
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

/** By this line a comment is found again. It does not show: as a comment of HTML, else as the definition of a link that nothing refers to. */
function markerLine(marker: string, { html }: Pick<Dialect, "html">): string {
  return html ? `<!-- ${marker} -->` : `[//]: # (${marker})`;
}

function page(document: Document, limits: Limits): string {
  const { dialect } = limits;
  const parts = [
    markerLine(document.marker, dialect),
    `### ${STATUS_ICONS[document.status]} ${document.title}: ${escapeMarkdown(clipped(document.name, 200), dialect)}`,
    `**${escapeMarkdown(clipped(document.summary, 600), dialect)}**`,
    ...document.blocks.map((block) => renderBlock(block, limits)).filter((text) => text !== ""),
    ...(document.blocks.some((block) => isCut(block, limits))
      ? ["_Shortened to fit into a comment. Everything is in the JSON and HTML formats of the review._"]
      : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function renderBlock(block: Block, limits: Limits): string {
  switch (block.kind) {
    case "callout":
      return callout(block, limits);
    case "table":
      return table(block, limits);
    case "timeline":
      return timeline(block, limits);
    case "properties":
      return properties(block, limits);
    default:
      return block satisfies never;
  }
}

function callout(block: Callout, limits: Limits): string {
  const shown = block.lines.slice(0, limits.calloutLines);
  const left = block.lines.length - shown.length;
  const lines = shown.map((line) => renderLine(line, limits));
  const listed = lines.length + left > 1 ? lines.map((line) => `> - ${line}`) : lines.map((line) => `> ${line}`);
  return [
    ...(limits.dialect.alerts ? [`> [!${ALERTS[block.level]}]`] : []),
    `> **${limits.dialect.alerts ? "" : `${ALERTS[block.level]}: `}${renderLine(block.title, limits, true)}**`,
    ...(listed.length === 0 ? [] : [">", ...listed]),
    ...(left > 0 ? [`> - … and ${left} more`] : []),
  ].join("\n");
}

function table(block: Table, limits: Limits): string {
  const shown = block.rows.slice(0, block.folded ? limits.foldedRows : limits.rows);
  const left = block.rows.length - shown.length;
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const body = [
    ...(shown.length === 0
      ? []
      : [
          row(block.columns.map((column) => column.title)),
          row(block.columns.map((column) => (column.align === "right" ? "---:" : "---"))),
          ...shown.map((cells) =>
            row(
              cells.map((lines) =>
                lines.map((line) => renderLine(line, limits)).join(limits.dialect.html ? "<br>" : "; "),
              ),
            ),
          ),
        ]),
    ...(left > 0 ? ["", `_… and ${left} more_`] : []),
  ].join("\n");
  return block.folded ? folded(block.title, body, limits.dialect) : body;
}

function timeline(block: Timeline, limits: Limits): string {
  if (block.moments.length === 0 || limits.foldedRows === 0) return "";
  const most = limits.foldedRows;
  const lines = block.moments
    .slice(0, most)
    .flatMap((moment) => [
      `- **${escapeMarkdown(moment.when, limits.dialect)}**: ${renderLine(joined(moment.costs), limits)}`,
      ...moment.items.slice(0, most).map((item) => `  - ${renderLine(item, limits)}`),
      ...(moment.items.length > most ? [`  - … and ${moment.items.length - most} more`] : []),
    ]);
  return folded(block.title, lines.join("\n"), limits.dialect);
}

function properties(block: Properties, limits: Limits): string {
  const most = Math.max(10, Math.min(limits.foldedRows, block.items.length));
  const lines = block.items
    .slice(0, most)
    .map(
      ({ label, value }) =>
        `- ${escapeMarkdown(clipped(label, limits.text), limits.dialect)}: ${renderLine(value, limits)}`,
    );
  return block.folded ? folded(block.title, lines.join("\n"), limits.dialect) : lines.join("\n");
}

function folded(title: string, body: string, dialect: Dialect): string {
  if (!dialect.html) return `**${escapeMarkdown(title, dialect)}**\n\n${body}`;
  return `<details><summary>${escapeHtmlLine(title)}</summary>\n\n${body}\n\n</details>`;
}

function renderLine(line: Line, limits: Limits, strong = false): string {
  return line.map((span) => renderSpan(span, limits, strong)).join("");
}

function renderSpan({ text, tone }: Span, limits: Limits, strong: boolean): string {
  const [, before = "", content = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(clipped(text, limits.text)) ?? [];
  if (content === "") return before === "" ? after : " ";
  const space = [before === "" ? "" : " ", after === "" ? "" : " "];
  const { dialect } = limits;
  const escaped = escapeMarkdown(content, dialect);
  switch (tone) {
    case "code":
      return space[0] + codeSpan(content, dialect) + space[1];
    case "strong":
    case "up":
    case "down":
    case "danger":
    case "warning":
      return strong ? space[0] + escaped + space[1] : `${space[0]}**${escaped}**${space[1]}`;
    case "muted":
      return dialect.html ? `${space[0]}<sub>${escaped}</sub>${space[1]}` : `${space[0]}_${escaped}_${space[1]}`;
    case "plain":
    case "good":
    case "sideways":
    case "cancel":
      return space[0] + escaped + space[1];
    default:
      return tone satisfies never;
  }
}

function isCut(block: Block, limits: Limits): boolean {
  switch (block.kind) {
    case "callout":
      return block.lines.length > limits.calloutLines;
    case "table":
      return block.rows.length > (block.folded ? limits.foldedRows : limits.rows);
    case "timeline":
      return (
        block.moments.length > limits.foldedRows || block.moments.some(({ items }) => items.length > limits.foldedRows)
      );
    case "properties":
      return block.items.length > Math.max(10, limits.foldedRows);
    default:
      return block satisfies never;
  }
}

/** Inside of HTML tags Markdown does not apply, but mentions do. */
function escapeHtmlLine(text: string): string {
  return escapeTags(oneLine(text)).replace(/@/g, "@&#8203;");
}
