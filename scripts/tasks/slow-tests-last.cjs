// The order of jest's test files in mutation testing: what takes as long as a hundred tests runs only for mutants that no other test notices.
const SLOW = /reconcile[\\/](faults|what-is-charged)\.test\.ts$/;

module.exports = class SlowTestsLast {
  sort(tests) {
    return [...tests].sort((one, other) => Number(SLOW.test(one.path)) - Number(SLOW.test(other.path)));
  }

  /** Jest would keep how long each took. */
  cacheResults() {}
};
