// What users get wrong: one clear error, at the earliest moment, at the attribute.
import type { ObjectValue } from "../../lib/plugin";
import type { TestDiagnostic } from "../../lib/plugin/testing";
import { Driven } from "../support/driven";

const VM = "zenlayer_vm_instance_spec";
const PACKAGE = "zenlayer_bmc_traffic_package";
const METAL_BANDWIDTH = "zenlayer_bmc_bandwidth";

let driven: Driven;
beforeAll(async () => {
  driven = await Driven.start({
    simulator: {
      fleet: [
        { product: "vm", instanceId: "1", instanceType: "c.4c8g" },
        { product: "bmc", instanceId: "2" },
        { product: "bmc", instanceId: "3", internetChargeType: "ByBandwidth" },
      ],
    },
  });
});
beforeEach(() => driven.simulator.clearRequests());
afterAll(() => driven.stop());

function expectOne(diagnostics: readonly TestDiagnostic[], summary: RegExp, path: readonly string[]): TestDiagnostic {
  expect(diagnostics.map((each) => [each.severity, each.summary, each.path])).toEqual([
    ["error", expect.stringMatching(summary), path],
  ]);
  const [error] = diagnostics as [TestDiagnostic];
  expect(error.detail).not.toBe("");
  return error;
}

test.each<[string, ObjectValue, RegExp, string]>([
  [VM, { internet_max_bandwidth_out: -1 }, /-1/, "from 1"],
  [VM, { internet_max_bandwidth_out: 1.5 }, /1\.5/, "whole number"],
  [VM, { internet_max_bandwidth_out: 5e9 }, /5000000000/, "Mbps"],
  [VM, { traffic_package_size: -0.5 }, /-0\.5/, "TB"],
  [VM, { instance_type: "" }, /""/, "zenlayer_vm_instance_types"],
  [VM, { instance_type: "c.4c 8g" }, /c\.4c 8g/, "white space"],
  [PACKAGE, { traffic_package_size: 0.07 }, /0\.07/, "0.05 or 0.1"],
  [PACKAGE, { traffic_package_size: -1 }, /-1/, "TB"],
  [METAL_BANDWIDTH, { internet_max_bandwidth_out: -2 }, /-2/, "from 1"],
  [VM, { on_downgrade: "never" }, /"never"/, '"schedule" or "deny"'],
  [VM, { on_destroy: "release" }, /"release"/, '"forget" or "cancel_scheduled"'],
  [VM, { max_immediate_charge: -1 }, /-1/, "0 means never charge"],
  [VM, { instance_id: "" }, /""/, "not empty"],
  [VM, { instance_id: "1 " }, /"1 "/, "white space"],
])("%s %j is refused by its configuration alone", async (type, attributes, summary, cure) => {
  const diagnostics = await driven.driver.validate(type, { instance_id: "1", ...attributes });
  const error = expectOne(diagnostics, summary, Object.keys(attributes));
  expect(`${error.summary} ${error.detail}`).toContain(cure);
  expect(driven.simulator.requests).toEqual([]);
});

test.each<[string, string, string]>([
  ["create", "soon", "1h30m"],
  ["update", "0s", "greater than 0"],
  ["read", "90", "90m"],
  ["delete", "-5m", "greater than 0"],
])("timeouts.%s %j is refused", async (name, text, cure) => {
  const diagnostics = await driven.driver.validate(VM, { instance_id: "1", timeouts: { [name]: text } });
  const error = expectOne(diagnostics, new RegExp(JSON.stringify(text)), ["timeouts", name]);
  expect(`${error.summary} ${error.detail}`).toContain(cure);
});

test.each<[ObjectValue, RegExp]>([
  [{ request_timeout: 0 }, /request_timeout 0/],
  [{ max_requests_per_second: -1 }, /max_requests_per_second -1/],
  [{ max_retries: 1.5 }, /max_retries 1\.5/],
  [{ vm_api_version: "newest" }, /vm_api_version "newest"/],
  [{ endpoint: "ftp://example.com" }, /endpoint/],
  [{ endpoint: "https://" }, /endpoint/],
])("of the provider, %j is refused", async (config, summary) => {
  expectOne(await driven.driver.validateProvider(config), summary, Object.keys(config));
});

test.each<[string, ObjectValue, string, RegExp]>([
  [VM, { instance_id: "77" }, "instance_id", /^No virtual machine 77$/],
  [VM, { instance_id: "2" }, "instance_id", /^No virtual machine 2$/],
  [PACKAGE, { traffic_package_size: 10 }, "instance_id", /^No bare-metal machine 1$/],
  [VM, { instance_type: "c.5c9g" }, "instance_type", /Zenlayer does not know this type/],
  [VM, { internet_max_bandwidth_out: 1501 }, "internet_max_bandwidth_out", /above the limit of type "c\.4c8g"/],
  [PACKAGE, { instance_id: "2", traffic_package_size: 4.95 }, "traffic_package_size", /below the free package of 5 TB/],
  [
    METAL_BANDWIDTH,
    { instance_id: "3", internet_max_bandwidth_out: 10_001 },
    "internet_max_bandwidth_out",
    /above the maximum/,
  ],
  [
    METAL_BANDWIDTH,
    { instance_id: "3", internet_max_bandwidth_out: 0 },
    "internet_max_bandwidth_out",
    /internet_max_bandwidth_out 0 cannot be set/,
  ],
])("%s %j is refused at plan, when Zenlayer was asked", async (type, attributes, attribute, summary) => {
  await driven.connect();
  const { diagnostics } = await driven.driver.plan(type, { instance_id: "1", ...attributes });
  expectOne(diagnostics, summary, [attribute]);
  expect(driven.simulator.writes()).toEqual([]);
});
