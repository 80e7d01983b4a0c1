// The data of many machines for one command, at 1,000 machines: what fits no variable comes in parts.
import { join } from "node:path";
import { ChangeHook, HookEngine, VmInstanceSpec } from "../../lib";
import { expectSuccess } from "../../lib/testing";
import { ROOT } from "../support/examples";
import { hookOutputs } from "../support/hooks";
import { useStack } from "../support/stack";
import { World } from "../support/world";

/** Names whose bytes, characters and JSON differ in length. */
const namesOf = (machines: number, length: number): string[] =>
  Array.from({ length: machines }, (_, index) => `서울-${index}-"<${"x".repeat(length)}>"`);
const idOf = (index: number): string => String(930_000_000_000_000_000n + BigInt(index));

const SIZES = `node -e '
const { env } = process;
const parts = Object.keys(env).filter((name) => /^ZENLAYER_MACHINES_[0-9]/.test(name));
const sizes = parts.map((name) => Buffer.byteLength(env[name]));
console.log(JSON.stringify({ count: env.ZENLAYER_MACHINES_COUNT ?? null, largest: Math.max(...sizes) <= 120000, parts: parts.length, whole: "ZENLAYER_MACHINES" in env }));
'`;
const HEALTH = `node ${join(ROOT, "examples", "waves", "health.mjs")}`;

test.each([
  ["JSON", 1000, 20],
  ["HCL", 150, 800],
])(
  "what fits no variable comes in parts, and the example's check reads both forms (%s)",
  async (form, machines, length) => {
    const names = namesOf(machines, length);
    const fleet = names.map((instanceName, index) => ({ instanceId: idOf(index), instanceName, bandwidth: 100 }));
    const world = await World.start({ simulator: { fleet } });
    if (form === "HCL") process.env["SYNTH_HCL_OUTPUT"] = "true";
    try {
      await useStack(world, (stack) => {
        const specs = fleet.map(
          ({ instanceId }, index) => new VmInstanceSpec(stack, `web-${index}`, { instance: instanceId, quote: false }),
        );
        const hook = { command: `${SIZES} && ${HEALTH}`, engine: HookEngine.TERRAFORM_DATA };
        new ChangeHook(stack, "all", { ...hook, after: specs });
        new ChangeHook(stack, "some", { ...hook, after: specs.slice(0, 130) });
      });
      const applied = await world.terraform.apply();
      expectSuccess(applied);
      const outputs = hookOutputs(applied);
      const of = (id: string): string[] =>
        outputs.filter(({ address }) => address === `terraform_data.${id}`).map(({ text }) => text);
      const asked = (name: string): string => `${name}: HEALTH_URL is not set, nothing was asked`;
      expect(of("all")).toEqual([
        JSON.stringify({ count: "2", largest: true, parts: 2, whole: false }),
        ...names.map(asked),
      ]);
      expect(of("some")).toEqual([
        JSON.stringify({ count: null, largest: true, parts: 0, whole: true }),
        ...names.slice(0, 130).map(asked),
      ]);
    } finally {
      delete process.env["SYNTH_HCL_OUTPUT"];
      await world.stop();
    }
  },
  300_000,
);
