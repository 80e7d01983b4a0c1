// What a Terraform value is to the provider: text, a number, an object, or nothing of the kind.
import { numberFromText, UNKNOWN, type Value } from "../../lib/plugin";
import { axisValueOf, numberOf, objectOf, objectsOf, parseAxisValue, textOf } from "../../lib/provider/values";

const LONG = numberFromText("12345678901234567890.5");
const ALL: readonly (Value | undefined)[] = [
  undefined,
  null,
  UNKNOWN,
  "",
  "5",
  0,
  5,
  true,
  LONG,
  [],
  ["a"],
  {},
  { a: 1 },
];

const those = (accepts: (value: Value | undefined) => unknown): readonly unknown[] =>
  ALL.filter((value) => accepts(value) !== null);

test("text is text alone, the empty one too", () => {
  expect(those(textOf)).toEqual(["", "5"]);
});

test("a number is a number alone, 0 too: no text, no flag", () => {
  expect(those(numberOf)).toEqual([0, 5, LONG]);
  expect(numberOf(LONG)).toBe(12345678901234567000);
});

test("an object is neither a list, nor an unknown, nor an exact number", () => {
  expect(those(objectOf)).toEqual([{}, { a: 1 }]);
});

test("the objects of a list, whatever stands beside them; none of what is no list", () => {
  expect(objectsOf([{ a: 1 }, null, UNKNOWN, "x", 5, LONG, [{}], { b: 2 }])).toEqual([{ a: 1 }, { b: 2 }]);
  for (const value of ALL.filter((each) => !Array.isArray(each))) expect(objectsOf(value)).toEqual([]);
});

test("a type is text, all else is a number: a value of the other kind is none", () => {
  expect(axisValueOf("instance_type", "c.4c8g")).toBe("c.4c8g");
  expect(axisValueOf("instance_type", 5)).toBeNull();
  expect(axisValueOf("internet_max_bandwidth_out", 0)).toBe(0);
  expect(axisValueOf("traffic_package_size", "5")).toBeNull();
});

test("what a change wrote as text is read as the value that it was", () => {
  expect(parseAxisValue("instance_type", "4")).toBe("4");
  expect(parseAxisValue("traffic_package_size", "12.05")).toBe(12.05);
});
