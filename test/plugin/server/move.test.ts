// MoveResourceState: what a `moved` block hands over, and what comes of it.
import type { Resource } from "../../../lib/plugin";
import { moveResourceState } from "../../../lib/plugin/server/move";
import { MoveResourceStateRequest, MoveResourceStateResponse } from "../../../lib/plugin/wire/call-messages";
import { ask, connectTo, providerOf, received, TYPE } from "./calls";

const TABLES = [MoveResourceStateRequest, MoveResourceStateResponse] as const;
const moved = (hooks: Partial<Resource<unknown>>, json = '{"id":"1"}') =>
  ask(moveResourceState, TABLES, connectTo(providerOf(hooks)).connection, {
    source_provider_address: "test/other/other",
    source_type_name: "other_thing",
    source_schema_version: 4,
    source_state: { json: Buffer.from(json) },
    target_type_name: TYPE,
  });

test("the author learns all of the source, and gives only what is known", async () => {
  const moveState = jest.fn(async ({ state }) => ({ state: { id: state.id }, private: { token: "t" } }));
  const answer = await moved({ moveState });
  expect(moveState.mock.calls[0]?.[0]).toEqual({
    providerAddress: "test/other/other",
    typeName: "other_thing",
    schemaVersion: 4,
    state: { id: "1" },
  });
  expect(received(answer.target_state)).toEqual({ id: "1", name: null, size: null, secret: null, rule: [] });
  expect(answer.target_private.toString()).toBe('{"token":"t"}');
});

test.each<[string, Partial<Resource<unknown>>, string | undefined]>([
  ["that no author offers", {}, undefined],
  ["of a state that cannot be read", { moveState: async () => ({ state: {} }) }, "{secret-word"],
  [
    "that tells an error",
    { moveState: async (_r, { diagnostics }) => (diagnostics.error("No."), { state: {} }) },
    undefined,
  ],
])("a move %s gives no state", async (_name, hooks, json) => {
  const answer = await moved(hooks, json);
  expect(answer.target_state).toBeUndefined();
  expect(answer.diagnostics).toMatchObject([{ severity: 1 }]);
  expect(JSON.stringify(answer.diagnostics)).not.toContain("secret-word");
});
