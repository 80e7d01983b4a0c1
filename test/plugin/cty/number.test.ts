import fc from "fast-check";
import {
  Decimal,
  decodeMsgpack,
  encodeMsgpack,
  equalValues,
  isDecimal,
  numberFromText,
  numberText,
  type Type,
  type Value,
} from "../../../lib/plugin";

const roundTrip = (value: Value, type: Type): Value => decodeMsgpack(encodeMsgpack(value, type), type);

test.each([
  ["0.1", 0.1],
  ["-0", 0],
  ["1e100", 1e100],
  ["1" + "0".repeat(100), 1e100],
  ["1.50", 1.5],
  ["9007199254740991", 9007199254740991],
  ["0.0000001", 1e-7],
])("%s is the JavaScript number %d", (text, number) => {
  expect(numberFromText(text)).toBe(number);
});

test.each([
  "9007199254740993",
  "18446744073709551615",
  "123456789012345678901234567890",
  "3.14159265358979323846",
  "1e999",
])("%s stays exact", (text) => {
  const number = numberFromText(text);
  expect(isDecimal(number)).toBe(true);
  expect(equalValues(number, new Decimal(text))).toBe(true);
  expect(equalValues(roundTrip(number, "number"), number)).toBe(true);
});

test.each(["", "abc", "0x10", "1e", "NaN"])("%j is refused", (text) => {
  expect(() => numberFromText(text)).toThrow("is not a decimal number");
});

test.each([
  ["1".repeat(4097), "the number has 4,097 digits, and 4,096 are the most"],
  [`-0.${"1".repeat(5000)}e3`, "the number has 5,001 digits, and 4,096 are the most"],
  ["1e9999999999", "the number has the exponent 9999999999, and 999,999,999 is the most"],
])("what is too long is told so (%#)", (text, problem) => {
  expect(() => numberFromText(text)).toThrow(problem);
  const bytes = Buffer.concat([Buffer.of(0xda, text.length >> 8, text.length & 0xff), Buffer.from(text)]);
  expect(() => decodeMsgpack(bytes, "number")).toThrow(problem);
});

test("4,096 digits are kept", () => {
  const text = `-${"1".repeat(4096)}`;
  expect(numberText(numberFromText(text))).toBe(text);
});

test("every finite number survives the wire as text", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(Number(numberText(number))).toBe(number === 0 ? 0 : number);
      expect(roundTrip(number, "number")).toBe(number === 0 ? 0 : number);
    }),
  );
});

test.each([
  ["00", 0],
  ["7f", 127],
  ["ff", -1],
  ["cc80", 128],
  ["cd0100", 256],
  ["ce00010000", 65536],
  ["d080", -128],
  ["d1ff00", -256],
  ["d2ffff0000", -65536],
  ["cb3ff8000000000000", 1.5],
  ["ca3fc00000", 1.5],
  ["cb7ff0000000000000", Infinity],
  ["a3302e31", 0.1],
])("the bytes %s are %d", (hex, number) => {
  expect(decodeMsgpack(Buffer.from(hex, "hex"), "number")).toBe(number);
});

test("integers beyond 53 bits stay exact", () => {
  expect(decodeMsgpack(Buffer.from("cfffffffffffffffff", "hex"), "number")).toEqual(
    new Decimal("18446744073709551615"),
  );
  expect(decodeMsgpack(Buffer.from("d38000000000000001", "hex"), "number")).toEqual(
    new Decimal("-9223372036854775807"),
  );
});

test("an infinity survives, NaN is refused", () => {
  expect(roundTrip(-Infinity, "number")).toBe(-Infinity);
  expect(() => encodeMsgpack(NaN, "number")).toThrow("a number is required, not NaN");
  expect(() => decodeMsgpack(Buffer.from("cb7ff8000000000000", "hex"), "number")).toThrow("NaN");
});
