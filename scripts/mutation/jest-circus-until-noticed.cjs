// Runs a test file as jest-circus does, unless a test of this run has failed already. Stryker cannot do that: it runs all files of each mutant.
const { createEmptyTestResult } = require("@jest/test-result");
const { default: circus } = require("jest-circus/runner");
const { isNoticed, notice } = require("./noticed.cjs");

module.exports = async (globalConfig, config, environment, runtime, testPath, sendMessageToJest) => {
  if (isNoticed()) return leftOut(testPath);
  const result = await circus(globalConfig, config, environment, runtime, testPath, sendMessageToJest);
  if (result.numFailingTests > 0 || result.testExecError != null) notice();
  return result;
};

/** A file without any test would count as one that cannot run. */
function leftOut(testFilePath) {
  const title = "left out: the mutant was noticed before";
  const test = {
    ancestorTitles: [],
    failureMessages: [],
    fullName: title,
    numPassingAsserts: 0,
    status: "pending",
    title,
  };
  return { ...createEmptyTestResult(), testFilePath, numPendingTests: 1, testResults: [test] };
}
