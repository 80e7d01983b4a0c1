// Floating-point numbers as core compares them, against what Go wrote (`../recorded/README.md`).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Decimal, decodeMsgpack, encodeMsgpack, numberText, type Value } from "../../../lib/plugin";

const sentBack = (hex: string): string => {
  const value = decodeMsgpack(Buffer.from(hex, "hex"), "number");
  return String(decodeMsgpack(encodeMsgpack(value, "number"), "string"));
};

/** A value as core sends it, and the text that core compares. */
test.each([
  ["the float64 0.1", "cb3fb999999999999a", "0.1"],
  ["pow(1.1, 2)", "cb3ff35c28f5c28f5d", "1.2100000000000002"],
  ["0.5, exact in both", "cb3fe0000000000000", "0.5"],
  ["0.1 + 0.2", "a3302e33", "0.3"],
  ["2^53 - 1", "cf001fffffffffffff", "9007199254740991"],
  ["2^53 + 1", "d30020000000000001", "9007199254740993"],
  ["an id of 18 digits", "cf0c7d713b49da0001", "900000000000000001"],
  ["an integer as float64", "cb44b52d02c7e14af6", "99999999999999991611392"],
  ["the float32 0.1", "ca3dcccccd", "0.10000000149011612"],
])("%s", (_name, hex, text) => {
  expect(sentBack(hex)).toBe(text);
});

test("1/3 and 1e400 come as text and go back digit by digit", () => {
  for (const text of [`0.${"3".repeat(154)}`, `1${"0".repeat(400)}`]) {
    const bytes = Buffer.concat([Buffer.of(0xda, text.length >> 8, text.length & 0xff), Buffer.from(text)]);
    expect(sentBack(bytes.toString("hex"))).toBe(text);
  }
});

test("every recorded fraction is read as the text that Go writes for it", () => {
  const lines = gunzipSync(readFileSync(join(__dirname, "..", "recorded", "fractions.txt.gz")))
    .toString()
    .trimEnd()
    .split("\n");
  const wrong = lines.flatMap((line) => {
    const [hex = "", text = ""] = line.split(" ");
    const value: Value = decodeMsgpack(Buffer.from(`cb${hex}`, "hex"), "number");
    const read = typeof value === "number" || value instanceof Decimal ? numberText(value) : String(value);
    return read === new Decimal(text).decimal ? [] : [`${hex}: ${read} and not ${text}`];
  });
  expect(wrong).toEqual([]);
  expect(lines.length).toBeGreaterThan(4_000);
});
