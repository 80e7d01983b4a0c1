// One machine, by id or by its exact name.
import { sampleFleet } from "../../../lib/simulator";
import { expectDenied, given, refusal } from "../../support/data-sources";
import { Driven } from "../../support/driven";

let driven: Driven;
beforeEach(async () => {
  driven = await Driven.start({ simulator: { fleet: sampleFleet() } });
});
afterEach(() => driven.stop());

const ID = "900000000000000001";

test("by its id or its name: what is committed, what is in force, and what is on its way", async () => {
  driven.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 50 } });
  const machine = await given(driven, "zenlayer_vm_instance", { instance_id: ID });
  expect(machine).toMatchObject({
    id: ID,
    instance_name: "vm-one",
    instance_status: "RUNNING",
    instance_type: "c.4c8g",
    internet_max_bandwidth_out: 50,
    effective_internet_max_bandwidth_out: 100,
    traffic_package_size: null,
    pending: [{ axis: "internet_max_bandwidth_out", from: "100", to: "50", phase: "scheduled" }],
    zone_id: "SEL-A",
    instance_charge_type: "PREPAID",
    internet_charge_type: "ByBandwidth",
    auto_renew: true,
    tags: { env: "test" },
  });
  expect(await given(driven, "zenlayer_vm_instance", { instance_name: "vm-one" })).toEqual(machine);
});

test("of bare metal, with its model", async () => {
  expect(await given(driven, "zenlayer_bmc_instance", { instance_name: "bm-one" })).toMatchObject({
    instance_id: "900000000000000002",
    instance_type: "MDE",
    internet_max_bandwidth_out: 50,
    traffic_package_size: 10,
    effective_traffic_package_size: 10,
  });
});

test.each([
  ["zenlayer_vm_instance", { instance_id: "1" }, /^No virtual machine 1/, "instance_id"],
  ["zenlayer_vm_instance", { instance_id: "900000000000000002" }, /^No virtual machine 9/, "instance_id"],
  ["zenlayer_vm_instance", { instance_name: "vm-" }, /^No virtual machine is named "vm-"/, "instance_name"],
  // Zenlayer takes it for a wildcard.
  ["zenlayer_bmc_instance", { instance_name: "*" }, /^No bare-metal machine is named "\*"/, "instance_name"],
])("%s %j: one clear error at the attribute", async (type, config, summary, attribute) => {
  const error = await refusal(driven, type, config);
  expect(error.summary).toMatch(summary);
  expect(error.path).toEqual([attribute]);
});

describe("of one name", () => {
  beforeEach(() => {
    for (const instanceId of ["11", "12"])
      driven.simulator.addMachine({ product: "vm", instanceId, instanceName: "twin" });
  });

  test("two are an error that lists them", async () => {
    const error = await refusal(driven, "zenlayer_vm_instance", { instance_name: "twin" });
    expect(error.summary).toBe('2 virtual machines are named "twin"');
    expect(error.detail).toContain("11, 12");
  });

  test("the one that is not in the recycle bin is meant", async () => {
    driven.simulator.changeOutOfBand("11", { instanceStatus: "RECYCLE" });
    expect(await given(driven, "zenlayer_vm_instance", { instance_name: "twin" })).toMatchObject({ id: "12" });
  });
});

test.each([
  [{}, "instance_id"],
  [{ instance_id: "1", instance_name: "a" }, "instance_name"],
])("%j is refused by its configuration alone", async (config, attribute) => {
  driven.simulator.clearRequests();
  const diagnostics = await driven.driver.validateDataSource("zenlayer_vm_instance", config);
  expect(diagnostics).toMatchObject([{ severity: "error", path: [attribute] }]);
  expect(driven.simulator.requests).toEqual([]);
});

test("without permission: an error that names the action", () =>
  expectDenied(driven, "zenlayer_vm_instance", { instance_id: ID }, "DescribeInstances"));
