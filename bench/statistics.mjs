// Interleaved runs: whatever the machine does besides hits all variants alike, and only their ratio is reported as a result.

/** The lower quartile: what a run takes when little else disturbs it, without trusting one lucky run. */
export function lowerQuartile(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 4)];
}

/** Runs every variant in turn, `rounds` times, after one round that does not count. Returns the lower quartile in milliseconds by name. */
export async function interleave(variants, rounds) {
  const times = new Map(Object.keys(variants).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(variants)) {
      const started = performance.now();
      await run();
      if (round >= 0) times.get(name).push(performance.now() - started);
    }
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, lowerQuartile(values)]));
}

/** The middle value; of an even number the lower one. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
