// Which machines are meant by the filters of adopt.
import type { Instance } from "../../lib/api";
import { matches, parseTag, type MachineFilter } from "../../lib/cli/adopt/filter";

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
  [{ zones: ["SEL-A"] }, true],
  [{ zones: ["SEL"] }, false],
  [{ names: ["web-*"] }, true],
  [{ names: ["web"] }, false],
  [{ resourceGroups: ["rg-1"] }, true],
  [{ resourceGroups: ["production"] }, true],
  [{ resourceGroups: ["prod"] }, false],
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
  [{ zones: ["SEL-A"], names: ["db-*"] }, false],
  [{ zones: ["MOW-B", "SEL-A"], names: ["db-*", "web-*"], resourceGroups: ["x", "production"] }, true],
  [{ zones: ["MOW-B", "MOW-C"] }, false],
])("%j: %s", (filter, expected) => expect(matches(filter, machine)).toBe(expected));

test.each([
  ["env=prod", { key: "env", value: "prod" }],
  ["a=b=c", { key: "a", value: "b=c" }],
  ["a=", { key: "a", value: "" }],
  ["a", null],
  ["=b", null],
  ["", null],
])("tag %j", (text, tag) => expect(parseTag(text)).toEqual(tag));
