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
  expect(bed.calls).toEqual([]);

  await bed.synthesize(withBandwidth(100));
  const plan = await bed.plan();
  expectChanges(plan, { "zenlayer_vm_instance_spec.web": ["update"] });
  expect(plan.changeFor("zenlayer_vm_instance_spec.web").change.after).toMatchObject({
    changes: [{ direction: "downgrade", takes_effect: "next_billing_cycle", charge: "none" }],
  });
  await bed.apply();
  expectNoChanges(await bed.plan());
  expect(bed.calls).toEqual(["ModifyInstanceBandwidth"]);
  expect(bed.simulator.orders).toMatchObject([{ kind: "scheduled_decrease", amount: 0 }]);

  bed.simulator.rollCycle();
  expectNoChanges(await bed.plan());
  expect(bed.simulator.machine(ID).bandwidth).toBe(100);
});
