// All pages of a listing: one to learn how many there are, then several at a time.
import type { BegunListing, Instance } from "./types";

/** The most that the service puts on one page. */
export const PAGE_SIZE = 1000;
/** Ends a listing whose answers never do: a million machines. */
const MOST_PAGES = 1000;
const AT_ONCE = 8;

export interface Page {
  readonly instances: readonly Instance[];
  /** Machines on all pages, where it is told. */
  readonly totalCount: number | null;
}

/** Page 1, 2, … */
export type DescribePage = (pageNum: number, signal: AbortSignal | undefined) => Promise<Page>;

/**
 * Reads page 1; the others are read for whoever wants all. What moves between pages while they are read may be missed, so a machine that is not
 * there need not be gone.
 */
export async function beginListing(describe: DescribePage, signal?: AbortSignal): Promise<BegunListing> {
  const first = await describe(1, signal);
  return { all: (options = {}) => allPages(first, describe, options.signal) };
}

async function allPages(
  first: Page,
  describe: DescribePage,
  signal: AbortSignal | undefined,
): Promise<readonly Instance[]> {
  // When one page cannot be had, the others are of no use.
  const failed = new AbortController();
  const until = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const found = new Map<string, Instance>();
  let asked = 1;
  let pages: readonly Page[] = [first];
  try {
    for (;;) {
      let count = 0;
      for (const page of pages) {
        const before = found.size;
        for (const instance of page.instances) found.set(instance.instanceId, instance);
        count = found.size === before ? 0 : pagesAfter(page, asked, found.size);
      }
      if (count === 0 || asked >= MOST_PAGES) return [...found.values()];
      const numbers = Array.from({ length: count }, (_, index) => asked + index + 1);
      pages = await Promise.all(numbers.map((pageNum) => describe(pageNum, until)));
      asked += count;
    }
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

/** How many pages to ask for next, after one that brought news. */
function pagesAfter({ instances, totalCount }: Page, asked: number, found: number): number {
  const full = instances.length >= PAGE_SIZE;
  if (totalCount === null) return full ? 1 : 0;
  if (found >= totalCount) return 0;
  // Pages that are not full break the arithmetic: then one leads to the next.
  const left = full ? Math.ceil(totalCount / PAGE_SIZE) - asked : 1;
  return Math.max(1, Math.min(left, AT_ONCE, MOST_PAGES - asked));
}
