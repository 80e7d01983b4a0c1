// The frame of the command line: help, version, mistakes.
import { run } from "../../lib/cli/main";
import { PROVIDER_VERSION } from "../../lib/schema";

let printed: string;

beforeEach(() => {
  printed = "";
  const record = (text: string | Uint8Array): boolean => {
    printed += String(text);
    return true;
  };
  jest.spyOn(process.stdout, "write").mockImplementation(record);
  jest.spyOn(process.stderr, "write").mockImplementation(record);
  jest.spyOn(console, "error").mockImplementation((text: unknown) => void record(`${String(text)}\n`));
  jest.spyOn(console, "log").mockImplementation((text: unknown) => void record(`${String(text)}\n`));
});
afterEach(() => jest.restoreAllMocks());

test.each([[["--help"]], [[]]])(
  "%j says what the tool does, which commands there are, and gives examples",
  async (args) => {
    expect(await run(args)).toBe(0);
    for (const word of [
      "Plan and apply the specification of Zenlayer machines",
      "init",
      "review",
      "simulate",
      "adopt",
      "plugin",
      "Examples:",
    ]) {
      expect(printed).toContain(word);
    }
  },
);

test("--version is the version of the provider", async () => {
  expect(await run(["--version"])).toBe(0);
  expect(printed.trim()).toBe(PROVIDER_VERSION);
});

test("an unknown command ends with 1 and points at the help", async () => {
  expect(await run(["destroy-everything"])).toBe(1);
  expect(printed).toMatch(/unknown command 'destroy-everything'[\s\S]*see --help/);
});

test.each([[[]], [["init"]], [["review"]], [["adopt"]], [["simulate"]], [["plugin"]], [["plugin", "install"]]])(
  "%j --help documents the exit codes, and shows no value of the program as a default",
  async (command) => {
    expect(await run([...command, "--help"])).toBe(0);
    expect(printed).toMatch(/^Exit codes:\n {2}0 {2}\S/m);
    expect(printed).toMatch(/^ {2}1 {2}error: /m);
    expect(printed).not.toMatch(/default: [{[]/);
  },
);

test("the comments of the first examples stand in one column", async () => {
  await run(["--help"]);
  const examples = printed.split("\n").filter((line) => line.startsWith("  $ "));
  expect(examples).toHaveLength(5);
  expect(
    new Set(
      examples
        .map((line) => /\S {2,}(?=\S+ )/.exec(line.slice(4)))
        .map((match) => match && match.index + match[0].length),
    ).size,
  ).toBe(1);
});

test("a command explains itself", async () => {
  expect(await run(["plugin", "install", "--help"])).toBe(0);
  expect(printed).toContain("--dir <directory>");
});

test("an error is one sentence, with the stack only on request", async () => {
  const file = __filename;
  expect(await run(["plugin", "install", "--dir", file], {})).toBe(1);
  expect(printed).toMatch(/^cdktf-zenlayer: .+\n$/);
  printed = "";
  expect(await run(["plugin", "install", "--dir", file], { CDKTF_ZENLAYER_DEBUG: "1" })).toBe(1);
  expect(printed).toContain("Error");
});
