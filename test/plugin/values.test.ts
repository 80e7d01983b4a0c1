import fc from "fast-check";
import {
  Decimal,
  decodeMsgpack,
  encodeMsgpack,
  equalValues,
  isDecimal,
  isUnknown,
  isWhollyKnown,
  numberFromText,
  numberText,
  parseExactJson,
  type Type,
  unknown,
  UNKNOWN,
  type Value,
  valueFromJson,
} from "../../lib/plugin";

const roundTrip = (value: Value, type: Type): Value => decodeMsgpack(encodeMsgpack(value, type), type);

describe("numbers", () => {
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

  test.each(["", "abc", "0x10", "1e", "1".repeat(5000), "1e9999999999", "NaN"])("%j is refused", (text) => {
    expect(() => numberFromText(text)).toThrow(TypeError);
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

  test("integers beyond 53 bits and binary fractions without short decimal text stay exact", () => {
    expect(decodeMsgpack(Buffer.from("cfffffffffffffffff", "hex"), "number")).toEqual(
      new Decimal("18446744073709551615"),
    );
    expect(decodeMsgpack(Buffer.from("d38000000000000001", "hex"), "number")).toEqual(
      new Decimal("-9223372036854775807"),
    );
    expect(decodeMsgpack(Buffer.from("cb3c30000000000000", "hex"), "number")).toEqual(
      new Decimal("8.67361737988403547205962240695953369140625e-19"),
    );
  });

  test("an infinity survives, NaN is refused", () => {
    expect(roundTrip(-Infinity, "number")).toBe(-Infinity);
    expect(() => encodeMsgpack(NaN, "number")).toThrow("a number is required, not NaN");
    expect(() => decodeMsgpack(Buffer.from("cb7ff8000000000000", "hex"), "number")).toThrow("NaN");
  });
});

describe("values", () => {
  const types: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
    type: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Type>("string", "number", "bool"),
      tie("type").map((type): Type => ["list", type]),
      tie("type").map((type): Type => ["set", type]),
      tie("type").map((type): Type => ["map", type]),
      fc
        .dictionary(fc.string({ minLength: 1, maxLength: 3 }), tie("type"), { maxKeys: 3 })
        .map((members): Type => ["object", { ...members }]),
      fc.array(tie("type"), { maxLength: 3 }).map((members): Type => ["tuple", members]),
    ),
  })).type;

  function valuesOf(type: Type): fc.Arbitrary<Value> {
    const some = (): fc.Arbitrary<Value> => {
      if (type === "string") return fc.string({ unit: "grapheme" });
      if (type === "bool") return fc.boolean();
      if (type === "number" || type === "dynamic") {
        return fc.oneof(
          fc.maxSafeInteger(),
          fc.bigInt().map((big) => numberFromText(String(big)) as Value),
        );
      }
      if (type[0] === "list" || type[0] === "set") return fc.array(valuesOf(type[1]), { maxLength: 3 });
      if (type[0] === "map")
        return fc.dictionary(fc.string(), valuesOf(type[1]), { maxKeys: 3 }).map((map) => ({ ...map }));
      if (type[0] === "tuple") return fc.tuple(...type[1].map(valuesOf));
      return fc.record(Object.fromEntries(Object.entries(type[1]).map(([name, member]) => [name, valuesOf(member)])), {
        noNullPrototype: true,
      });
    };
    return fc.oneof({ weight: 8, arbitrary: some() }, fc.constantFrom<Value>(null, UNKNOWN));
  }

  test("every value of every type survives the wire", () => {
    const typed = types.chain((type) => valuesOf(type).map((value) => ({ type, value })));
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        expect(equalValues(roundTrip(value, type), value, type)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("an object needs every attribute and no other", () => {
    const type: Type = ["object", { a: "string", b: ["object", { c: "bool" }] }];
    expect(() => encodeMsgpack({ a: "x" }, type)).toThrow(".b: the attribute is missing");
    expect(() => encodeMsgpack({ a: "x", b: {} }, type)).toThrow(".b.c: the attribute is missing");
    expect(() => encodeMsgpack({ a: "x", b: null, d: 1 }, type)).toThrow(".d: the schema has no such attribute");
    expect(() => encodeMsgpack({ a: 1, b: null }, type)).toThrow(".a: a string is required");
  });

  test("a set is written without duplicates and compared without order", () => {
    expect(roundTrip(["b", "a", "b"], ["set", "string"])).toEqual(["b", "a"]);
    expect(equalValues(["a", "b"], ["b", "a"], ["set", "string"])).toBe(true);
    expect(equalValues(["a", "b"], ["b", "a"], ["list", "string"])).toBe(false);
  });

  test("a dynamic value keeps the type it came with", () => {
    const bytes = Buffer.from([0x92, 0xc4, 17, ...Buffer.from('["list","string"]'), 0x91, 0xa1, 0x61]);
    expect(encodeMsgpack(decodeMsgpack(bytes, "dynamic"), "dynamic")).toEqual(bytes);
    expect(roundTrip({ a: [1, "x", null] }, "dynamic")).toEqual({ a: [1, "x", null] });
  });

  test("a key named __proto__ is a key like any other", () => {
    const value = decodeMsgpack(Buffer.from([0x81, 0xa9, ...Buffer.from("__proto__"), 0xa1, 0x78]), ["map", "string"]);
    expect(Object.entries(value as object)).toEqual([["__proto__", "x"]]);
    expect(roundTrip(value, ["map", "string"])).toEqual(value);
  });
});

describe("unknown values", () => {
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

  test("promises that the type cannot keep are left out, long prefixes are shortened", () => {
    expect(roundTrip(unknown({ prefix: "x", lower: [1, true] }), "bool")).toEqual(UNKNOWN);
    expect(encodeMsgpack(unknown({ prefix: "é".repeat(5000) }), "string").length).toBeLessThan(300);
  });

  test("extensions of other types are unknown", () => {
    expect(decodeMsgpack(Buffer.from("d46300", "hex"), "string")).toEqual(UNKNOWN);
    expect(isUnknown({ unknown: true, refinement: null })).toBe(false);
    expect(isWhollyKnown({ a: [{ b: UNKNOWN }] })).toBe(false);
    expect(isWhollyKnown({ a: [{ b: null }] })).toBe(true);
  });
});

describe("state as JSON", () => {
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

  test.each(["{", '{"a":01}', "[1,]", "-", '"\\u0000', "[".repeat(10_000) + "]".repeat(10_000)])(
    "%.20s is refused",
    (text) => {
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
    },
  );

  test("missing attributes are null, older types are converted, dynamic values bring their type", () => {
    const type: Type = ["object", { a: "string", b: "number", c: "dynamic", d: "bool" }];
    const json = parseExactJson('{"a":5,"b":"7","c":{"type":["list","number"],"value":[1]},"gone":true}');
    expect(valueFromJson(json, type)).toEqual({ a: "5", b: 7, c: [1], d: null });
    expect(() => valueFromJson({ b: "x" }, type)).toThrow(".b: a number is required");
  });
});
