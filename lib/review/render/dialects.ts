// How the forges differ: how long a comment may be, and what of Markdown and HTML they show.

export interface Dialect {
  /** A comment has fewer characters than this. */
  readonly limit: number;
  /** Whether tags of HTML work: folding, line breaks in cells, code with any character, small print, comments that do not show. */
  readonly html: boolean;
  /** Whether `> [!WARNING]` is shown as a box. */
  readonly alerts: boolean;
}

/** Left for what a recipe adds below the page: commit, run and time. */
const ROOM = 500;

/** By the names that `review --for` takes. */
export const DIALECTS = {
  github: { limit: 65_536 - ROOM, html: true, alerts: true },
  /** The summary of a workflow run, where a whole page has room. */
  "github-summary": { limit: 1_048_576 - ROOM, html: true, alerts: true },
  gitlab: { limit: 1_000_000 - ROOM, html: true, alerts: true },
  azure: { limit: 150_000 - ROOM, html: true, alerts: false },
  bitbucket: { limit: 32_768 - ROOM, html: false, alerts: false },
} as const satisfies { readonly [forge: string]: Dialect };

export type Forge = keyof typeof DIALECTS;
