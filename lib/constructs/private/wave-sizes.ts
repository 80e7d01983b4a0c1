// How many machines each wave of a fleet has.

/** So many machines, or that part of all, for example `"10%"`. */
export type WaveSize = number | `${number}%`;

/** The share of a wave's size; null where it is none. */
function sizeOf(size: unknown, all: number): number | null {
  if (typeof size === "number") return Number.isInteger(size) && size >= 1 ? size : null;
  const [, share] = /^(\d+(?:\.\d+)?)%$/.exec(String(size)) ?? [];
  const percent = Number(share);
  // Rounded up, so that no wave is empty; first to a millionth, since 7 % of 100 is a little more than 7 in floating point.
  return percent > 0 && percent <= 100 ? Math.max(1, Math.ceil(Number(((all * percent) / 100).toFixed(6)))) : null;
}

/**
 * Cuts a list into waves.
 *
 * @param sizes - One after the other; the last one holds for all further waves. At least one.
 * @returns The waves, or the size that is none.
 */
export function cutIntoWaves<T>(
  all: readonly T[],
  sizes: readonly unknown[],
): { readonly waves: readonly (readonly T[])[] } | { readonly wrong: unknown } {
  const known = sizes.map((size) => ({ size, count: sizeOf(size, all.length) }));
  const wrong = known.find(({ count }) => count === null);
  if (wrong !== undefined) return { wrong: wrong.size };
  const waves: T[][] = [];
  for (let start = 0, index = 0; start < all.length; index += 1) {
    const end = start + (known[Math.min(index, known.length - 1)]?.count ?? all.length);
    waves.push(all.slice(start, end));
    start = end;
  }
  return { waves };
}
