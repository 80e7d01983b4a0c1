// The test driver against the real Terraform: the same steps lead to the same calls, with the same values and the same private data.
import type { ObjectValue } from "../../lib/plugin";
import { createTestDriver, type TestInstance } from "../../lib/plugin/testing";
import { TerraformWorkspace } from "../../lib/testing";
import { recordingProvider } from "../plugin/recording-provider";
import { takesWriteOnly } from "../support/abilities";

const TYPE = "recording_thing";

/** A configuration in both forms; null: nothing is left of it. `taint`: the object is tainted before. */
interface Step {
  readonly config: ObjectValue | null;
  readonly taint?: true;
}

let hasWriteOnly: boolean;
beforeAll(async () => {
  hasWriteOnly = await takesWriteOnly();
});
const isLacking = (config: ObjectValue | null): boolean => !hasWriteOnly && config?.["secret"] !== undefined;

const rules = (...ports: readonly number[]): ObjectValue[] => ports.map((port) => ({ port }));

test.each<[string, readonly Step[]]>([
  ["create, nothing, destroy", [{ config: { name: "a" } }, { config: { name: "a" } }, { config: null }]],
  ["update and removal of a value", [{ config: { name: "a", size: 2 } }, { config: { name: "b" } }]],
  ["replacement", [{ config: { name: "a", kind: "x" } }, { config: { name: "a", kind: "y" } }]],
  ["replacement of a tainted object", [{ config: { name: "a" } }, { config: { name: "a" }, taint: true }]],
  ["destruction of a tainted object", [{ config: { name: "a" } }, { config: null, taint: true }]],
  [
    "write-only values",
    [
      { config: { name: "a", secret: "one" } },
      { config: { name: "a", secret: "two" } },
      { config: { name: "b", secret: "two" } },
      { config: { name: "b", secret: "two", renew: true } },
      { config: { name: "b", secret: "two", renew: true } },
    ],
  ],
  [
    "set blocks",
    [
      { config: { name: "a", rule: rules(443, 80, 80) } },
      { config: { name: "b", rule: rules(443, 22) } },
      { config: { name: "b", rule: [] } },
    ],
  ],
  [
    "set blocks that differ by what is computed alone",
    [
      {
        config: {
          name: "a",
          rule: [
            { port: 80, id: "z" },
            { port: 80, id: "a" },
            { port: 9, id: "m" },
          ],
        },
      },
      { config: { name: "a", rule: rules(9, 80) } },
    ],
  ],
  ["a group", [{ config: { name: "a", box: { label: "x" } } }, { config: { name: "a" } }]],
])("%s", async (_name, steps) => {
  const driven = recordingProvider();
  const driver = createTestDriver(driven.provider);
  await driver.configure();
  let instance: TestInstance | null = null;
  for (const { config, taint } of steps) {
    const before: TestInstance | null = instance !== null && taint === true ? { ...instance, tainted: true } : instance;
    ({ instance } = await driver.applyConfig(TYPE, config, before));
  }

  const real = recordingProvider();
  const tf = await TerraformWorkspace.create({ providers: [real.provider] });
  try {
    for (const { config, taint } of steps) {
      if (taint === true) await tf.run(["taint", `${TYPE}.a`]);
      await tf.write("main.tf.json", JSON.stringify(configuration(config)));
      const { exitCode } = await tf.apply();
      // A binary without write-only attributes refuses the first step.
      if (exitCode !== 0 && isLacking(config)) return;
      expect(exitCode).toBe(0);
    }
    expect(driven.calls).toEqual(real.calls);
    expect(driven.calls.length).toBeGreaterThan(2);
  } finally {
    await tf.dispose();
  }
});

function configuration(config: ObjectValue | null): object {
  return {
    terraform: { required_providers: { recording: { source: "test/recording" } } },
    ...(config === null ? {} : { resource: { [TYPE]: { a: config } } }),
  };
}
