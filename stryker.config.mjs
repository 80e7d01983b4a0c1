// Mutation testing of what decides about money, orders and state, room by room, each by the tests of its own room: `npm run mutation` (see
// scripts/mutation.mjs). Outside `verify`, for it takes a quarter of an hour.
import { availableParallelism } from "node:os";

const { MUTATION_ROOM: room = "engine", STRYKER_CONCURRENCY } = process.env;
/** Of the provider, what plans, weighs and charges; the rest of it says what these decided. */
const MUTATED = {
  engine: ["lib/engine/**/*.ts", "!lib/engine/index.ts"],
  // Without the modules that only word a failure or an open order.
  reconcile: ["lib/reconcile/**/*.ts", "!lib/reconcile/{index,failure,open-order-words}.ts"],
  provider: ["lib/provider/{plan,weigh,charges,apply,state,desire,private-state}.ts"],
};

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: MUTATED[room],
  testRunner: "jest",
  jest: { configFile: "jest.mutation.config.js" },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  ignorePatterns: ["dist", "bench", ".ci", "docs/images", ".tmp"],
  concurrency: Number(STRYKER_CONCURRENCY ?? availableParallelism()),
  // Each test file leaves an AsyncLocalStorage of jest-circus behind, and each of them makes every promise dearer.
  maxTestRunnerReuse: 25,
  timeoutMS: 5_000,
  incremental: true,
  incrementalFile: `.tmp/mutation/${room}.incremental.json`,
  tempDirName: `.tmp/mutation/sandbox-${room}`,
  reporters: ["clear-text", "html", "json", "progress-append-only"],
  htmlReporter: { fileName: `.tmp/mutation/${room}.html` },
  jsonReporter: { fileName: `.tmp/mutation/${room}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportScoreTable: true },
  thresholds: { high: 95, low: 92, break: 90 },
};
