// Two projects: `unit` needs nothing but Node; `acceptance` runs the real Terraform and fails without it.
const transform = { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }] };
const common = { testEnvironment: "node", transform, moduleFileExtensions: ["ts", "js", "json"] };

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    { ...common, displayName: "unit", testMatch: ["<rootDir>/test/**/*.test.ts"], testPathIgnorePatterns: ["/node_modules/", "/test/acceptance/"] },
    { ...common, displayName: "acceptance", testMatch: ["<rootDir>/test/acceptance/**/*.test.ts"] },
  ],
  testTimeout: 60_000,
};
