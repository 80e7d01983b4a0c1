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

const common = {
  testEnvironment: "node",
  transform,
  moduleFileExtensions: ["ts", "js", "json"],
  moduleNameMapper: self,
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.tmp/"],
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "/test/acceptance/"],
    },
    {
      ...common,
      displayName: "cdktn",
      testMatch: ["<rootDir>/test/constructs/**/*.test.ts", "<rootDir>/test/bindings/**/*.test.ts"],
      // Also for the require of @cdktf/provider-null: jest maps names inside node_modules too.
      moduleNameMapper: { ...self, "^cdktf$": "cdktn", "^cdktf/(.*)$": "cdktn/$1" },
    },
    { ...common, displayName: "acceptance", testMatch: ["<rootDir>/test/acceptance/**/*.test.ts"] },
  ],
  testTimeout: 60_000,
};
