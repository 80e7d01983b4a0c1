// Whether a status may be read before it is asked for, as a table.
import type { Traffic } from "../../lib/api";
import { mayReadAhead, type Ahead } from "../../lib/reconcile/ahead-budget";

const QUIET: Traffic & Ahead = { requests: 0, limited: false, fastest: Infinity, unused: 0, underWay: 0 };

test.each<[string, Partial<Traffic & Ahead>, boolean]>([
  ["the first call", {}, true],
  ["the hundredth that nobody has asked for", { unused: 99 }, true],
  ["one more", { unused: 100 }, false],
  ["one more after two hundred calls", { unused: 199, requests: 200 }, true],
  ["yet one more", { unused: 200, requests: 200 }, false],
  ["beside 127 that are under way", { underWay: 127 }, true],
  ["beside 128", { underWay: 128 }, false],
  ["beside 11 where answers come at once", { underWay: 11, fastest: 0 }, true],
  ["beside 12 where answers come at once", { underWay: 12, fastest: 0 }, false],
  ["beside 63 where the fastest answer took 50 ms", { underWay: 63, fastest: 50 }, true],
  ["beside 64 where the fastest answer took 50 ms", { underWay: 64, fastest: 50 }, false],
  ["after a 429, or with a limit of the user's", { limited: true }, false],
])("%s", (_name, changes, allowed) => {
  const state = { ...QUIET, ...changes };
  expect(mayReadAhead(state, state)).toBe(allowed);
});
