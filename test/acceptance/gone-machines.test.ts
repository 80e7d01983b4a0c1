// Machines that have gone, with the real Terraform: forgotten, and never bought again.
import { expectNoChanges } from "../../lib/testing";
import { WantedWorld } from "../support/wanted";

const VM = { product: "vm", instanceType: "c.4c8g", bandwidth: 100 } as const;

describe("a machine that has gone after it was adopted", () => {
  test.each([
    ["released", /^No virtual machine/],
    ["recycled", /recycle bin/],
  ])("%s: forgotten on read, and never bought again", async (how, summary) => {
    const world = await WantedWorld.start({ web: { machine: VM, desired: { internet_max_bandwidth_out: 100 } } });
    try {
      await world.world.mustApply();
      if (how === "released") world.simulator.removeMachine(world.id("web"));
      else world.simulator.changeOutOfBand(world.id("web"), { instanceStatus: "RECYCLE" });
      const plan = await world.terraform.plan();
      expect(plan.exitCode).toBe(1);
      expect(plan.errors[0]?.summary).toMatch(summary);
      // Removing the resource from the configuration is all there is to do.
      await world.world.configure("");
      expect((await world.terraform.apply()).errors).toEqual([]);
      expectNoChanges(await world.terraform.plan());
      expect(world.simulator.writes()).toEqual([]);
    } finally {
      await world.stop();
    }
  });
});
