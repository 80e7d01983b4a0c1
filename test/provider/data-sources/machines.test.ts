// The machines of the account, narrowed by filters: by Zenlayer where it can, and here to the letter.
import type { ObjectValue } from "../../../lib/plugin";
import { sampleFleet } from "../../../lib/simulator";
import { expectDenied, given } from "../../support/data-sources";
import { Driven } from "../../support/driven";

let driven: Driven;
beforeEach(async () => {
  driven = await Driven.start({ simulator: { fleet: sampleFleet() } });
});
afterEach(() => driven.stop());

test.each<[string, ObjectValue, readonly string[]]>([
  ["zenlayer_vm_instances", {}, ["1", "3", "4"]],
  ["zenlayer_vm_instances", { name_pattern: "vm-p*" }, ["3", "4"]],
  ["zenlayer_vm_instances", { name_pattern: "vm-p" }, []],
  ["zenlayer_vm_instances", { tags: { env: "test" } }, ["1"]],
  ["zenlayer_vm_instances", { tags: { env: "live" } }, []],
  ["zenlayer_vm_instances", { instance_charge_type: "POSTPAID", zone_id: "SEL-A" }, ["4"]],
  ["zenlayer_vm_instances", { zone_id: "SAO-A" }, []],
  ["zenlayer_bmc_instances", { internet_charge_type: "ByBandwidth" }, ["5", "6"]],
])("%s %j, without what is in the recycle bin", async (type, config, ends) => {
  driven.simulator.changeOutOfBand("900000000000000008", { instanceStatus: "RECYCLE" });
  const { ids, instances } = await given(driven, type, config);
  expect((ids as string[]).map((id) => id.slice(-1))).toEqual(ends);
  expect((instances as { instance_id: string }[]).map(({ instance_id }) => instance_id)).toEqual(ids);
});

test("a machine of the list tells what it has", async () => {
  const { instances } = await given(driven, "zenlayer_vm_instances", { tags: { env: "test" } });
  expect(instances).toMatchObject([
    {
      instance_name: "vm-one",
      instance_status: "RUNNING",
      instance_type: "c.4c8g",
      internet_max_bandwidth_out: 100,
      traffic_package_size: null,
      instance_charge_type: "PREPAID",
      tags: { env: "test" },
    },
  ]);
});

test("without permission: an error that names the action", () =>
  expectDenied(driven, "zenlayer_vm_instances", {}, "DescribeInstances"));
