// Which machines are meant by the filters of adopt.
import type { Instance } from "../../lib/api";
import { globMatches, matches, parseTag, type MachineFilter } from "../../lib/cli/adopt/filter";

const machine = {
  instanceName: "web-1",
  zoneId: "SEL-A",
  resourceGroupId: "rg-1",
  resourceGroupName: "production",
  tags: [
    { key: "env", value: "prod" },
    { key: "team", value: "" },
  ],
  // The fields that a filter looks at.
} as unknown as Instance;

test.each<[MachineFilter, boolean]>([
  [{}, true],
  [{ zone: "SEL-A" }, true],
  [{ zone: "SEL" }, false],
  [{ name: "web-*" }, true],
  [{ name: "web" }, false],
  [{ resourceGroup: "rg-1" }, true],
  [{ resourceGroup: "production" }, true],
  [{ resourceGroup: "prod" }, false],
  [{ tags: [{ key: "env", value: "prod" }] }, true],
  [{ tags: [{ key: "env", value: "test" }] }, false],
  [{ tags: [{ key: "team", value: "" }] }, true],
  [
    {
      tags: [
        { key: "env", value: "prod" },
        { key: "team", value: "x" },
      ],
    },
    false,
  ],
  [{ zone: "SEL-A", name: "db-*" }, false],
])("%j: %s", (filter, expected) => expect(matches(filter, machine)).toBe(expected));

test.each([
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["*", "anything\nat all", true],
  ["web-?", "web-1", true],
  ["web-?", "web-", false],
  ["?", "😀", true],
  ["*-1", "web-1-1", true],
  ["*-1", "web-1-2", false],
  ["a*b*c", "aXXbYYbZc", true],
  ["a*b*c", "aXXcYYb", false],
  ["web.1", "web-1", false],
  ["[a-z]*", "web", false],
  ["(a+)+$", "aaa", false],
  ["Web", "web", false],
])("%j on %j: %s", (pattern, name, expected) => expect(globMatches(pattern, name)).toBe(expected));

test("a pattern of many stars is answered at once", () => {
  expect(globMatches(`${"*a".repeat(50)}b`, "a".repeat(2000))).toBe(false);
});

test.each([
  ["env=prod", { key: "env", value: "prod" }],
  ["a=b=c", { key: "a", value: "b=c" }],
  ["a=", { key: "a", value: "" }],
  ["a", null],
  ["=b", null],
  ["", null],
])("tag %j", (text, tag) => expect(parseTag(text)).toEqual(tag));
