// One connection, call by call: what the provider gets is what core would send, and what it answers comes back as plain data.
import { createLogger, type Provider, type Resource, UNKNOWN } from "../../../lib/plugin";
import { Connection } from "../../../lib/plugin/server/connection";
import { Session } from "../../../lib/plugin/testing/session";
import { connectTo, providerOf, SCHEMA, TYPE } from "../server/calls";

const EMPTY = { id: null, name: null, size: null, secret: null, rule: [] };
const NOTHING = Buffer.alloc(0);
const sessionOf = (hooks: Partial<Resource<unknown>> = {}, more: Partial<Provider<unknown>> = {}): Session =>
  new Session(connectTo(providerOf(hooks, more)).connection);

test("a type that the provider does not have is a mistake of the test's", () => {
  const session = sessionOf();
  expect(session.schema(TYPE)).toBe(SCHEMA);
  expect(() => session.schema("other_thing")).toThrow("the provider has no resource other_thing");
  expect(() => session.dataSchema("other_data")).toThrow("the provider has no data source other_data");
});

test("what is left out is completed, and sets are sent in core's order", async () => {
  const labels = { type: ["set", "string"], description: "L.", optional: true } as const;
  const schema = { ...SCHEMA, attributes: { ...SCHEMA.attributes, labels } };
  const plan = jest.fn(async ({ proposed }) => ({ planned: proposed }));
  const config = { name: "e\u0301", labels: ["b", "a", "b"] };
  await sessionOf({ schema, plan }).plan(TYPE, null, config, config, NOTHING);
  expect(plan.mock.calls[0]?.[0]).toMatchObject({
    config: { ...EMPTY, name: "\u00e9", labels: ["a", "b"] },
    prior: null,
    private: null,
  });
});

test("the provider learns of a Terraform that has write-only attributes", async () => {
  const configure = jest.fn(async () => null);
  const session = sessionOf({}, { configure });
  expect(await session.configure({})).toEqual([]);
  expect(configure).toHaveBeenCalledWith({ region: null }, expect.objectContaining({ terraformVersion: "1.11.4" }));
  expect(await session.validate(TYPE, { name: "a", secret: "s" })).toEqual([]);
});

test("diagnostics come back with their place", async () => {
  const session = sessionOf({
    validate: (_config, { diagnostics }) => {
      diagnostics.warning("W.", "Why.", ["rule", 1, "port"]);
      diagnostics.error("E.");
    },
  });
  expect(await session.validate(TYPE, { name: "a", rule: [{ port: 1 }, { port: 2 }] })).toEqual([
    { severity: "warning", summary: "W.", detail: "Why.", path: ["rule", 1, "port"] },
    { severity: "error", summary: "E.", detail: "", path: [] },
  ]);
});

test("a plan comes back with what replaces and with private data", async () => {
  const session = sessionOf({
    plan: async ({ proposed, private: data }) => ({
      planned: { ...proposed, size: UNKNOWN },
      private: { before: data },
      requiresReplace: [["rule", 0, "port"]],
    }),
  });
  const [prior, planned] = [1, 2].map((port) => ({ ...EMPTY, name: "a", rule: [{ port }] }));
  const answer = await session.plan(TYPE, prior ?? null, planned ?? null, planned ?? null, Buffer.from('{"token":1}'));
  expect(answer).toMatchObject({ planned: { size: UNKNOWN }, requiresReplace: [["rule", 0, "port"]], diagnostics: [] });
  expect(answer.private.toString()).toBe('{"before":{"token":1}}');
});

test("private data, and the version of a state that moves, reach the provider", async () => {
  const state = { ...EMPTY, name: "a" };
  const given: unknown[] = [];
  const session = sessionOf({
    create: async ({ private: data }) => (given.push(data), { state }),
    read: async ({ private: data }) => (given.push(data), { state }),
    moveState: async ({ schemaVersion }) => (given.push(schemaVersion), { state }),
  });
  await session.apply(TYPE, null, state, state, Buffer.from('{"planned":1}'));
  await session.read(TYPE, state, Buffer.from('{"kept":1}'));
  const source = { providerAddress: "test/other/other", typeName: "other_thing", json: "{}" };
  await session.moveState(TYPE, { ...source, schemaVersion: 3 });
  await session.moveState(TYPE, source);
  expect(given).toEqual([{ planned: 1 }, { kept: 1 }, 3, 0]);
});

test("an answer without an object is null", async () => {
  const session = sessionOf({ importState: () => Promise.reject(new Error("no")) });
  expect(await session.importState(TYPE, "1")).toMatchObject({ objects: [], diagnostics: [{ severity: "error" }] });
  expect(await session.upgrade(TYPE, 3, "{}")).toMatchObject({ state: null, diagnostics: [{ severity: "error" }] });
});

test("a session that is closed waits for its calls, and lets the provider close what it holds", async () => {
  const close = jest.fn();
  const connection = new Connection(providerOf({}, { configure: () => "held", close }), createLogger({}));
  const session = new Session(connection);
  const running = session.configure({});
  expect(connection.busy).toBe(true);
  await running;
  await session.stop();
  expect([connection.signal.aborted, close.mock.calls]).toEqual([true, []]);
  await session.close();
  expect(close.mock.calls).toEqual([["held"]]);
});
