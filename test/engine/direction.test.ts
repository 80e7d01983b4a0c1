// Which way a change goes.
import { directionOf, directionOfTypeChange, type TypeFacts } from "../../lib/engine";
import { type } from "./machines";

describe("direction of a type change", () => {
  const sized = (cpuCount: number, memory: number, listPrice: number | null = null) =>
    type({ cpuCount, memory, listPrice });

  test.each<{ what: string; from?: TypeFacts | null; to?: TypeFacts | null; direction: string }>([
    { what: "dearer", from: sized(4, 8, 56), to: sized(2, 16, 76), direction: "upgrade" },
    { what: "cheaper, though larger", from: sized(2, 16, 76), to: sized(4, 32, 60), direction: "downgrade" },
    { what: "equal prices, though larger", from: sized(2, 4, 50), to: sized(4, 8, 50), direction: "lateral" },
    { what: "one price unknown, more of both", from: sized(2, 4, 50), to: sized(4, 8), direction: "upgrade" },
    {
      what: "the price of the present type unknown, less of both",
      from: sized(4, 8),
      to: sized(2, 4, 50),
      direction: "downgrade",
    },
    { what: "no prices, more cpu", from: sized(2, 8), to: sized(4, 8), direction: "upgrade" },
    { what: "no prices, less memory", from: sized(4, 16), to: sized(4, 8), direction: "downgrade" },
    { what: "no prices, less of both", from: sized(4, 16), to: sized(2, 8), direction: "downgrade" },
    { what: "no prices, more cpu and less memory", from: sized(2, 16), to: sized(4, 8), direction: "lateral" },
    { what: "no prices, equal sizes", from: sized(4, 8), to: sized(4, 8), direction: "lateral" },
    { what: "no prices, sizes unknown", from: type({ cpuCount: 2 }), to: sized(4, 8), direction: "lateral" },
    {
      what: "no prices, cpu of the present type unknown",
      from: type({ memory: 8 }),
      to: sized(4, 16),
      direction: "lateral",
    },
    { what: "no prices, cpu of the target unknown", from: sized(4, 8), to: type({ memory: 4 }), direction: "lateral" },
    {
      what: "no prices, memory of the target unknown",
      from: sized(4, 8),
      to: type({ cpuCount: 2 }),
      direction: "lateral",
    },
    { what: "the current type is no longer known", from: null, to: sized(4, 8, 56), direction: "lateral" },
    { what: "the target was not looked up", from: sized(4, 8, 56), direction: "lateral" },
  ])("$what: $direction", ({ from, to, direction }) => {
    const types = { ...(from !== undefined && { a: from }), ...(to !== undefined && { b: to }) };
    expect(directionOfTypeChange("a", "b", types)).toBe(direction);
  });

  test("without facts it is lateral, whatever the names say", () => {
    expect(directionOfTypeChange("c.64c128g", "c.1c2g", undefined)).toBe("lateral");
  });
});

describe("direction of numbers", () => {
  test.each([
    ["internet_max_bandwidth_out", 100, 200, "upgrade"],
    ["internet_max_bandwidth_out", 200, 100, "downgrade"],
    ["internet_max_bandwidth_out", 0, 1_000_000, "downgrade"],
    ["internet_max_bandwidth_out", 1_000_000, 0, "upgrade"],
    ["traffic_package_size", 0, 0.05, "upgrade"],
    ["traffic_package_size", 2.5, 0, "downgrade"],
  ] as const)("%s %d to %d: %s", (axis, from, to, direction) => {
    expect(directionOf(axis, from, to, {})).toBe(direction);
  });
});
