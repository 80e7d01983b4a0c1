// The page for a terminal: colours where they are wanted, lines that fit its width, nothing that could control it.
import {
  joined,
  type Block,
  type Callout,
  type Document,
  type Level,
  type Line,
  type Properties,
  type Table,
  type Timeline,
  type Tone,
} from "../page/document";
import { oneLine } from "../facts/words";
import { brokenAt, displayWidth, WORDS } from "./text-width";

export interface TextOptions {
  readonly color: boolean;
  /** Columns of the terminal; below 40 counts as 40. */
  readonly width: number;
}

const CODES: { readonly [T in Tone]: string } = {
  plain: "",
  muted: "2",
  strong: "1",
  code: "36",
  up: "33;1",
  down: "34;1",
  sideways: "35;1",
  cancel: "32;1",
  good: "32",
  warning: "33",
  danger: "31;1",
};

const LEVELS: { readonly [L in Level]: { readonly word: string; readonly tone: Tone } } = {
  alarm: { word: "ALARM", tone: "danger" },
  error: { word: "Error", tone: "danger" },
  warning: { word: "Warning", tone: "warning" },
  note: { word: "Note", tone: "strong" },
};

const STATUS: { readonly [S in Document["status"]]: Tone } = {
  good: "good",
  changes: "warning",
  alarm: "danger",
  refused: "danger",
  error: "danger",
};

/** A piece of text with its look; what a line is cut and wrapped as. */
interface Piece {
  readonly text: string;
  readonly tone: Tone;
}

export function renderText(document: Document, options: TextOptions): string {
  return new TextPage(options).page(document);
}

/** NO_COLOR (any value but empty) wins over FORCE_COLOR, which wins over what the output is. */
export function wantsColor(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  if ((env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb") return false;
  const forced = env["FORCE_COLOR"] ?? "";
  return forced === "" ? isTerminal : forced !== "0";
}

class TextPage {
  private readonly width: number;

  constructor(private readonly options: TextOptions) {
    this.width = Math.max(40, Math.min(options.width, 240));
  }

  page(document: Document): string {
    const parts = [
      this.wrap(
        [
          { text: `${document.title} `, tone: "strong" },
          { text: oneLine(document.name), tone: "code" },
          { text: `  ${document.statusText}`, tone: STATUS[document.status] },
        ],
        "",
      ),
      this.wrap([{ text: oneLine(document.summary), tone: "strong" }], ""),
      ...document.blocks.map((block) => this.block(block)),
    ];
    return `${parts
      .filter((part) => part.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n")}\n`;
  }

  private block(block: Block): readonly string[] {
    switch (block.kind) {
      case "callout":
        return this.callout(block);
      case "table":
        return this.table(block);
      case "timeline":
        return this.timeline(block);
      case "properties":
        return this.properties(block);
      default:
        return block satisfies never;
    }
  }

  private callout(block: Callout): readonly string[] {
    const { word, tone } = LEVELS[block.level];
    // "Warning: 2 warnings" says it twice.
    const named = plain(block.title).toLowerCase().includes(word.toLowerCase());
    const bar = `${this.paint("│", tone)} `;
    const { groups = [] } = block;
    return [
      ...this.wrap(
        [...(named ? [] : [{ text: `${word}: `, tone }]), ...pieces(block.title, named ? tone : "strong")],
        bar,
      ),
      ...groups.flatMap(({ title, lines }) => [
        ...this.wrap(pieces(title), bar, "• ", 2),
        ...lines.flatMap((line) => this.wrap(pieces(line), bar, "  – ", 4)),
      ]),
      ...block.lines.flatMap((line) =>
        block.lines.length + groups.length === 1 ? this.wrap(pieces(line), bar) : this.wrap(pieces(line), bar, "• ", 2),
      ),
    ];
  }

  /** In columns where they fit, else each row as a paragraph with its labels. */
  private table(block: Table): readonly string[] {
    const title = this.wrap([{ text: oneLine(block.title), tone: "strong" }], "");
    const all = [...block.rows, ...(block.total === undefined ? [] : [block.total])];
    const notes = (block.notes ?? []).flatMap((note) => this.wrap(pieces(note), "  "));
    const widths = block.columns.map((column, index) =>
      all
        .flatMap((row) => (row[index] ?? []).map((line) => displayWidth(plain(line))))
        .reduce((widest, width) => Math.max(widest, width), displayWidth(column.title)),
    );
    const total = widths.reduce((sum, width) => sum + width, 0) + 2 * (widths.length - 1) + 2;
    if (total > this.width)
      return [
        ...title,
        ...all.flatMap((row) => this.paragraph(block, row)),
        ...(notes.length > 0 ? ["", ...notes] : []),
      ];
    const cell = (text: string, painted: string, index: number) => {
      const space = " ".repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(text)));
      return block.columns[index]?.align === "right" ? space + painted : painted + space;
    };
    const header = block.columns.map((column, index) => cell(column.title, this.paint(column.title, "muted"), index));
    const rows = all.flatMap((row) => {
      const height = Math.max(...row.map((lines) => lines.length));
      return Array.from({ length: height }, (_, at) =>
        row.map((lines, index) => {
          const line = lines[at] ?? [];
          return cell(plain(line), this.line(pieces(line)), index);
        }),
      );
    });
    return [...title, ...[header, ...rows].map((cells) => `  ${cells.join("  ")}`.trimEnd()), ...notes];
  }

  private paragraph(block: Table, row: Table["rows"][number]): readonly string[] {
    const label = Math.max(...block.columns.map((column) => displayWidth(column.title)));
    return [
      "",
      ...block.columns.flatMap((column, index) => {
        const lines = row[index] ?? [];
        if (lines.every((line) => ["", "–"].includes(plain(line)))) return [];
        const name = this.paint(column.title + " ".repeat(label - displayWidth(column.title) + 2), "muted");
        const content = lines.flatMap((line, at) => [
          ...(at === 0 ? [] : [{ text: "  ", tone: "plain" } as const]),
          ...pieces(line),
        ]);
        return this.wrap(content, "  ", name, label + 2);
      }),
    ];
  }

  private timeline(block: Timeline): readonly string[] {
    return [
      ...this.wrap([{ text: oneLine(block.title), tone: "strong" }], ""),
      ...block.moments.flatMap((moment) => [
        ...this.wrap(
          [
            { text: oneLine(moment.when), tone: "strong" },
            { text: "  ", tone: "plain" },
            ...pieces(joined(moment.costs)),
          ],
          "  ",
          `${this.paint("●", "good")} `,
          2,
        ),
        ...moment.items.flatMap((item) => this.wrap(pieces(item), `  ${this.paint("│", "muted")}   `)),
      ]),
    ];
  }

  private properties(block: Properties): readonly string[] {
    return [
      ...this.wrap([{ text: oneLine(block.title), tone: "strong" }], ""),
      ...block.items.flatMap(({ label, value }) =>
        this.wrap([{ text: `${oneLine(label)}: `, tone: "muted" }, ...pieces(value)], "  "),
      ),
    ];
  }

  /** Breaks at spaces; a word longer than the line is broken where it must be. */
  private wrap(content: readonly Piece[], indent: string, first = "", hanging = 0): readonly string[] {
    const room = this.width - visibleWidth(indent) - hanging;
    const lines: Piece[][] = [[]];
    let used = 0;
    const put = (piece: Piece) => {
      lines.at(-1)?.push(piece);
      used += displayWidth(piece.text);
    };
    for (const { text, tone } of content) {
      // A value stays with its unit.
      const words = tone === "code" && displayWidth(text) <= room ? [text] : (text.match(WORDS) ?? []);
      for (const word of words) {
        if (used > 0 && used + displayWidth(word) > room) {
          lines.push([]);
          used = 0;
          if (/^\s+$/u.test(word)) continue;
        }
        brokenAt(word, room).forEach((piece, at) => {
          if (at > 0) {
            lines.push([]);
            used = 0;
          }
          put({ text: piece, tone });
        });
      }
    }
    return lines.map((line, index) =>
      (indent + (index === 0 ? first : " ".repeat(hanging)) + this.line(trimmed(line))).trimEnd(),
    );
  }

  private line(content: readonly Piece[]): string {
    const merged: Piece[] = [];
    for (const piece of content) {
      const last = merged.at(-1);
      if (last?.tone === piece.tone) merged[merged.length - 1] = { text: last.text + piece.text, tone: piece.tone };
      else merged.push(piece);
    }
    return merged.map(({ text, tone }) => this.paint(text, tone)).join("");
  }

  private paint(text: string, tone: Tone): string {
    const code = CODES[tone];
    return !this.options.color || code === "" || text.trim() === "" ? text : `\u001b[${code}m${text}\u001b[0m`;
  }
}

/** Leading and trailing spaces separate spans, so they stay; everything else is cleaned. */
function pieces(line: Line, tone?: Tone): readonly Piece[] {
  return trimmed(
    line.map((span) => {
      const before = /^\s/.test(span.text) ? " " : "";
      const after = /\S\s+$/.test(span.text) ? " " : "";
      return {
        text: before + oneLine(span.text) + after,
        tone: span.tone === "plain" && tone !== undefined ? tone : span.tone,
      };
    }),
  );
}

/** Without spaces at its end, which colours would keep. */
function trimmed(content: readonly Piece[]): readonly Piece[] {
  const kept = [...content];
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const text = last.text.trimEnd();
    if (text !== "") return [...kept, { ...last, text }];
  }
  return [];
}

function plain(line: Line): string {
  return pieces(line)
    .map(({ text }) => text)
    .join("");
}

function visibleWidth(text: string): number {
  // Only our own colours are in it: texts of users have lost their control characters.
  return displayWidth(text.split(/\u001b\[[\d;]*m/u).join(""));
}
