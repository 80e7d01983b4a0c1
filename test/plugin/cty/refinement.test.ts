import { decodeMsgpack, encodeMsgpack, type Type, unknown, UNKNOWN, type Value } from "../../../lib/plugin";

const roundTrip = (value: Value, type: Type): Value => decodeMsgpack(encodeMsgpack(value, type), type);

test("an unknown without promises is three bytes", () => {
  expect(encodeMsgpack(UNKNOWN, "string").toString("hex")).toBe("d40000");
  expect(encodeMsgpack(unknown({}), "string").toString("hex")).toBe("d40000");
  expect(encodeMsgpack(unknown({ notNull: true }), "dynamic").toString("hex")).toBe("d40000");
});

test.each<[Type, Parameters<typeof unknown>[0]]>([
  ["string", { notNull: true, prefix: "i-" }],
  ["number", { lower: [1, true], upper: [2.5, false] }],
  [["list", "string"], { notNull: true, minLength: 2, maxLength: 300 }],
])("a promise about a %j survives the wire", (type, refinement) => {
  expect(roundTrip(unknown(refinement), type)).toEqual(unknown(refinement));
});

test("promises that the type cannot keep are left out", () => {
  expect(roundTrip(unknown({ prefix: "x", lower: [1, true] }), "bool")).toEqual(UNKNOWN);
});

test("a prefix is written whole or not at all, in an extension that Terraform reads", () => {
  for (const prefix of ["é".repeat(129), "e\u0301".repeat(100), "x".repeat(1000)]) {
    const bytes = encodeMsgpack(unknown({ notNull: true, prefix }), "string");
    expect(decodeMsgpack(bytes, "string")).toEqual(unknown({ notNull: true, prefix }));
    expect(bytes.length).toBeLessThanOrEqual(1024);
  }
  expect(roundTrip(unknown({ notNull: true, prefix: "é".repeat(501) }), "string")).toEqual(unknown({ notNull: true }));
});

test.each<[string, string, Value]>([
  ["2^53 + 1", "8103 92 d3 0020000000000001 c3", UNKNOWN],
  ["2^60 as text", "8103 92 b3 31313532393231353034363036383436393736 c2", UNKNOWN],
  ["2^70, of which core sends 17 digits", "8103 92 b6 31313830353931363230373137343131333030303030 c2", UNKNOWN],
  ["the float64 0.1, which is a little more", "8103 92 cb 3fb999999999999a c3", UNKNOWN],
  ["0.1 as text", "8103 92 a3 302e31 c3", unknown({ lower: [0.1, true] })],
])("a bound of %s is kept exactly or dropped", (_name, hex, value) => {
  const payload = Buffer.from(hex.replaceAll(" ", ""), "hex");
  const bytes = Buffer.concat([Buffer.of(0xc7, payload.length, 0x0c), payload]);
  expect(decodeMsgpack(bytes, "number")).toEqual(value);
});

test.each<[Type, Parameters<typeof unknown>[0]]>([
  ["number", { lower: [2 ** 60, true], upper: [-(2 ** 53), true] }],
  ["number", { lower: [2, true], upper: [1, true] }],
  [["list", "string"], { minLength: 3, maxLength: 2 }],
  [["list", "string"], { minLength: -1, maxLength: 2 ** 60 }],
])("a promise about a %j that would be altered or crash Terraform is left out (%#)", (type, refinement) => {
  expect(roundTrip(unknown(refinement), type)).toEqual(UNKNOWN);
});
