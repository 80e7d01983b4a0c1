// What mutation testing runs: the unit tests of one room that decides about money, orders and state, without the fault harness and without those
// that play whole fleets or hundreds of random applies: each takes as long as a hundred others.
const { projects } = require("./jest.config.js");
const {
  testPathIgnorePatterns,
  displayName: _name,
  ...unit
} = projects.find((project) => project.displayName === "unit");
/** Of the provider the tests that stand beside its files: a scenario takes as long as twenty of them. */
const TESTS = {
  engine: "test/engine/**/*.test.ts",
  reconcile: "test/reconcile/**/*.test.ts",
  provider: "test/provider/{apply,charges,desire,plan,private-state,state,values,weigh}.test.ts",
};
const room = process.env["MUTATION_ROOM"] ?? "engine";

/** @type {import("jest").Config} */
module.exports = {
  ...unit,
  testMatch: [`<rootDir>/${TESTS[room]}`],
  testPathIgnorePatterns: [
    ...testPathIgnorePatterns,
    "harness\\.test\\.ts$",
    "reconcile/(many-machines|what-is-charged)\\.test\\.ts$",
  ],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.tmp/(?!mutation)"],
  testSequencer: "<rootDir>/scripts/mutation/sequencer.cjs",
  testRunner: "<rootDir>/scripts/mutation/jest-circus-until-noticed.cjs",
  testEnvironment: require.resolve("./scripts/mutation/environment.cjs"),
  // Less than Stryker waits: a test that waits in vain is a failure, and the worker lives on.
  testTimeout: 3_000,
};
