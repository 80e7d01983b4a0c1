import type { BlockSchema, ObjectValue, Provider } from "../../../lib/plugin";
import { UNKNOWN } from "../../../lib/plugin";
import { createTestDriver } from "../../../lib/plugin/testing";

const text = (kind: "required" | "optional") => ({ type: "string", description: "Text.", [kind]: true }) as const;
const BLOCK: BlockSchema = { attributes: { a: text("required"), b: text("required"), c: text("optional") } };
const SCHEMA: BlockSchema = {
  attributes: { name: text("required"), any: { type: "dynamic", description: "Anything.", required: true } },
  blocks: {
    one: { nesting: "single", block: BLOCK },
    list: { nesting: "list", block: BLOCK },
    map: { nesting: "map", block: { ...BLOCK, blocks: { inner: { nesting: "set", block: BLOCK } } } },
  },
};

function provider(validated: () => void): Provider<null> {
  const validate = (config: ObjectValue): void => {
    if (config["name"] === null) throw new TypeError("an author counts on required values");
    validated();
  };
  return {
    address: "test/test/required",
    version: "0",
    schema: { attributes: { region: text("required") } },
    resources: {
      required_thing: {
        schema: { version: 0, ...SCHEMA },
        validate,
        create: async ({ planned }) => ({ state: planned }),
        update: async ({ planned }) => ({ state: planned }),
        read: async ({ state }) => ({ state }),
        delete: async () => undefined,
      },
    },
    dataSources: { required_data: { schema: SCHEMA, validate, read: async ({ config }) => config } },
    configure: () => null,
  };
}

const FULL = { a: "x", b: "y" };

test.each<[string, ObjectValue, readonly string[]]>([
  ["everything given", { name: "n", any: 1, list: [FULL] }, []],
  ["unknown values pass", { name: UNKNOWN, any: UNKNOWN, list: UNKNOWN, one: { a: UNKNOWN, b: UNKNOWN } }, []],
  ["a block that is absent needs nothing", { name: "n", any: 1, one: null }, []],
  ["an attribute", { any: 1 }, ["name is required"]],
  ["one error per block", {}, ["name and any are required"]],
  [
    "blocks of each kind",
    { name: "n", any: 1, one: { a: "x" }, list: [FULL, { b: "y" }, {}], map: { k: { ...FULL, inner: [{ a: "x" }] } } },
    [
      "one.b is required",
      "list[1].a is required",
      "list[2].a and list[2].b are required",
      "map.k.inner[0].b is required",
    ],
  ],
])("%s", async (_name, config, summaries) => {
  const validated = jest.fn();
  const driver = createTestDriver(provider(validated));
  for (const diagnostics of [
    await driver.validate("required_thing", config),
    await driver.validateDataSource("required_data", config),
  ]) {
    expect(diagnostics.map(({ summary }) => summary)).toEqual(summaries);
  }
  expect(validated).toHaveBeenCalledTimes(summaries.length === 0 ? 2 : 0);
});

test("the error points at the attribute", async () => {
  const driver = createTestDriver(provider(() => undefined));
  const [error] = await driver.validate("required_thing", { name: "n", any: 1, list: [FULL, { b: "y" }] });
  expect(error).toMatchObject({ severity: "error", path: ["list", 1, "a"], detail: expect.stringContaining("null") });
});

test("a provider's configuration is checked too, a state is not", async () => {
  const driver = createTestDriver(provider(() => undefined));
  expect((await driver.configure()).map(({ summary }) => summary)).toEqual(["region is required"]);
  await driver.configure({ region: "east" });
  const held = { state: { name: null, any: null, one: null, list: [], map: {} }, private: Buffer.alloc(0) };
  expect((await driver.read("required_thing", held)).diagnostics).toEqual([]);
  expect((await driver.plan("required_thing", { name: "n", any: 1 }, held)).action).toBe("update");
  expect((await driver.plan("required_thing", null, held)).action).toBe("delete");
});
