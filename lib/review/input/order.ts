// Lists in groups and in order.

export type Group<T> = readonly [T, ...T[]];

/** By a key of several parts; the groups are in the order of their first items. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => readonly unknown[]): readonly Group<T>[] {
  const found = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = found.get(key);
    if (group === undefined) found.set(key, [item]);
    else group.push(item);
  }
  return [...found.values()];
}

/** By code units: the same order on every machine. */
export function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}
