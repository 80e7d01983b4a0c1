// Which resources a machine is adopted by, with which values, and what is left out for which reason.
import type { Instance } from "../../lib/api";
import {
  chooseFor,
  isAdopted,
  reasonToSkip,
  skippedAsManaged,
  type AdoptedMachine,
  type SkippedMachine,
} from "../../lib/cli/adopt/choose";
import { namesIn } from "../../lib/cli/adopt/language";
import { Managed } from "../../lib/cli/adopt/managed";
import { byName } from "../../lib/cli/adopt/order";
import { normaliseAxis, type Axis, type AxisValue, type Machine, type Phase } from "../../lib/engine";

type Observed = AxisValue | null | readonly [effective: AxisValue, phase: Phase, target: AxisValue];

interface Given {
  readonly product?: Instance["product"];
  readonly status?: string;
  readonly charge?: string;
  readonly internet?: string;
  readonly type?: Observed;
  readonly bandwidth?: Observed;
  readonly package?: Observed;
  readonly id?: string;
  readonly name?: string;
}

function observation(given: Given) {
  const { product = "vm", charge = "PREPAID", internet = "ByBandwidth", id = "900000000000000001" } = given;
  const axis = (name: Axis, value: Observed = null) =>
    typeof value === "object" && value !== null
      ? normaliseAxis(name, { effective: value[0], phase: value[1], target: value[2] })
      : normaliseAxis(name, { effective: value, phase: "settled", target: null });
  const instance: Instance = {
    product,
    instanceId: id,
    instanceName: given.name ?? "web",
    zoneId: "SEL-A",
    instanceType: "c.4c8g",
    instanceStatus: given.status ?? "RUNNING",
    instanceChargeType: charge,
    internetChargeType: internet,
    bandwidth: null,
    trafficPackageSize: null,
    period: 1,
    expiredTime: "2026-02-01T00:00:00Z",
    autoRenew: true,
    resourceGroupId: null,
    resourceGroupName: null,
    systemDiskSize: null,
    maximumBandwidth: null,
    cpuCount: null,
    memory: null,
    tags: [],
  };
  const machine: Machine = {
    product,
    instanceId: id,
    instanceChargeType: charge,
    internetChargeType: internet,
    expiredTime: instance.expiredTime,
    autoRenew: true,
    axes: {
      ...(product === "vm" ? { instance_type: axis("instance_type", given.type ?? "c.4c8g") } : {}),
      internet_max_bandwidth_out: axis("internet_max_bandwidth_out", given.bandwidth ?? null),
      traffic_package_size: axis("traffic_package_size", given.package ?? null),
      // Each axis was normalised from values of its own kind.
    } as Machine["axes"],
  };
  return { instance, machine };
}

/** As HCL would say it, where no state manages anything unless given. */
function choose(given: Given, managed = new Managed(), language: Parameters<typeof namesIn>[0] = "hcl") {
  return chooseFor(observation(given), managed, namesIn(language));
}

function adopted(...given: Parameters<typeof choose>): AdoptedMachine {
  const choice: AdoptedMachine | SkippedMachine = choose(...given);
  if (!isAdopted(choice)) throw new Error(choice.reason);
  return choice;
}

const VM = "zenlayer_vm_instance_spec";
const BANDWIDTH = "zenlayer_bmc_bandwidth";
const PACKAGE = "zenlayer_bmc_traffic_package";

describe("values", () => {
  test.each<[string, Given, Readonly<Record<string, unknown>>]>([
    ["type and bandwidth", { bandwidth: 400 }, { instance_type: "c.4c8g", internet_max_bandwidth_out: 400 }],
    [
      "the package of a machine billed by packages",
      { internet: "ByTrafficPackage", bandwidth: 100, package: 2.5 },
      { instance_type: "c.4c8g", internet_max_bandwidth_out: 100, traffic_package_size: 2.5 },
    ],
    [
      "where a scheduled change leads",
      { type: ["c.4c8g", "scheduled", "c.2c4g"], bandwidth: [400, "scheduled", 100] },
      { instance_type: "c.2c4g", internet_max_bandwidth_out: 100 },
    ],
    [
      "where a running change leads",
      { bandwidth: [400, "processing", 600] },
      { instance_type: "c.4c8g", internet_max_bandwidth_out: 600 },
    ],
    [
      "a package without floating point noise",
      { internet: "ByTrafficPackage", bandwidth: 1, package: 0.1 + 0.2 },
      { instance_type: "c.4c8g", internet_max_bandwidth_out: 1, traffic_package_size: 0.3 },
    ],
    [
      "an empty package",
      { internet: "ByTrafficPackage", bandwidth: 1, package: 0 },
      { instance_type: "c.4c8g", internet_max_bandwidth_out: 1, traffic_package_size: 0 },
    ],
  ])("a virtual machine: %s", (_words, given, desired) => {
    expect(adopted(given).specifications).toEqual([{ type: VM, desired }]);
  });

  test("a bare-metal machine is adopted by bandwidth and package, each where it has one", () => {
    const given: Given = { product: "bmc", internet: "ByTrafficPackage", bandwidth: 50, package: 10.05 };
    expect(adopted(given).specifications).toEqual([
      { type: BANDWIDTH, desired: { internet_max_bandwidth_out: 50 } },
      { type: PACKAGE, desired: { traffic_package_size: 10.05 } },
    ]);
    expect(adopted({ ...given, bandwidth: 0 }).specifications.map(({ type }) => type)).toEqual([PACKAGE]);
    expect(adopted({ ...given, charge: "POSTPAID" }).specifications.map(({ type }) => type)).toEqual([BANDWIDTH]);
    expect(adopted({ ...given, internet: "ByBandwidth" }).specifications.map(({ type }) => type)).toEqual([BANDWIDTH]);
  });
});

describe("left out", () => {
  test.each<[string, Given, Axis, RegExp]>([
    ["unlimited bandwidth", { bandwidth: 0 }, "internet_max_bandwidth_out", /unlimited .*cannot be ordered/],
    ["going to unlimited", { bandwidth: [5, "scheduled", 0] }, "internet_max_bandwidth_out", /unlimited/],
    ["no bandwidth reported", { bandwidth: null }, "internet_max_bandwidth_out", /reports no value/],
    ["a broken bandwidth", { bandwidth: 1.5 }, "internet_max_bandwidth_out", /1\.5 is not a bandwidth/],
    ["a type that is none", { type: "a b", bandwidth: 1 }, "instance_type", /not a type id/],
    ["an expression for a type", { type: "${x}", bandwidth: 1 }, "instance_type", /not a type id/],
    ["another billing model", { bandwidth: 1, package: 5 }, "traffic_package_size", /only machines billed ByTraff/],
    ["no package", { internet: "ByTrafficPackage", bandwidth: 1 }, "traffic_package_size", /has no traffic package/],
    [
      "a POSTPAID machine",
      { internet: "ByTrafficPackage", charge: "POSTPAID", bandwidth: 1, package: 1 },
      "traffic_package_size",
      /sold for PREPAID machines only/,
    ],
    [
      "a bare-metal package that is no step",
      { product: "bmc", internet: "ByTrafficPackage", bandwidth: 1, package: 7.03 },
      "traffic_package_size",
      /not a multiple of 0\.05/,
    ],
  ])("%s", (_words, given, axis, reason) => {
    const { specifications, omissions } = adopted(given);
    expect(specifications.some(({ desired }) => axis in desired)).toBe(false);
    expect(omissions.find((omission) => omission.axis === axis)?.reason).toMatch(reason);
  });

  test("a machine of which nothing can be set", () => {
    expect(choose({ product: "bmc", bandwidth: 0 })).toMatchObject({
      reason: expect.stringMatching(/^nothing of it can be set \(internet_max_bandwidth_out: .*traffic_package_size: /),
    });
  });
});

describe("in the words of a program", () => {
  test.each<[string, Given, RegExp]>([
    [
      "a value",
      { product: "bmc", internet: "ByTrafficPackage", bandwidth: 1, package: 7.03 },
      /^trafficPackageSize 7\.03/,
    ],
    ["a bandwidth", { bandwidth: 1.5 }, /^bandwidth 1\.5/],
  ])("%s", (_words, given, reason) => {
    expect(adopted(given, new Managed(), "javascript").omissions.map((each) => each.reason)).toContainEqual(
      expect.stringMatching(reason),
    );
  });

  test("a machine of which nothing can be set", () => {
    expect(choose({ product: "bmc", bandwidth: 0 }, new Managed(), "constructs")).toMatchObject({
      reason: expect.stringMatching(/\(bandwidth: .*; trafficPackageSize: /),
    });
  });
});

describe("what a state manages", () => {
  const given: Given = { product: "bmc", internet: "ByTrafficPackage", bandwidth: 50, package: 10 };
  const { instance } = observation(given);
  const by = (...types: Parameters<Managed["add"]>[0][]): Managed => {
    const managed = new Managed();
    for (const type of types) managed.add(type, instance.instanceId, { state: "a.tfstate", address: `${type}.edge` });
    return managed;
  };

  test("is left out alone, with the place", () => {
    const managed = by(BANDWIDTH);
    expect(skippedAsManaged(instance, managed)).toBeNull();
    const { specifications, omissions } = adopted(given, managed);
    expect(specifications.map(({ type }) => type)).toEqual([PACKAGE]);
    expect(omissions.map(({ reason }) => reason)).toEqual([`it is managed already by a.tfstate, as ${BANDWIDTH}.edge`]);
  });

  test("leaves nothing of a machine", () => {
    expect(skippedAsManaged(instance, by(BANDWIDTH, PACKAGE))).toEqual({
      instance,
      reason: "it is managed already by a.tfstate",
      addresses: [`${BANDWIDTH}.edge`, `${PACKAGE}.edge`],
    });
  });

  test("is of one product: an id of the other says nothing", () => {
    expect(skippedAsManaged(observation({}).instance, by(BANDWIDTH, PACKAGE))).toBeNull();
    expect(skippedAsManaged(observation({}).instance, by(VM))).not.toBeNull();
  });
});

describe("by its status", () => {
  test.each([
    ["RECYCLE", /recycle bin/],
    ["recycling", /recycle bin/],
    ["RELEASING", /recycle bin/],
    ["SHUTDOWN", /recycle bin/],
    ["CREATE_FAILED", /never created/],
    ["PENDING", /being created/],
    ["CREATING", /being created/],
    ["DEPLOYING", /being created/],
  ])("%s is left out", (status, reason) => {
    expect(reasonToSkip(observation({ status }).instance)).toMatch(reason);
    expect(isAdopted(choose({ status, bandwidth: 1 }))).toBe(false);
  });

  test.each(["RUNNING", "STOPPED", "REBOOT", "INSTALLING", "INSTALL_FAILED", "SOMETHING_NEW"])(
    "%s is adopted",
    (status) => expect(isAdopted(choose({ status, bandwidth: 1 }))).toBe(true),
  );
});

test.each(["", "a b", "${x}", 'a"b', "a/b", "1\n2"])("a machine of the id %j is left out", (id) => {
  expect(reasonToSkip(observation({ id }).instance)).toMatch(/its id/);
});

test("changes that are pending are told for what is managed", () => {
  const { pending } = adopted({ bandwidth: [400, "scheduled", 100], package: [5, "scheduled", 1] });
  expect(pending).toEqual([
    {
      axis: "internet_max_bandwidth_out",
      from: 400,
      to: 100,
      phase: "scheduled",
      effectiveAt: "2026-02-01T00:00:00Z",
    },
  ]);
});

test("machines are sorted by name as people count, then id, alike everywhere", () => {
  const sorted = [
    ["b", "1"],
    ["a", "2"],
    ["a", "10"],
    ["ä", "1"],
    ["B", "1"],
    ["pool-10", "1"],
    ["pool-2", "1"],
    ["pool-02", "1"],
    ["pool-2b", "1"],
    ["pool", "1"],
    ["2", "1"],
    ["123456789012345678901", "1"],
    ["123456789012345678900", "1"],
  ]
    .map(([name = "", id = ""]) => observation({ name, id }))
    .sort(byName);
  expect(sorted.map(({ instance }) => `${instance.instanceName} ${instance.instanceId}`)).toEqual([
    "2 1",
    "123456789012345678900 1",
    "123456789012345678901 1",
    "B 1",
    "a 2",
    "a 10",
    "b 1",
    "pool 1",
    "pool-02 1",
    "pool-2 1",
    "pool-2b 1",
    "pool-10 1",
    "ä 1",
  ]);
});
