// The environment of the tests of mutation testing: after the first test that fails, those that follow in its file are left out too.
const { TestEnvironment } = require("jest-environment-node");
const { isNoticed, notice } = require("./noticed.cjs");

module.exports = class MutationEnvironment extends TestEnvironment {
  handleTestEvent({ name, test }) {
    if (name === "test_done" && test.errors.length > 0) notice();
    if (name === "test_start" && isNoticed()) test.mode = "skip";
  }
};
