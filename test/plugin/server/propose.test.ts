import { type BlockSchema, type ObjectValue, type Provider, UNKNOWN } from "../../../lib/plugin";
import { createTestDriver, type TestInstance } from "../../../lib/plugin/testing";
import { proposePlan } from "../../../lib/plugin/server/propose";
import { getProviderSchema } from "../../../lib/plugin/server/schema";
import { Connection } from "../../../lib/plugin/server/connection";
import { createLogger } from "../../../lib/plugin/log/logger";
import { NAIVE_STEPS, naiveProvider } from "../naive-provider";

const TYPE = "naive_thing";

async function created(config: ObjectValue) {
  const driver = createTestDriver(naiveProvider);
  await driver.configure();
  const { instance } = await driver.applyConfig(TYPE, config);
  return { driver, instance };
}

test("a provider without a plan hook keeps Terraform's rules through every kind of change", async () => {
  const driver = createTestDriver(naiveProvider);
  await driver.configure();
  let instance: TestInstance | null = null;
  for (const [what, config] of NAIVE_STEPS) {
    ({ instance } = await driver.applyConfig(TYPE, config, instance));
    expect([what, (await driver.plan(TYPE, config, instance)).action]).toEqual([what, "no-op"]);
  }
});

test("an update makes unknown what the configuration does not say, and keeps what is stable", async () => {
  const { driver, instance } = await created({
    name: "a",
    size: 5,
    disk: [{ gigabytes: 1 }],
    rule: [{ port: 80, rank: 3 }, { port: 443 }],
    options: { k: { port: 1 } },
  });
  const { planned } = await driver.plan(
    TYPE,
    {
      name: "b",
      size: 5,
      disk: [{ gigabytes: 2 }, { gigabytes: 1 }],
      rule: [{ port: 80, rank: 3 }, { port: 443 }],
      options: { k: { port: 1 } },
    },
    instance,
  );
  expect(planned).toMatchObject({ id: "thing-1", url: UNKNOWN, size: 5, options: { k: { port: 1, label: UNKNOWN } } });
  expect(planned?.["disk"]).toEqual([
    { gigabytes: 2, device: "sd0", path: UNKNOWN },
    { gigabytes: 1, device: UNKNOWN, path: UNKNOWN },
  ]);
  expect(planned?.["rule"]).toEqual([
    { port: 443, rank: UNKNOWN, label: UNKNOWN, part: [] },
    { port: 80, rank: 3, label: UNKNOWN, part: [] },
  ]);
});

test("nothing is unknown where nothing changes: values removed from the configuration and write-only values are no change", async () => {
  const { driver, instance } = await created({ name: "a", size: 5, secret: "one" });
  expect(await driver.plan(TYPE, { name: "a", secret: "two" }, instance)).toMatchObject({
    action: "no-op",
    planned: { size: 5, url: "https://a.test", secret: null },
  });
});

test("a plan hook may say otherwise, and sees no write-only value in what is proposed", async () => {
  const { naive_thing: thing } = naiveProvider.resources;
  const provider: Provider<null> = {
    ...naiveProvider,
    resources: {
      [TYPE]: {
        ...thing!,
        plan: async ({ proposed, config }) => {
          expect([proposed["secret"], config["secret"]]).toEqual([null, "one"]);
          return { planned: { ...proposed, url: `https://${String(config["name"])}.test` } };
        },
      },
    },
  };
  const driver = createTestDriver(provider);
  await driver.configure();
  const { instance } = await driver.applyConfig(TYPE, { name: "a", secret: "one" });
  const { planned } = await driver.plan(TYPE, { name: "b", secret: "one" }, instance);
  expect(planned).toMatchObject({ url: "https://b.test", size: UNKNOWN });
});

test("only what is computed can be stable", async () => {
  const provider: Provider<unknown> = {
    ...naiveProvider,
    schema: { attributes: { region: { type: "string", description: "Region.", optional: true, stable: true } } },
  };
  await expect(getProviderSchema.handle(new Connection(provider, createLogger({})), Buffer.alloc(0))).rejects.toThrow(
    "provider, attribute region: only a computed attribute can be stable",
  );
});

test("an element of a set that changed is a new one: what is stable in it is not known, though it was null before", () => {
  const text = (more: object) => ({ type: "string", description: "T.", ...more }) as const;
  const block = {
    attributes: {
      port: text({ required: true }),
      label: text({ optional: true, computed: true }),
      device: text({ computed: true, stable: true }),
    },
  };
  const schema: BlockSchema = { attributes: {}, blocks: { rule: { nesting: "set", block } } };
  const prior = { rule: [{ port: "80", label: null, device: null }] };
  const config = { rule: [{ port: "80", label: "x", device: null }] };
  expect(proposePlan(schema, prior, config, config)["rule"]).toEqual([{ port: "80", label: "x", device: UNKNOWN }]);
  const more = { rule: [...prior.rule, { port: "81", label: "y", device: null }] };
  expect(proposePlan(schema, prior, more, more)["rule"]).toContainEqual({ port: "80", label: UNKNOWN, device: null });
});
