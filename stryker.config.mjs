// Mutation testing of what decides about money, orders and state: `npm run mutation`. Outside `verify`, for it takes up to an hour.
/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: [
    "lib/engine/**/*.ts",
    "lib/reconcile/**/*.ts",
    "lib/provider/{plan,weigh,charges,apply,state,desire,private-state}.ts",
    "!lib/*/index.ts",
  ],
  testRunner: "jest",
  jest: { configFile: "jest.mutation.config.js" },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  ignorePatterns: ["dist", "bench", ".ci"],
  concurrency: 2,
  timeoutMS: 10_000,
  incremental: true,
  incrementalFile: ".tmp/mutation/incremental.json",
  tempDirName: ".tmp/mutation/sandbox",
  reporters: ["clear-text", "html", "json"],
  htmlReporter: { fileName: ".tmp/mutation/report.html" },
  jsonReporter: { fileName: ".tmp/mutation/report.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportScoreTable: true },
  thresholds: { high: 95, low: 92, break: 90 },
};
