// What the user is told: masked, at its place, and never an author's stack.
import { DiagnosticError, registerSecret, type Type } from "../../../lib/plugin";
import { ValueError } from "../../../lib/plugin/cty/decode";
import { CollectedDiagnostics, pathMessage } from "../../../lib/plugin/server/diagnostics";

const DOING = "reading a_thing";

test("only an error is one", () => {
  const diagnostics = new CollectedDiagnostics();
  diagnostics.warning("W");
  expect(diagnostics.hasErrors).toBe(false);
  diagnostics.error("E");
  expect(diagnostics.hasErrors).toBe(true);
});

describe("an exception", () => {
  const told = (error: unknown) => {
    const diagnostics = new CollectedDiagnostics();
    diagnostics.exception(error, DOING);
    return diagnostics.entries[0];
  };

  test("meant for the user is told to the letter", () => {
    expect(told(new DiagnosticError("S", "D", ["a"]))).toEqual({
      severity: "error",
      summary: "S",
      detail: "D",
      path: ["a"],
    });
  });

  test("about a value names its place", () => {
    expect(told(new ValueError(["disk", 0], "a number is required"))).toMatchObject({
      summary: `The provider returned a wrong value when ${DOING}`,
      detail: ".disk[0]: a number is required. This is a bug of the provider, please report it.",
      path: ["disk", 0],
    });
  });

  test.each([
    ["any other", new TypeError("x is not a function\n    at secret/place.js"), "TypeError: x is not a function."],
    ["one that is no error", "just a text", "just a text."],
    ["one without end", new Error("m".repeat(10_000)), `Error: ${"m".repeat(493)}.`],
  ])("%s is one line, cut short", (_name, error, start) => {
    const { summary, detail } = told(error) ?? { summary: "", detail: "" };
    expect(summary).toBe(`Internal error of the provider when ${DOING}`);
    expect(detail.startsWith(`${start} This is a bug`)).toBe(true);
    expect(detail).not.toContain("place.js");
  });
});

test("secrets are masked in summary and detail", () => {
  registerSecret("a-secret-of-diagnostics");
  const diagnostics = new CollectedDiagnostics();
  diagnostics.error("with a-secret-of-diagnostics", "and a-secret-of-diagnostics");
  expect(diagnostics.toMessages("dynamic")).toEqual([{ severity: 1, summary: "with ***", detail: "and ***" }]);
});

describe("a path in the protocol's words", () => {
  const TYPE: Type = [
    "object",
    { list: ["list", ["object", { a: "string" }]], map: ["map", "string"], set: ["set", ["object", { a: "string" }]] },
  ];

  test.each([
    [
      "an element of a list",
      ["list", 1, "a"],
      [{ attribute_name: "list" }, { element_key_int: 1 }, { attribute_name: "a" }],
    ],
    ["a key of a map", ["map", "k"], [{ attribute_name: "map" }, { element_key_string: "k" }]],
    ["an element of a set has none: its block stands for it", ["set", 0, "a"], [{ attribute_name: "set" }]],
    ["what the type does not have is a name", ["other", "a"], [{ attribute_name: "other" }, { attribute_name: "a" }]],
  ])("%s", (_name, path, steps) => {
    expect(pathMessage(path, TYPE)).toEqual({ steps });
  });
});
