// What Terraform shows of an exception that nobody caught. That a process ends with it: serve.test.ts.
import { registerSecret } from "../../../lib/plugin";
import { crashText } from "../../../lib/plugin/process/crash";

test("starts with the word that Terraform looks for, and tells the stack", () => {
  const error = new TypeError("broken");
  expect(crashText(error)).toBe(`panic: ${error.stack}\n`);
  expect(crashText("just a text")).toBe("panic: just a text\n");
});

test("masks secrets, in a stack too", () => {
  registerSecret("a-secret-of-a-crash");
  expect(crashText(new Error("with a-secret-of-a-crash"))).toMatch(/^panic: Error: with \*\*\*\n/);
});
