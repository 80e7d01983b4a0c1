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

test("NaN is no number of Terraform's", () => {
  expect(() => numberText(NaN)).toThrow("NaN is not a Terraform number");
});
