// What mutation testing runs: the unit tests of one room that decides about money, orders and state, without the fault harness.
const { projects } = require("./jest.config.js");
const {
  testPathIgnorePatterns,
  displayName: _name,
  ...unit
} = projects.find((project) => project.displayName === "unit");
const room = process.env["MUTATION_ROOM"] ?? "engine";

/** @type {import("jest").Config} */
module.exports = {
  ...unit,
  testMatch: [`<rootDir>/test/${room}/**/*.test.ts`],
  testPathIgnorePatterns: [...testPathIgnorePatterns, "harness\\.test\\.ts$"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.tmp/(?!mutation)"],
  testTimeout: 20_000,
};
