// ValidateProviderConfig and ConfigureProvider: what a connection holds from then on.
import { configureProvider, validateProviderConfig } from "../../../lib/plugin/server/provider-config";
import { CollectedDiagnostics } from "../../../lib/plugin/server/diagnostics";
import { encodeMsgpack, type Provider } from "../../../lib/plugin";
import * as messages from "../../../lib/plugin/wire/call-messages";
import { ask, connectTo, providerOf } from "./calls";

const config = (region: string | null) => ({ msgpack: encodeMsgpack({ region }, ["object", { region: "string" }]) });
const configured = (more: Partial<Provider<unknown>>) => {
  const { connection } = connectTo(providerOf({}, more));
  const TABLES = [messages.ConfigureProviderRequest, messages.ConfigureProviderResponse] as const;
  const configure = (region: string) =>
    ask(configureProvider, TABLES, connection, { terraform_version: "1.11.4", config: config(region) });
  return { configure, data: () => connection.callContext(new CollectedDiagnostics()).data, connection };
};

test("what an author makes of a configuration is what calls get; it learns who asks and when to stop", async () => {
  const hook = jest.fn(async ({ region }) => ({ region }));
  const { configure, data, connection } = configured({ configure: hook });
  expect((await configure("east")).diagnostics).toEqual([]);
  expect(data()).toEqual({ region: "east" });
  expect(hook.mock.calls[0]).toMatchObject([
    { region: "east" },
    { terraformVersion: "1.11.4", signal: connection.signal },
  ]);
});

test("configured anew, what was held before is closed", async () => {
  const close = jest.fn();
  const { configure, data } = configured({ configure: ({ region }) => region, close });
  await configure("east");
  close.mockClear();
  await configure("west");
  expect(close.mock.calls).toEqual([["east"]]);
  expect(data()).toBe("west");
});

test("a configuration that fails is an error, and does not become what calls get", async () => {
  const { configure, data } = configured({ configure: () => Promise.reject(new Error("no")) });
  expect((await configure("east")).diagnostics).toMatchObject([{ severity: 1 }]);
  expect(data()).toBeNull();
});

test("validation reaches the author, and needs no hook", async () => {
  const TABLES = [messages.ValidateProviderConfigRequest, messages.ValidateProviderConfigResponse] as const;
  const validate: Provider<unknown>["validate"] = ({ region }, { diagnostics }) => {
    if (region === "mars") diagnostics.error("No such region.", "", ["region"]);
  };
  const ofHook = (more: Partial<Provider<unknown>>, region: string) =>
    ask(validateProviderConfig, TABLES, connectTo(providerOf({}, more)).connection, { config: config(region) });
  expect((await ofHook({ validate }, "mars")).diagnostics).toMatchObject([{ summary: "No such region." }]);
  expect((await ofHook({ validate }, "east")).diagnostics).toEqual([]);
  expect((await ofHook({}, "mars")).diagnostics).toEqual([]);
});
