// All pages of a listing: one to learn how many there are, then several at a time.
import type { Instance } from "./types";

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

/**
 * What moves between pages while they are read may be missed, so a machine that is not here need not be gone.
 *
 * @param describe page 1, 2, …
 */
export async function listPages(
  describe: (pageNum: number, signal: AbortSignal) => Promise<Page>,
  signal: AbortSignal | undefined,
): Promise<readonly Instance[]> {
  // When one page cannot be had, the others are of no use.
  const failed = new AbortController();
  const until = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const found = new Map<string, Instance>();
  let asked = 0;
  let count = 1;
  try {
    while (count > 0 && asked < MOST_PAGES) {
      const numbers = Array.from({ length: count }, (_, index) => asked + index + 1);
      const pages = await Promise.all(numbers.map((pageNum) => describe(pageNum, until)));
      asked += count;
      count = 0;
      for (const page of pages) {
        const before = found.size;
        for (const instance of page.instances) found.set(instance.instanceId, instance);
        count = found.size === before ? 0 : pagesAfter(page, asked, found.size);
      }
    }
  } catch (error) {
    failed.abort(error);
    throw error;
  }
  return [...found.values()];
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
