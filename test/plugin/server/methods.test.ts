// The methods of the protocol that are served, each by its own call.
import * as apply from "../../../lib/plugin/server/apply";
import { CollectedDiagnostics } from "../../../lib/plugin/server/diagnostics";
import { PROVIDER_METHODS } from "../../../lib/plugin/server/methods";
import * as move from "../../../lib/plugin/server/move";
import * as plan from "../../../lib/plugin/server/plan";
import * as config from "../../../lib/plugin/server/provider-config";
import * as read from "../../../lib/plugin/server/read";
import * as schema from "../../../lib/plugin/server/schema";
import * as upgrade from "../../../lib/plugin/server/upgrade";
import * as validate from "../../../lib/plugin/server/validate";
import * as callMessages from "../../../lib/plugin/wire/call-messages";
import * as schemaMessages from "../../../lib/plugin/wire/schema-messages";
import { connectTo, providerOf } from "./calls";

const CALLS: Readonly<Record<string, unknown>> = {
  ...apply,
  ...move,
  ...plan,
  ...config,
  ...read,
  ...schema,
  ...upgrade,
  ...validate,
};

test("every request that has a message is served", () => {
  const requests = Object.keys({ ...callMessages, ...schemaMessages }).filter((name) => name.endsWith("Request"));
  expect(requests.sort()).toEqual([...PROVIDER_METHODS.keys()].map((name) => `${name}Request`).sort());
});

test.each([...PROVIDER_METHODS.keys()].filter((name) => name !== "StopProvider"))(
  "%s by the call of its name",
  (name) => {
    expect(PROVIDER_METHODS.get(name)).toBe(CALLS[`${name.charAt(0).toLowerCase()}${name.slice(1)}`]);
  },
);

test("StopProvider aborts the signal of calls that run, answers at once, and leaves the configuration", async () => {
  const { connection } = connectTo(providerOf());
  connection.configure("held");
  let end = (): void => undefined;
  const running = connection.track(() => new Promise<void>((resolve) => (end = resolve)));
  const { signal } = connection.callContext(new CollectedDiagnostics());
  expect(signal.aborted).toBe(false);
  await PROVIDER_METHODS.get("StopProvider")?.handle(connection, Buffer.alloc(0));
  expect([signal.aborted, connection.busy, connection.callContext(new CollectedDiagnostics()).data]).toEqual([
    true,
    true,
    "held",
  ]);
  end();
  await running;
});
