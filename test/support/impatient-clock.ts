// Real time for what takes milliseconds; what takes longer is over at once and counts in full.
import { systemClock, type Clock } from "../../lib/api";

/** ms */
const LONGEST_SLEEP = 25;

export function impatientClock(): Clock {
  let ahead = 0;
  return {
    ...systemClock,
    monotonic: () => performance.now() + ahead,
    sleep: async (ms, signal) => {
      await systemClock.sleep(Math.min(ms, LONGEST_SLEEP), signal);
      ahead += Math.max(0, ms - LONGEST_SLEEP);
    },
  };
}
