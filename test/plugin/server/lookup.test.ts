// What a call names: it is there, or an error in words.
import { dataSourceOf, dataSourceType, resourceOf, resourceType } from "../../../lib/plugin/server/lookup";
import { blockType } from "../../../lib/plugin";
import { connectTo, providerOf, SCHEMA, TYPE } from "./calls";

const source = { schema: { attributes: {} }, read: jest.fn() };
const { connection } = connectTo(providerOf({}, { dataSources: { demo_data: source } }));

test("what the provider has is found, with its type", () => {
  expect(resourceOf(connection, TYPE)).toBe(connection.provider.resources[TYPE]);
  expect(dataSourceOf(connection, "demo_data")).toBe(source);
  expect(resourceType(connection, TYPE)()).toEqual(blockType(SCHEMA));
  expect(dataSourceType(connection, "demo_data")()).toEqual(["object", {}]);
});

test.each(["other_thing", "constructor", "__proto__", ""])(
  "%j, which it does not have, is an error in words",
  (name) => {
    const words = (kind: string) =>
      expect.objectContaining({ summary: `There is no ${kind} ${name}`, detail: "test/test/demo does not have it." });
    for (const find of [() => resourceOf(connection, name), resourceType(connection, name)])
      expect(find).toThrow(words("resource"));
    for (const find of [() => dataSourceOf(connection, name), dataSourceType(connection, name)])
      expect(find).toThrow(words("data source"));
  },
);
