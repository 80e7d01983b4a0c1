// Three projects: `unit` needs nothing but Node; `cdktn` runs the construct suites again on the successor of cdktf; `acceptance` runs the real
// Terraform and fails without it.
const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};

/** The package by its own name, as examples and documentation write it. */
const self = { "^cdktf-zenlayer$": "<rootDir>/lib/index.ts", "^cdktf-zenlayer/(.*)$": "<rootDir>/lib/$1/index.ts" };

/** A lazy import names the compiled file, as Node demands; here the source stands in for it. */
const sources = { "^(\\.{1,2}/.*)\\.js$": "$1" };

const common = {
  testEnvironment: "node",
  transform,
  moduleFileExtensions: ["ts", "js", "json"],
  moduleNameMapper: { ...self, ...sources },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.tmp/"],
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "/test/acceptance/", "/test/package/"],
    },
    {
      ...common,
      displayName: "cdktn",
      testMatch: ["<rootDir>/test/constructs/**/*.test.ts", "<rootDir>/test/bindings/**/*.test.ts"],
      // Also for the require of @cdktf/provider-null: jest maps names inside node_modules too.
      moduleNameMapper: { ...self, ...sources, "^cdktf$": "cdktn", "^cdktf/(.*)$": "cdktn/$1" },
    },
    {
      ...common,
      displayName: "acceptance",
      testMatch: ["<rootDir>/test/acceptance/**/*.test.ts", "<rootDir>/test/package/**/*.test.ts"],
    },
  ],
  testTimeout: 60_000,
  testSequencer: "<rootDir>/scripts/long-first.cjs",
};
