// The provider as Terraform configures it: from its configuration and the environment, and with nobody asked before that is needed.
import { createLogger, maskSecrets, UNKNOWN, type ObjectValue } from "../../lib/plugin";
import { CollectedDiagnostics } from "../../lib/plugin/server/diagnostics";
import { createProvider } from "../../lib/provider";
import { SPEC_KINDS } from "../../lib/provider/spec";
import { startSimulator, type Simulator } from "../../lib/simulator";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ fleet: [{ instanceId: "1" }] });
});
beforeEach(() => simulator.clearRequests());
const opened: (() => void)[] = [];
afterEach(() => opened.splice(0).forEach((close) => close()));
afterAll(() => simulator.stop());

async function configured(config: ObjectValue = {}, env: Readonly<Record<string, string>> = simulator.env()) {
  const provider = createProvider({ env, home: "/nonexistent", timing: { gracePeriod: 7 } });
  const diagnostics = new CollectedDiagnostics();
  const context = {
    diagnostics,
    log: createLogger({}),
    signal: new AbortController().signal,
    terraformVersion: "1.11.4",
  };
  const connection = await provider.configure(config, context);
  const close = () => provider.close?.(connection);
  opened.push(close);
  return { connection, errors: diagnostics.entries, close };
}

test("asks nobody while it is configured", async () => {
  const { connection, errors, close } = await configured();
  expect(errors).toEqual([]);
  expect(connection.reconciler).not.toBeNull();
  expect(simulator.requests).toEqual([]);
  close();
});

test.each(["endpoint", "access_key_password", "read_only", "max_retries"])(
  "cannot ask while %s is known only after apply, and says nothing of what is missing",
  async (name) => {
    const { connection, errors } = await configured({ [name]: UNKNOWN }, {});
    expect(connection.reconciler).toBeNull();
    expect(errors).toEqual([]);
  },
);

test("without credentials: an error, and a connection that asks nobody", async () => {
  const { connection, errors } = await configured({}, {});
  expect(connection.reconciler).toBeNull();
  expect(errors).toMatchObject([{ severity: "error" }]);
});

test.each([
  ["by its argument", { read_only: true }, {}, true],
  ["by the environment", {}, { ZENLAYER_READ_ONLY: "1" }, true],
  ["by the environment, whatever the argument", { read_only: false }, { ZENLAYER_READ_ONLY: "1" }, true],
  ["not otherwise", {}, {}, false],
])("is read-only %s", async (_name, config, env, readOnly) => {
  const { connection } = await configured(config, { ...simulator.env(), ...env });
  expect(connection.reconciler?.readOnly).toBe(readOnly);
});

test("retries as often as it is told, and by itself where it is told nothing", async () => {
  expect((await configured({ max_retries: 0 })).connection.reconciler?.maxRetries).toBe(0);
  expect((await configured()).connection.reconciler?.maxRetries).toBeGreaterThan(0);
});

test("a timing that is given in part leaves the rest as it is", async () => {
  const { timing } = (await configured()).connection.reconciler ?? {};
  expect(timing).toMatchObject({ gracePeriod: 7, firstInterval: expect.any(Number) });
});

test("secrets of the configuration and of the environment are masked from then on, though it fails", async () => {
  const env = { ZENLAYER_TOKEN: "a-token-of-the-environment" };
  await configured({ access_key_password: "a-password-of-the-block", endpoint: UNKNOWN }, env);
  const text = maskSecrets("a-password-of-the-block a-token-of-the-environment");
  expect(text).toBe("*** ***");
});

test("two connections share neither client nor what was read", async () => {
  const [one, two] = [await configured(), await configured()];
  expect(one.connection.reconciler?.client).not.toBe(two.connection.reconciler?.client);
  expect(one.connection.reconciler?.machines).not.toBe(two.connection.reconciler?.machines);
});

test("every resource has a quote of its own, which takes what the resource takes", () => {
  const { resources, dataSources } = createProvider({ env: {} });
  const quotes = SPEC_KINDS.map(({ quote }) => quote);
  expect(new Set(quotes).size).toBe(Object.keys(resources).length);
  for (const { typeName, quote, axes } of SPEC_KINDS)
    for (const axis of axes)
      expect(dataSources[quote]?.schema.attributes[axis]?.type).toBe(
        resources[typeName]?.schema.attributes[axis]?.type,
      );
});
