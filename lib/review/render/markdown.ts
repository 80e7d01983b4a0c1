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
import { clipped } from "../facts/words";
import { DIALECTS, type Dialect } from "./dialects";
import { codeSpan, escapeHtmlLine, escapeMarkdown } from "./markdown-escape";

/** How much of a page is printed; each next one is tried when the page is too long. */
interface Limits {
  readonly dialect: Dialect;
  readonly calloutLines: number;
  readonly rows: number;
  readonly foldedRows: number;
  readonly text: number;
  /** Where everything is; null: nowhere that is known. */
  readonly fullPage: string | null;
  /** Lines that were rendered for a page of another length: only that differs between the tries of a stage. */
  readonly rendered: Map<Line, string>;
}

type Lengths = Omit<Limits, "dialect" | "fullPage" | "rendered">;

/** Ways of being shorter, each next one tried when the page does not fit; `n` is as large as the room allows. */
const STAGES: readonly ((n: number) => Lengths)[] = [
  () => ({ calloutLines: Infinity, rows: Infinity, foldedRows: Infinity, text: 2_000 }),
  (n) => ({ calloutLines: Infinity, rows: Infinity, foldedRows: n, text: 1_000 }),
  (n) => ({ calloutLines: Math.max(10, n), rows: n, foldedRows: 0, text: 400 }),
  (n) => ({ calloutLines: Math.max(2, n), rows: n, foldedRows: 0, text: 120 }),
  (n) => ({ calloutLines: 2, rows: Math.min(2, n), foldedRows: 0, text: 24 }),
];

/** No comment has room for more rows. */
const MOST_ROWS = 20_000;

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

/**
 * @param dialect where it is posted; default: GitHub, which most others read too
 * @param fullPage address of the whole page, which a shortened one links
 */
export function renderMarkdown(
  document: Document,
  dialect: Dialect = DIALECTS.github,
  fullPage: string | null = null,
): string {
  for (const stage of STAGES) {
    // Not rendered to learn that it is too long.
    if (leastLength(document, stage(0)) >= dialect.limit) continue;
    const rendered = new Map<Line, string>();
    const text = longest((n) => page(document, { ...stage(n), dialect, fullPage, rendered }), dialect.limit);
    if (text !== null) return text;
  }
  // Unreachable with the blocks of a report; a comment must fit all the same.
  const least = { calloutLines: 2, rows: 0, foldedRows: 0, text: 24 };
  const text = page(document, { ...least, dialect, fullPage, rendered: new Map() });
  const note = "\n\n_Cut off: the page is too long._\n";
  return text.slice(0, dialect.limit - note.length - 1) + note;
}

/** Less than this no row takes. */
const SHORTEST_ROW = 40;

function leastLength({ blocks }: Document, { rows, foldedRows }: Pick<Limits, "rows" | "foldedRows">): number {
  return blocks.reduce(
    (sum, block) =>
      block.kind === "table"
        ? sum +
          Math.min(block.rows.length, block.folded ? foldedRows : rows) *
            Math.min(SHORTEST_ROW, 4 * block.columns.length)
        : sum,
    0,
  );
}

/** The page with as many rows as fit; null: it does not even with none. Guesses by the length of a row, so that few pages are rendered. */
function longest(render: (n: number) => string, limit: number): string | null {
  let best = render(0);
  if (best.length >= limit) return null;
  let [low, high, perRow, turn] = [0, MOST_ROWS, USUAL_ROW, 0];
  while (high - low > 1) {
    const guess = low + Math.floor((limit - best.length) / perRow);
    const middle = Math.floor((low + high) / 2);
    turn += 1;
    // Every third time in the middle, so that the end comes from both sides.
    const n = turn % 3 === 0 ? middle : Math.min(high - 1, Math.max(low + 1, guess));
    const text = render(n);
    if (text.length < limit) {
      if (text === best) return best;
      perRow = Math.max(1, (text.length - best.length) / (n - low));
      [best, low] = [text, n];
    } else {
      perRow = Math.max(perRow, (text.length - best.length) / (n - low));
      high = n;
    }
  }
  return best;
}

/** Characters; a first guess. */
const USUAL_ROW = 200;

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
    ...shortened(document, limits),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** What is not there, and where it is. */
function shortened(document: Document, { dialect, fullPage, ...limits }: Limits): readonly string[] {
  const missing = document.blocks.filter((block) => isLeftOut(block, limits)).map(({ title }) => title);
  if (missing.length === 0 && !document.blocks.some((block) => isCut(block, limits))) return [];
  const titles = missing.filter((title) => typeof title === "string").map((title) => escapeMarkdown(title, dialect));
  const left = titles.length === 0 ? "" : `; left out: ${titles.join(", ")}`;
  const where =
    fullPage === null
      ? "in the JSON and HTML formats of the review"
      : `in [the full page](${fullPage.replace(/[()\s<>]/g, encodeURIComponent)})`;
  return [`_Shortened to fit into a comment${left}. Everything is ${where}._`];
}

/** A list of which nothing would be shown is not there at all. */
function isLeftOut(block: Block, { foldedRows }: Pick<Limits, "foldedRows">): boolean {
  if (foldedRows > 0) return false;
  return (block.kind === "table" && block.folded && block.rows.length > 0) || block.kind === "timeline";
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
  const items = (lines: readonly Line[], indent: string): readonly string[] => {
    const shown = lines.slice(0, limits.calloutLines);
    return [
      ...shown.map((line) => `> ${indent}- ${renderLine(line, limits)}`),
      ...more(lines.length - shown.length, `> ${indent}- `),
    ];
  };
  const { groups = [] } = block;
  const [only] = block.lines;
  const listed =
    groups.length === 0 && block.lines.length === 1 && only !== undefined
      ? [`> ${renderLine(only, limits)}`]
      : [
          ...groups.flatMap(({ title, lines }) => [`> - ${renderLine(title, limits)}`, ...items(lines, "  ")]),
          ...items(block.lines, ""),
        ];
  return [
    ...(limits.dialect.alerts ? [`> [!${ALERTS[block.level]}]`] : []),
    `> **${limits.dialect.alerts ? "" : `${ALERTS[block.level]}: `}${renderLine(block.title, limits, true)}**`,
    ...(listed.length === 0 ? [] : [">", ...listed]),
  ].join("\n");
}

function table(block: Table, limits: Limits): string {
  const most = block.folded ? limits.foldedRows : limits.rows;
  if (isLeftOut(block, limits)) return "";
  const whole = block.rows.length <= most ? block.rows.length : (block.whole?.(most) ?? most);
  const rest = whole < block.rows.length ? (block.rest?.(whole) ?? []) : [];
  const rows = [...block.rows.slice(0, whole), ...rest, ...(block.total === undefined ? [] : [block.total])];
  const left = rest.length > 0 ? 0 : block.rows.length - whole;
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const cell = (lines: readonly Line[]) =>
    lines.map((line) => renderLine(line, limits)).join(limits.dialect.html ? "<br>" : "; ");
  const body = [
    row(block.columns.map((column) => column.title)),
    row(block.columns.map((column) => (column.align === "right" ? "---:" : "---"))),
    ...rows.map((cells) => row(cells.map(cell))),
    ...(left > 0 ? ["", `_… and ${left} more_`] : []),
    ...(block.notes ?? []).slice(0, limits.rows).flatMap((note) => ["", renderLine(note, limits)]),
  ].join("\n");
  return block.folded ? folded(block.title, body, limits.dialect) : body;
}

function timeline(block: Timeline, limits: Limits): string {
  if (block.moments.length === 0 || isLeftOut(block, limits)) return "";
  const most = limits.foldedRows;
  const lines = block.moments
    .slice(0, most)
    .flatMap((moment) => [
      `- **${escapeMarkdown(moment.when, limits.dialect)}**: ${renderLine(joined(moment.costs), limits)}`,
      ...moment.items.slice(0, most).map((item) => `  - ${renderLine(item, limits)}`),
      ...more(moment.items.length - most, "  - "),
    ]);
  return folded(block.title, [...lines, ...more(block.moments.length - most, "- ")].join("\n"), limits.dialect);
}

function properties(block: Properties, limits: Limits): string {
  const most = Math.max(10, Math.min(limits.foldedRows, block.items.length));
  const lines = block.items
    .slice(0, most)
    .map(
      ({ label, value }) =>
        `- ${escapeMarkdown(clipped(label, limits.text), limits.dialect)}: ${renderLine(value, limits)}`,
    );
  const text = [...lines, ...more(block.items.length - most, "- ")].join("\n");
  return block.folded ? folded(block.title, text, limits.dialect) : text;
}

/** A list's last line, where not all of it is shown. */
function more(left: number, mark: string): readonly string[] {
  return left > 0 ? [`${mark}… and ${left} more`] : [];
}

function folded(title: string, body: string, dialect: Dialect): string {
  if (!dialect.html) return `**${escapeMarkdown(title, dialect)}**\n\n${body}`;
  return `<details><summary>${escapeHtmlLine(title)}</summary>\n\n${body}\n\n</details>`;
}

function renderLine(line: Line, limits: Limits, strong = false): string {
  const before = strong ? undefined : limits.rendered.get(line);
  if (before !== undefined) return before;
  const text = line.map((span) => renderSpan(span, limits, strong)).join("");
  if (!strong) limits.rendered.set(line, text);
  return text;
}

function renderSpan({ text, tone }: Span, limits: Limits, strong: boolean): string {
  const [, before = "", content = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(clipped(text, limits.text)) ?? [];
  if (content === "") return before === "" ? after : " ";
  const space = [before === "" ? "" : " ", after === "" ? "" : " "];
  const { dialect } = limits;
  if (tone === "code") return space[0] + codeSpan(content, dialect) + space[1];
  const escaped = escapeMarkdown(content, dialect);
  switch (tone) {
    case "strong":
    case "up":
    case "down":
    case "danger":
    case "warning":
      return strong ? space[0] + escaped + space[1] : `${space[0]}**${escaped}**${space[1]}`;
    case "muted":
    case "plain":
    case "good":
    case "sideways":
    case "cancel":
      return space[0] + escaped + space[1];
    default:
      return tone satisfies never;
  }
}

function isCut(block: Block, limits: Lengths): boolean {
  switch (block.kind) {
    case "callout":
      return [block, ...(block.groups ?? [])].some(({ lines }) => lines.length > limits.calloutLines);
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
