import fc from "fast-check";
import { Decimal, parseExactJson, type Type, valueFromJson } from "../../../lib/plugin";

test("numbers that JSON.parse would damage stay exact, strings stay as they are", () => {
  const text =
    '{"a":18446744073709551615,"b":0.1,"c":"18446744073709551615","d":[-1e400],"e":"\\u0000n12","f":"\\\\\\"3"}';
  expect(parseExactJson(text)).toEqual({
    a: new Decimal("18446744073709551615"),
    b: 0.1,
    c: "18446744073709551615",
    d: [new Decimal("-1e400")],
    e: "\u0000n12",
    f: '\\"3',
  });
});

test("keys and strings that start with a NUL stay as they are", () => {
  const value = { "\u0000": 0, "\u0000s": "\u0000n1", "\u0000n1": [{ "\u0000\u0000": "\u0000" }], plain: 1 };
  expect(parseExactJson(JSON.stringify(value))).toEqual(value);
});

test("what JSON.stringify writes is read alike", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(parseExactJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each(["{", '{"a":01}', "[1,]", "-", '"\\u0000', "[".repeat(10_000) + "]".repeat(10_000), '{"a":'.repeat(100_000)])(
  "%.20s is refused",
  (text) => {
    expect(() => parseExactJson(text)).toThrow(SyntaxError);
  },
);

test("a number that is too long to be kept is refused in words", () => {
  expect(() => parseExactJson(`{"a":1${"0".repeat(4096)}}`)).toThrow(
    "the number has 4,097 digits, and 4,096 are the most",
  );
  expect(() => valueFromJson("1".repeat(4097), "number")).toThrow("4,097 digits");
});

test("missing attributes are null, older types are converted, dynamic values bring their type", () => {
  const type: Type = ["object", { a: "string", b: "number", c: "dynamic", d: "bool" }];
  const json = parseExactJson('{"a":5,"b":"7","c":{"type":["list","number"],"value":[1]},"gone":true}');
  expect(valueFromJson(json, type)).toEqual({ a: "5", b: 7, c: [1], d: null });
  expect(() => valueFromJson({ b: "x" }, type)).toThrow(".b: a number is required");
});
