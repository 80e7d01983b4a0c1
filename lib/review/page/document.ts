// A page without a format: what the renderers turn into Markdown, HTML and terminal text. Every text in it is plain and unescaped.

export type Tone =
  "plain" | "muted" | "strong" | "code" | "up" | "down" | "sideways" | "cancel" | "good" | "warning" | "danger";

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}
export type Line = readonly Span[];

export type Level = "alarm" | "error" | "warning" | "note";

/** Never folded. */
export interface Callout {
  readonly kind: "callout";
  readonly id: string;
  readonly level: Level;
  readonly title: Line;
  readonly lines: readonly Line[];
  /** What is said of several things at once, with each of them below it; printed before the lines. */
  readonly groups?: readonly { readonly title: Line; readonly lines: readonly Line[] }[];
}

/** Cells of one or more lines, in the order of the columns. */
export type Row = readonly (readonly Line[])[];

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly align: "left" | "right";
}

export interface Table {
  readonly kind: "table";
  readonly id: string;
  readonly title: string;
  /** Details are folded away. */
  readonly folded: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Below all rows, whether they have room or not. */
  readonly total?: Row;
  /** Footnotes, each with its mark. */
  readonly notes?: readonly Line[];
  /** How many of the first so many rows can stand alone: rows that belong together are not torn apart. */
  readonly whole?: (shown: number) => number;
  /** What stands for the rows behind the first so many, where there is no room for them. */
  readonly rest?: (shown: number) => readonly Row[];
}

export interface Timeline {
  readonly kind: "timeline";
  readonly id: string;
  readonly title: string;
  readonly moments: readonly Moment[];
}

export interface Moment {
  /** Machine-readable time; null for "when applied" and the like. */
  readonly time: string | null;
  readonly when: string;
  /** Charged at this moment, and what it changes a month. */
  readonly costs: readonly Line[];
  readonly items: readonly Line[];
}

export interface Properties {
  readonly kind: "properties";
  readonly id: string;
  readonly title: string;
  readonly folded: boolean;
  readonly items: readonly { readonly label: string; readonly value: Line }[];
}

export type Block = Callout | Table | Timeline | Properties;

export interface Badge {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly tone: Tone;
  /** What must be known with the value. */
  readonly note?: string;
}

export interface Document {
  /** Hidden in Markdown: a bot finds its comment again by it. */
  readonly marker: string;
  readonly title: string;
  readonly name: string;
  readonly status: "good" | "changes" | "alarm" | "refused" | "error";
  readonly statusText: string;
  readonly summary: string;
  /** Totals at a glance. */
  readonly badges: readonly Badge[];
  readonly blocks: readonly Block[];
}

export function span(text: string, tone: Tone = "plain"): Span {
  return { text, tone };
}

export function line(...spans: readonly (Span | string)[]): Line {
  return spans.map((item) => (typeof item === "string" ? span(item) : item));
}

/** Nothing where there are no lines; `closing` is said below them. */
export function callout(
  id: string,
  level: Level,
  title: string,
  lines: readonly Line[],
  ...closing: readonly Line[]
): readonly Callout[] {
  if (lines.length === 0) return [];
  return [{ kind: "callout", id, level, title: line(title), lines: [...lines, ...closing] }];
}

/** Lines as one, with dots between. */
export function joined(lines: readonly Line[]): Line {
  return lines.flatMap((spans, index) => (index === 0 ? spans : [span(" · "), ...spans]));
}

/** A name that is safe inside an HTML comment and the same for equal inputs. */
export function markerOf(kind: "review" | "applied", name: string): string {
  const safe = name
    .replace(/[^A-Za-z0-9._/+-]/g, "-")
    .replace(/-{2,}/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 120);
  return `cdktf-zenlayer:${kind}:${safe === "" ? "default" : safe.replace(/-+$/, "")}`;
}
