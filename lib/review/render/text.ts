// The page for a terminal: colours where they are wanted, lines that fit its width, nothing that could control it.
import {
  joined,
  span,
  type Block,
  type Callout,
  type Document,
  type Level,
  type Line,
  type Properties,
  type Span,
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
          span(`${document.title} `, "strong"),
          span(oneLine(document.name), "code"),
          span(`  ${document.statusText}`, STATUS[document.status]),
        ],
        "",
      ),
      this.heading(document.summary),
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

  private heading(text: string): readonly string[] {
    return this.wrap([span(oneLine(text), "strong")], "");
  }

  private callout(block: Callout): readonly string[] {
    const { word, tone } = LEVELS[block.level];
    // "Warning: 2 warnings" says it twice.
    const named = plain(block.title).toLowerCase().includes(word.toLowerCase());
    const bar = `${this.paint("│", tone)} `;
    const { groups = [] } = block;
    return [
      ...this.wrap([...(named ? [] : [span(`${word}: `, tone)]), ...pieces(block.title, named ? tone : "strong")], bar),
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
    const title = this.heading(block.title);
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
        const content = lines.flatMap((line, at) => [...(at === 0 ? [] : [span("  ")]), ...pieces(line)]);
        return this.wrap(content, "  ", name, label + 2);
      }),
    ];
  }

  private timeline(block: Timeline): readonly string[] {
    return [
      ...this.heading(block.title),
      ...block.moments.flatMap((moment) => [
        ...this.wrap(
          [span(oneLine(moment.when), "strong"), span("  "), ...pieces(joined(moment.costs))],
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
      ...this.heading(block.title),
      ...block.items.flatMap(({ label, value }) =>
        this.wrap([span(`${oneLine(label)}: `, "muted"), ...pieces(value)], "  "),
      ),
    ];
  }

  /** Breaks at spaces; a word longer than the line is broken where it must be. */
  private wrap(content: Line, indent: string, first = "", hanging = 0): readonly string[] {
    const room = this.width - visibleWidth(indent) - hanging;
    const lines: Span[][] = [[]];
    let used = 0;
    const next = () => {
      lines.push([]);
      used = 0;
    };
    for (const { text, tone } of content) {
      // A value stays with its unit.
      const words = tone === "code" && displayWidth(text) <= room ? [text] : (text.match(WORDS) ?? []);
      for (const word of words) {
        if (used > 0 && used + displayWidth(word) > room) {
          next();
          if (/^\s+$/u.test(word)) continue;
        }
        brokenAt(word, room).forEach((piece, at) => {
          if (at > 0) next();
          lines.at(-1)?.push(span(piece, tone));
          used += displayWidth(piece);
        });
      }
    }
    return lines.map((line, index) =>
      (indent + (index === 0 ? first : " ".repeat(hanging)) + this.line(trimmed(line))).trimEnd(),
    );
  }

  private line(content: Line): string {
    const merged: Span[] = [];
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
function pieces(line: Line, tone: Tone = "plain"): Line {
  return trimmed(
    line.map((piece) => {
      const before = /^\s/.test(piece.text) ? " " : "";
      const after = /\S\s+$/.test(piece.text) ? " " : "";
      return span(before + oneLine(piece.text) + after, piece.tone === "plain" ? tone : piece.tone);
    }),
  );
}

/** Without spaces at its end, which colours would keep. */
function trimmed(content: Line): Line {
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
