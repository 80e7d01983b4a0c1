// Whatever the service sends stays text: in TypeScript, in HCL and in comments of both.
import { transpileModule } from "typescript";
import fc from "fast-check";
import { commentText, hclString, quoted, typescriptString } from "../../lib/cli/adopt/escape";

/** Texts of everything that has a meaning in one of the languages, mixed with anything else. */
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc
    .array(
      fc.constantFrom(
        ...["$", "%", "{", "}", "${", "%{", "$${", '"', "'", "`", "\\", "\\u", "\n", "\r", "\t", "\0", "\u2028"],
        ...["//", "/*", "*/", "#", "EOT", "~", "\u202e", "\ufeff", "\u00a0", "\ud83d\ude00", "\ud800", "é", " ", "a"],
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join("")),
);

/** What Terraform makes of a template without expressions: doubled signs before a brace are one. */
function templateValue(text: string): string {
  expect(text).not.toMatch(/(^|[^$])\$\{|(^|[^%])%\{/);
  return text.replace(/([$%])\1(?=\{)/g, "$1");
}

/** Value of a quoted HCL string, by the escapes of its specification; fails on anything that is not one. */
function hclValue(literal: string): string {
  expect(literal).toMatch(/^"(?:[^"\\\n\r]|\\[nrt"\\]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"$/u);
  const plain: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
  const text = literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g, (_all, four, eight, one: string) =>
      one === undefined ? String.fromCodePoint(parseInt(String(four ?? eight), 16)) : (plain[one] ?? ""),
    );
  return templateValue(text);
}

describe("a string of TypeScript", () => {
  test("reads back as the text, for Terraform without any expression", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const value: unknown = new Function(`return ${typescriptString(text)}`)();
        expect(templateValue(String(value))).toBe(text);
      }),
    );
  });

  test("is one line of printable characters", () => {
    fc.assert(
      fc.property(hostile, (text) =>
        expect(typescriptString(text)).toMatch(/^"[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]*"$/u),
      ),
    );
  });

  test.each([
    ["web-1", '"web-1"'],
    ['a "b" \\', '"a \\"b\\" \\\\"'],
    ["${x} %{y} $ {", '"$${x} %%{y} $ {"'],
    ["a\nb\u2028c\u202ed", '"a\\nb\\u2028c\\u202ed"'],
    ["数据库 😀", '"数据库 😀"'],
  ])("%j is written as %s", (text, literal) => expect(typescriptString(text)).toBe(literal));
});

describe("a string of HCL", () => {
  test("reads back as the text, without any expression", () => {
    fc.assert(
      fc.property(hostile, (text) => expect(hclValue(hclString(text))).toBe(text.replace(/\p{Cs}/gu, "\ufffd"))),
    );
  });

  test.each([
    ["web-1", '"web-1"'],
    ['a "b" \\', '"a \\"b\\" \\\\"'],
    ["${x} %{y} $ {", '"$${x} %%{y} $ {"'],
    ["a\nb\tc\rd\0", '"a\\nb\\tc\\rd\\u0000"'],
    ["\u202e\u{e0001}", '"\\u202e\\U000e0001"'],
    ["\ud800x", '"\ufffdx"'],
  ])("%j is written as %s", (text, literal) => expect(hclString(text)).toBe(literal));
});

describe("a comment", () => {
  test("stays one line that ends nothing and hides nothing", () => {
    fc.assert(
      fc.property(hostile, (text) => expect(commentText(text)).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]*$/u)),
    );
  });

  test("takes nothing of the program after it", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { outputText } = transpileModule(`// ${quoted(text)}\nexport const after = 1;`, {
          compilerOptions: { removeComments: true },
        });
        expect(outputText).toMatch(/^exports\.after = 1;$/m);
      }),
      { numRuns: 30 },
    );
  });

  test("is the same when escaped again", () => {
    fc.assert(fc.property(hostile, (text) => expect(commentText(commentText(text))).toBe(commentText(text))));
  });
});
