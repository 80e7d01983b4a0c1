// The order of the test files where jest knows no durations, as in a fresh clone: it would go by the size of the files, and begin the longest of all at
// the very end, while the other worker has nothing left to do.
const { relative } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** What takes longest, first; then what starts processes; then the rest. */
const LONGEST = ["test/reconcile/harness", "test/acceptance/ci-recipes", "test/package/installed"];
const LONG = ["test/acceptance/", "test/package/", "test/recipes/"];

module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path, context }) => {
      const file = relative(context.config.rootDir, path).replaceAll("\\", "/");
      const place = LONGEST.findIndex((name) => file.startsWith(name));
      if (place >= 0) return place;
      return LONG.some((folder) => file.startsWith(folder)) ? LONGEST.length : LONGEST.length + 1;
    };
    const sorted = super.sort(tests);
    const known = sorted.some(({ duration }) => duration != null);
    return known ? sorted : sorted.sort((one, other) => rank(one) - rank(other));
  }
};
