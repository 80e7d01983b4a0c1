// Thousands of random fleets, desires and faults, each repeatable by its seed. `HARNESS_ROUNDS=50000` plays more, `HARNESS_SEED=…` one again.
import { playRound } from "../support/harness";

const ROUNDS = Number(process.env["HARNESS_ROUNDS"] ?? 5000);
const ROUNDS_PER_TASK = 10;
const SEED = process.env["HARNESS_SEED"];

if (SEED !== undefined)
  test(`round ${SEED} keeps the rules`, async () => {
    expect((await playRound(Number(SEED))).end).not.toBe("");
  });
else
  test(`${ROUNDS} rounds under faults place no second order and end as desired or with a clear error`, async () => {
    const ends = new Map<string, number>();
    const met = new Map<string, number>();
    let orders = 0;
    const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const outcome = await playRound(seed);
      add(ends, outcome.end);
      outcome.met.forEach((each) => add(met, each));
      orders += outcome.orders;
      // What weak references hold (abort signals do) is freed only between tasks, and the rounds are one task unless they are interrupted.
      if (seed % ROUNDS_PER_TASK === 0) await new Promise(setImmediate);
    }
    if (process.env["HARNESS_SHOW"] !== undefined)
      process.stdout.write(`${JSON.stringify({ ends: [...ends], met: [...met], orders }, null, 1)}\n`);
    // The rounds mean something only when they do get somewhere, and do meet what they are meant to meet.
    expect((ends.get("as desired") ?? 0) / ROUNDS).toBeGreaterThan(0.5);
    expect(orders / ROUNDS).toBeGreaterThan(0.4);
    for (const code of [
      "renewed early",
      "charged within bounds",
      "applied",
      "OUTCOME_UNKNOWN",
      "STALE_PLAN",
      "INTERRUPTED",
      "CHANGE_FAILED",
      "OPEN_ORDER",
    ])
      expect([code, (met.get(code) ?? 0) > 0]).toEqual([code, true]);
  }, 600_000);
