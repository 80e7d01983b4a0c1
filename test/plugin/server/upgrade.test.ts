// UpgradeResourceState: stored objects of every version, and none of a version that is not known.
import type { Resource } from "../../../lib/plugin";
import { upgradeResourceState } from "../../../lib/plugin/server/upgrade";
import { UpgradeResourceStateRequest, UpgradeResourceStateResponse } from "../../../lib/plugin/wire/call-messages";
import { ask, connectTo, providerOf, received, TYPE } from "./calls";

const TABLES = [UpgradeResourceStateRequest, UpgradeResourceStateResponse] as const;
const upgraded = (version: number, state: unknown, hooks: Partial<Resource<unknown>> = {}) =>
  ask(upgradeResourceState, TABLES, connectTo(providerOf(hooks)).connection, {
    type_name: TYPE,
    version,
    raw_state: { json: Buffer.from(JSON.stringify(state)) },
  });

test("a state of this version is not upgraded; what it lacks is null or empty, what it has beyond is dropped", async () => {
  const upgradeState = jest.fn();
  const answer = await upgraded(2, { id: "1", name: "a" }, { upgradeState });
  expect(upgradeState).not.toHaveBeenCalled();
  expect(received(answer.upgraded_state)).toEqual({ id: "1", name: "a", size: null, secret: null, rule: [] });
});

test("a state of an older version goes through the author's hands, with its version", async () => {
  const upgradeState = jest.fn(async ({ version, state }) => ({ name: `${String(state.title)} of ${version}` }));
  const answer = await upgraded(1, { title: "a" }, { upgradeState });
  expect(received(answer.upgraded_state)).toMatchObject({ name: "a of 1" });
});

test("a state of a newer version is refused with both versions", async () => {
  const answer = await upgraded(3, { name: "a" });
  expect(answer.upgraded_state).toBeUndefined();
  expect(answer.diagnostics[0]?.detail).toContain("It has version 3; this provider knows versions up to 2.");
});

test("an upgrade that gives what does not fit is a mistake of the author's", async () => {
  const answer = await upgraded(1, { name: "a" }, { upgradeState: async () => ({ name: ["a"] }) });
  expect(answer.upgraded_state).toBeUndefined();
  expect(answer.diagnostics).toMatchObject([{ severity: 1 }]);
});
