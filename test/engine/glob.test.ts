// Patterns of names, as data sources, policies and adopt take them.
import fc from "fast-check";
import { matchesPattern } from "../../lib/engine";

test.each([
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["*", "anything\nat all", true],
  ["web-*", "web-1", true],
  ["web-*", "web-", true],
  ["web-?", "web-1", true],
  ["web-?", "web-", false],
  ["web-?", "web-12", false],
  ["?", "😀", true],
  ["*-1", "web-1-1", true],
  ["*-1", "web-1-2", false],
  ["*db*", "my-db-1", true],
  ["a*b*c", "aXXbYYbZc", true],
  ["a*b*c", "aXXcYYb", false],
  ["web.1", "web-1", false],
  ["a.c", "abc", false],
  ["[a-z]*", "web", false],
  ["(a+)+$", "aaa", false],
  ["Web", "web", false],
])("%j on %j: %s", (pattern, name, expected) => expect(matchesPattern(pattern, name)).toBe(expected));

test("a question mark stands for itself where only the star is a wildcard", () => {
  expect(matchesPattern("web?*", "web1", "*")).toBe(false);
  expect(matchesPattern("web?*", "web?1", "*")).toBe(true);
});

test("agrees with the same pattern as a regular expression", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 }),
      fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 }),
      (pattern, text) => {
        const expression = new RegExp(`^${pattern.replace(/\*/g, ".*").replace(/\?/g, ".")}$`);
        expect(matchesPattern(pattern, text)).toBe(expression.test(text));
      },
    ),
  );
});

test("a pattern of many stars is answered at once", () => {
  expect(matchesPattern(`${"*a".repeat(200)}b`, "a".repeat(20_000))).toBe(false);
});
