// ReadResource, ImportResourceState and ReadDataSource: what really exists, and nothing lost where it cannot be told.
import type { Provider, Resource } from "../../../lib/plugin";
import { importResourceState, readDataSource, readResource } from "../../../lib/plugin/server/read";
import * as messages from "../../../lib/plugin/wire/call-messages";
import { ask, connectTo, providerOf, received, SCHEMA, sent, TYPE } from "./calls";

const STATE = { id: "1", name: "a", size: 1 };
const PRIVATE = Buffer.from('{"token":"t"}');

describe("a read", () => {
  const TABLES = [messages.ReadResourceRequest, messages.ReadResourceResponse] as const;
  const read = (hook: Resource<unknown>["read"], state: object | null = STATE) =>
    ask(readResource, TABLES, connectTo(providerOf({ read: hook })).connection, {
      type_name: TYPE,
      current_state: sent(state as never),
      private: PRIVATE,
    });

  test("stores what it finds, and keeps private data that it does not mention", async () => {
    const answer = await read(async ({ state }) => ({ state: { ...state, size: 5 } }));
    expect(received(answer.new_state)).toMatchObject({ name: "a", size: 5 });
    expect(answer.private).toEqual(PRIVATE);
  });

  test("that finds nothing empties the state", async () => {
    expect(received((await read(async () => ({ state: null }))).new_state)).toBeNull();
  });

  test.each<[string, Resource<unknown>["read"]]>([
    ["throws", () => Promise.reject(new Error("no"))],
    ["gives what does not fit", async () => ({ state: { name: 5 } })],
  ])("that %s keeps state and private data: it is no sign that the object has gone", async (_name, hook) => {
    const answer = await read(hook);
    expect(received(answer.new_state)).toMatchObject(STATE);
    expect(answer.private).toEqual(PRIVATE);
    expect(answer.diagnostics).toMatchObject([{ severity: 1 }]);
  });

  test("of nothing asks nobody", async () => {
    const hook = jest.fn();
    expect(received((await read(hook, null)).new_state)).toBeNull();
    expect(hook).not.toHaveBeenCalled();
  });
});

describe("an import", () => {
  const TABLES = [messages.ImportResourceStateRequest, messages.ImportResourceStateResponse] as const;
  const imported = (hooks: Partial<Resource<unknown>>) =>
    ask(importResourceState, TABLES, connectTo(providerOf(hooks)).connection, { type_name: TYPE, id: "1" });

  test("needs to give only what it knows", async () => {
    const { imported_resources: objects } = await imported({
      importState: async ({ id }) => ({ state: { id }, private: { token: "t" } }),
    });
    expect(objects).toHaveLength(1);
    expect(objects[0]?.type_name).toBe(TYPE);
    expect(received(objects[0]?.state)).toEqual({ id: "1", name: null, size: null, secret: null, rule: [] });
    expect(objects[0]?.private).toEqual(PRIVATE);
  });

  test.each<[string, Partial<Resource<unknown>>, string]>([
    ["is not offered", {}, `${TYPE} cannot be imported`],
    [
      "tells an error",
      { importState: async (_request, { diagnostics }) => (diagnostics.error("No."), { state: {} }) },
      "No.",
    ],
    [
      "throws",
      { importState: () => Promise.reject(new Error("no")) },
      `Internal error of the provider when importing ${TYPE}`,
    ],
  ])("that %s gives no object", async (_name, hooks, summary) => {
    const answer = await imported(hooks);
    expect(answer.imported_resources).toEqual([]);
    expect(answer.diagnostics).toMatchObject([{ severity: 1, summary }]);
  });
});

describe("a data source", () => {
  const TABLES = [messages.ReadDataSourceRequest, messages.ReadDataSourceResponse] as const;
  const read = (hook: Provider<unknown>["dataSources"][string]["read"]) => {
    const dataSources = { demo_data: { schema: SCHEMA, read: hook } };
    const { connection } = connectTo(providerOf({}, { dataSources }));
    return ask(readDataSource, TABLES, connection, { type_name: "demo_data", config: sent({ name: "a" }) });
  };

  test("gives what it finds for its configuration", async () => {
    const answer = await read(async ({ config }) => ({ ...config, size: 5 }));
    expect(received(answer.state)).toMatchObject({ name: "a", size: 5 });
  });

  test("that tells an error gives nothing, and no second error for what is incomplete", async () => {
    const answer = await read(async (_request, { diagnostics }) => (diagnostics.error("No."), {}));
    expect(answer.state).toBeUndefined();
    expect(answer.diagnostics.map(({ summary }) => summary)).toEqual(["No."]);
  });
});
