// Data sources read in process, each in a command of its own.
import type { ObjectValue } from "../../lib/plugin";
import type { TestDiagnostic } from "../../lib/plugin/testing";
import type { Driven } from "./driven";
import { plain, type Json } from "./plain";

/** What a data source gives; it must. */
export async function given(driven: Driven, type: string, config: ObjectValue = {}): Promise<Json> {
  await driven.connect();
  const { state, diagnostics } = await driven.driver.readDataSource(type, config);
  expect(diagnostics).toEqual([]);
  return plain(state) ?? {};
}

/** The one error of a data source that gives nothing. */
export async function refusal(driven: Driven, type: string, config: ObjectValue = {}): Promise<TestDiagnostic> {
  await driven.connect();
  const { state, diagnostics } = await driven.driver.readDataSource(type, config);
  expect(state).toBeNull();
  expect(diagnostics).toMatchObject([{ severity: "error" }]);
  return diagnostics[0] as TestDiagnostic;
}

/** A permission that the key lacks is told with the action that it is for. */
export async function expectDenied(driven: Driven, type: string, config: ObjectValue, action: string): Promise<void> {
  Object.assign(driven.simulator.keys[0] ?? {}, { deniedActions: [action] });
  const { summary, detail } = await refusal(driven, type, config);
  expect(`${summary} ${detail}`).toMatch(
    new RegExp(`may not perform this action.*${action}.*AUTHFAILURE_UNAUTHORIZED_OPERATION`, "s"),
  );
}
