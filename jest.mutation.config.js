// What mutation testing runs: the unit tests of what decides about money, orders and state, with fewer random runs and without the fault harness.
const { projects } = require("./jest.config.js");
const {
  testPathIgnorePatterns,
  displayName: _name,
  ...unit
} = projects.find((project) => project.displayName === "unit");

/** @type {import("jest").Config} */
module.exports = {
  ...unit,
  testMatch: ["engine", "reconcile", "provider"].map((room) => `<rootDir>/test/${room}/**/*.test.ts`),
  testPathIgnorePatterns: [...testPathIgnorePatterns, "harness\\.test\\.ts$"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.tmp/(?!mutation)"],
  testTimeout: 20_000,
};
