import { deepEqual, equal } from "node:assert/strict";
import type { TerraformStack } from "cdktf";
import { VmInstanceSpec, ZenlayerProvider } from "cdktf-zenlayer";
import { expectChanges, expectNoChanges, ZenlayerTestbed } from "cdktf-zenlayer/testing";

const ID = "900000000000000001";

let bed: ZenlayerTestbed;

beforeEach(async () => {
  bed = await ZenlayerTestbed.start({
    simulator: { fleet: [{ product: "vm", instanceId: ID, internetChargeType: "ByBandwidth", bandwidth: 400 }] },
  });
});
afterEach(() => bed.dispose());

/** The stack under test; yours comes from your own code. */
const withBandwidth = (bandwidth: number) => (stack: TerraformStack) => {
  new ZenlayerProvider(stack, "zenlayer", { plugin: false });
  new VmInstanceSpec(stack, "web", { instance: ID, bandwidth });
};

test("a downgrade is scheduled once and charges nothing", async () => {
  await bed.synthesize(withBandwidth(400));
  await bed.apply();
  deepEqual(bed.calls, []);

  await bed.synthesize(withBandwidth(100));
  const plan = await bed.plan();
  expectChanges(plan, { "zenlayer_vm_instance_spec.web": ["update"] });
  const { after } = plan.changeFor("zenlayer_vm_instance_spec.web").change;
  const [change] = after?.["changes"] as { direction: string; takes_effect: string; charge: string }[];
  deepEqual([change?.direction, change?.takes_effect, change?.charge], ["downgrade", "next_billing_cycle", "none"]);

  await bed.apply();
  expectNoChanges(await bed.plan());
  deepEqual(bed.calls, ["ModifyInstanceBandwidth"]);
  deepEqual(
    bed.simulator.orders.map(({ kind, amount }) => ({ kind, amount })),
    [{ kind: "scheduled_decrease", amount: 0 }],
  );

  bed.simulator.rollCycle();
  expectNoChanges(await bed.plan());
  equal(bed.simulator.machine(ID).bandwidth, 100);
});
