// The types on sale in a zone.
import { sampleFleet } from "../../../lib/simulator";
import { expectDenied, given, refusal } from "../../support/data-sources";
import { Driven } from "../../support/driven";

let driven: Driven;
beforeEach(async () => {
  driven = await Driven.start({ simulator: { fleet: sampleFleet() } });
});
afterEach(() => driven.stop());

const TYPE = "zenlayer_vm_instance_types";

test("each with its size, its limit and its networks, in the order of their names", async () => {
  const { ids, instance_types } = await given(driven, TYPE, { zone_id: "SEL-A" });
  expect(ids).toContain("c.4c8g");
  expect(ids).toEqual([...(ids as string[])].sort());
  expect(instance_types).toContainEqual({
    instance_type: "c.4c8g",
    instance_type_name: "Compute Optimized 4C8G",
    cpu_count: 4,
    memory: 8,
    bandwidth_limit: 1500,
    internet_charge_types: expect.arrayContaining(["ByBandwidth"]),
  });
});

test("a zone that does not exist: one clear error at zone_id", async () => {
  const error = await refusal(driven, TYPE, { zone_id: "MOON-A" });
  expect(error.summary).toMatch(/does not know this zone/);
  expect(error.path).toEqual(["zone_id"]);
});

test("a way of billing that does not exist is refused by its configuration alone", async () => {
  const config = { zone_id: "SEL-A", instance_charge_type: "SOMETIMES" };
  const diagnostics = await driven.driver.validateDataSource(TYPE, config);
  expect(diagnostics).toMatchObject([{ severity: "error", path: ["instance_charge_type"] }]);
  expect(diagnostics[0]?.detail).toContain('"PREPAID" or "POSTPAID"');
});

test("without permission: an error that names the action", () =>
  expectDenied(driven, TYPE, { zone_id: "SEL-A" }, "DescribeZoneInstanceConfigInfos"));
