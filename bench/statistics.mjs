// Medians of interleaved runs: whatever the machine does besides hits all variants alike, and only their ratio is reported as a result.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Runs every variant in turn, `rounds` times, after one round that does not count. Returns the median in milliseconds by name. */
export async function interleave(variants, rounds) {
  const times = new Map(Object.keys(variants).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(variants)) {
      const started = performance.now();
      await run();
      if (round >= 0) times.get(name).push(performance.now() - started);
    }
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, median(values)]));
}
