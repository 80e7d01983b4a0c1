// Values between the messages and the authors: write-only ones never leave, what exists is kept, and no blocks are none.
import type { BlockSchema } from "../../../lib/plugin";
import { UNKNOWN } from "../../../lib/plugin";
import {
  completeObject,
  decodeObject,
  emptyObject,
  readPrivate,
  requireObject,
  salvageObject,
  stateFromJson,
  withoutWriteOnly,
  writePrivate,
} from "../../../lib/plugin/server/values";

const text = (more: object) => ({ type: "string", description: "T.", optional: true, ...more }) as const;
const BLOCK: BlockSchema = { attributes: { key: text({}), secret: text({ writeOnly: true }) } };
const SCHEMA: BlockSchema = {
  attributes: {
    name: text({}),
    size: { type: "number", description: "N.", optional: true },
    secret: text({ writeOnly: true }),
  },
  blocks: {
    one: { nesting: "single", block: BLOCK },
    group: { nesting: "group", block: BLOCK },
    list: { nesting: "list", block: BLOCK },
    set: { nesting: "set", block: BLOCK },
    map: { nesting: "map", block: BLOCK },
  },
};
const NOTHING = { key: null, secret: null };
const EMPTY = { name: null, size: null, secret: null, one: null, group: NOTHING, list: [], set: [], map: {} };

test("an object of which nothing is given has no values and no blocks, but always its group", () => {
  expect(emptyObject(SCHEMA)).toEqual(EMPTY);
});

test("what is left out of an object is filled in its blocks too, and what is given stays", () => {
  const given = { name: "a", list: [{ key: "k" }], map: { m: {} }, one: {}, set: UNKNOWN };
  expect(completeObject(given as never, SCHEMA)).toEqual({
    ...EMPTY,
    name: "a",
    list: [{ key: "k", secret: null }],
    map: { m: NOTHING },
    one: NOTHING,
    set: UNKNOWN,
  });
});

test("write-only values are taken out wherever they stand; what was given is not changed", () => {
  const block = { key: "k", secret: "s" };
  const value = { ...EMPTY, secret: "s", one: block, group: block, list: [block], set: [block], map: { m: block } };
  const copy = structuredClone(value);
  const clean = { key: "k", secret: null };
  expect(withoutWriteOnly(value, SCHEMA)).toEqual({
    ...EMPTY,
    one: clean,
    group: clean,
    list: [clean],
    set: [clean],
    map: { m: clean },
  });
  expect(value).toEqual(copy);
});

describe("a wrong result of something that exists", () => {
  test("keeps each value that can be kept, then what was there before, then nothing", () => {
    const wrong = { name: 5, size: 9, list: "none", one: { key: "k", secret: null } } as never;
    const before = { ...EMPTY, name: "before", list: [NOTHING] };
    expect(salvageObject(wrong, SCHEMA, before)).toEqual({
      ...EMPTY,
      name: "before",
      size: 9,
      list: [NOTHING],
      one: { key: "k", secret: null },
    });
    expect(salvageObject(wrong, SCHEMA, null)).toEqual({ ...EMPTY, size: 9, one: { key: "k", secret: null } });
  });

  test("that is no object at all is what was there before", () => {
    expect(salvageObject("gone", SCHEMA, EMPTY)).toBe(EMPTY);
    expect(salvageObject(null, SCHEMA, null)).toBeNull();
  });
});

describe("private data", () => {
  test.each([
    ["an object", { token: "t" }],
    ["nothing", null],
  ])("%s comes back", (_name, data) => {
    expect(readPrivate(writePrivate(data, Buffer.from("before")))).toEqual(data);
  });

  test("that is not mentioned stays, byte for byte", () => {
    const before = Buffer.from('{ "token" : 1 }');
    expect(writePrivate(undefined, before)).toBe(before);
  });

  test.each(["[]", '"text"', "5", "null", "{", "\u0000"])("%j was not written by this provider", (bytes) => {
    expect(() => readPrivate(Buffer.from(bytes))).toThrow("cannot be read");
  });
});

describe("an object of a request", () => {
  const JSON_OBJECT = Buffer.from(JSON.stringify(EMPTY));

  test("is read from JSON where there is no MessagePack; nothing is null", () => {
    expect(decodeObject({ json: JSON_OBJECT }, SCHEMA)).toEqual(EMPTY);
    expect(decodeObject({}, SCHEMA)).toBeNull();
    expect(decodeObject(undefined, SCHEMA)).toBeNull();
  });

  test.each([
    ["an unknown as a whole", { msgpack: Buffer.from("d40000", "hex") }],
    ["bytes of something else", { msgpack: Buffer.of(0xa1, 0x61) }],
    ["JSON that is none", { json: Buffer.from("{") }],
  ])("%s does not fit the schema", (_name, message) => {
    expect(() => decodeObject(message, SCHEMA)).toThrow("Terraform sent a value that does not fit the schema");
  });

  test("that must be there is named where it is not", () => {
    expect(() => requireObject({}, SCHEMA, "configuration")).toThrow("Terraform sent no configuration");
  });
});

test("a stored state gets what it lacks, and must be an object", () => {
  expect(stateFromJson({ name: "a", list: [{}] }, SCHEMA)).toEqual({ ...EMPTY, name: "a", list: [NOTHING] });
  expect(() => stateFromJson(null, SCHEMA)).toThrow("The stored state is not an object");
});
