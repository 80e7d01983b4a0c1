import { defaultKnobs, type Knobs, KNOBS, setKnob, type Simulator, startSimulator } from "../../lib/simulator";
import { call, type Reply } from "./client";

let sim: Simulator;
let vm: string;
let bmc: string;
beforeEach(async () => {
  sim = await startSimulator({ clock: { start: "2026-01-01T00:00:00Z", speed: 0 } });
  vm = sim.addMachine({ bandwidth: 100 }).instanceId;
  bmc = sim.addMachine({ product: "bmc", trafficPackageSize: 10 }).instanceId;
});
afterEach(() => sim.stop());

const type = (instanceTypeId: string) => call(sim, "ModifyInstanceType", { instanceId: vm, instanceTypeId });
const bandwidth = (internetMaxBandwidthOut: number) =>
  call(sim, "ModifyInstanceBandwidth", { instanceId: vm, internetMaxBandwidthOut });
const bmcBandwidth = (bandwidthOutMbps: number) =>
  call(sim, "ModifyInstanceBandwidth", { instanceId: bmc, bandwidthOutMbps }, { service: "bmc" });
const traffic = (trafficPackageSize: number) =>
  call(sim, "ModifyInstanceTrafficPackage", { instanceId: bmc, trafficPackageSize }, { service: "bmc" });
const internet = () => call(sim, "DescribeInstanceInternetStatus", { instanceId: vm });
const typeStatus = () => call(sim, "DescribeInstanceTypeStatus", { instanceId: vm });
const result = (reply: Reply) => (reply.code === undefined ? reply.status : `${reply.status} ${reply.code}`);
const fields = (reply: Reply, ...names: string[]) => names.map((name) => reply.answer[name]);
const listedExpiry = async () =>
  ((await call(sim, "DescribeInstances", { instanceIds: [vm] })).answer["dataSet"] as Record<string, unknown>[])[0];
/** The price of 200 Mbps at the first knob value, as [originalPrice, discountPrice, unitPrice, chargeUnit] per entry. */
const bandwidthPrices = async () => {
  const { answer } = await call(sim, "InquiryPriceInstanceBandwidth", { instanceId: vm, internetMaxBandwidthOut: 200 });
  return (answer["bandwidthPrice"] as Record<string, unknown>[]).map((price) => [
    price["originalPrice"],
    price["discountPrice"],
    price["unitPrice"],
    price["chargeUnit"],
  ]);
};
const BANDWIDTH = ["internetMaxBandwidthOut", "modifiedInternetMaxBandwidthOut", "modifiedBandwidthStatus"] as const;
const TYPE = ["instanceType", "modifiedInstanceType", "modifiedInstanceTypeStatus"] as const;

/** Knob → values → what is seen. */
const CASES: { [Name in keyof Knobs]: readonly (readonly [Knobs[Name], () => Promise<unknown>, unknown])[] } = {
  notExistPackageSpelling: [
    [
      "FILED",
      async () => {
        sim.changeOutOfBand(bmc, { instanceChargeType: "POSTPAID" });
        return result(await traffic(12));
      },
      "403 OPERATION_FILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE",
    ],
  ],
  bandwidthProcessingSpelling: [
    [
      "by_product",
      async () => {
        await bmcBandwidth(20);
        return result(await bmcBandwidth(30));
      },
      "403 OPERATION_FAILED_INSTANCE_BANDWIDTH_PROCESSING",
    ],
    [
      "DENIED",
      async () => {
        await bmcBandwidth(20);
        return result(await bmcBandwidth(30));
      },
      "403 OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING",
    ],
    [
      "FAILED",
      async () => {
        await bandwidth(200);
        return result(await bandwidth(300));
      },
      "403 OPERATION_FAILED_INSTANCE_BANDWIDTH_PROCESSING",
    ],
  ],
  codeSpelling: [["dotted", async () => result(await type("c.4c8g")), "400 Invalid.Instance.Type.Not.Changed"]],
  typeNotChangedStatus: [[403, async () => result(await type("c.4c8g")), "403 INVALID_INSTANCE_TYPE_NOT_CHANGED"]],
  downgradeNotExistStatus: [
    [
      404,
      async () => result(await call(sim, "CancelInstanceDowngrade", { instanceId: vm })),
      "404 OPERATION_DENIED_DOWNGRADE_NOT_EXIST",
    ],
  ],
  numbersAsStrings: [
    [
      true,
      async () => {
        await bandwidth(200);
        return fields(await internet(), ...BANDWIDTH);
      },
      ["100", "200", "Processing"],
    ],
  ],
  bandwidthPriceAsObject: [
    [
      true,
      async () =>
        (await call(sim, "InquiryPriceInstanceBandwidth", { instanceId: vm, internetMaxBandwidthOut: 100 })).answer[
          "bandwidthPrice"
        ],
      expect.objectContaining({ originalPrice: 400, discountPrice: 380, discount: 95 }),
    ],
  ],
  nulls: [
    ["absent", async () => Object.hasOwn((await internet()).answer, "trafficPackageSize"), false],
    ["empty", async () => fields(await internet(), "trafficPackageSize"), [""]],
  ],
  processingWord: [
    [
      "Process",
      async () => {
        await bandwidth(200);
        return fields(await internet(), ...BANDWIDTH);
      },
      [100, 200, "Process"],
    ],
  ],
  settledWord: [["Disable", async () => fields(await internet(), ...BANDWIDTH), [100, null, "Disable"]]],
  settledTypeWord: [
    [
      "Disable",
      async () => [fields(await typeStatus(), ...TYPE), fields(await internet(), ...BANDWIDTH)],
      [
        ["c.4c8g", null, "Disable"],
        [100, null, "Enable"],
      ],
    ],
  ],
  settledTarget: [["current", async () => fields(await internet(), ...BANDWIDTH), [100, 100, "Enable"]]],
  orderNumber: [
    ["absent", async () => Object.keys((await bandwidth(200)).answer), ["requestId"]],
    ["empty", async () => fields(await bandwidth(200), "orderNumber"), [""]],
  ],
  expiredTime: [
    ["null", listedExpiry, expect.objectContaining({ expiredTime: null })],
    ["absent", listedExpiry, expect.not.objectContaining({ expiredTime: expect.anything() })],
    ["unreadable", listedExpiry, expect.objectContaining({ expiredTime: "soon" })],
  ],
  prices: [
    ["hourly", bandwidthPrices, [[null, null, 1.11, "HOUR"]]],
    ["negative", bandwidthPrices, [[-800, -760, null, null]]],
    ["null", bandwidthPrices, [[null, null, null, null]]],
    ["missing", bandwidthPrices, []],
    [
      "in_parts",
      bandwidthPrices,
      [
        [400, 380, null, null],
        [400, 380, null, null],
      ],
    ],
    [
      "overage_first",
      bandwidthPrices,
      [
        [null, null, null, null],
        [800, 760, null, null],
      ],
    ],
  ],
  dateHeader: [
    ["clock", async () => (await internet()).headers["date"], "Thu, 01 Jan 2026 00:00:00 GMT"],
    ["absent", async () => (await internet()).headers["date"], undefined],
    ["unreadable", async () => (await internet()).headers["date"], "today"],
  ],

  typeLatency: [
    [
      5,
      async () => {
        await type("c.8c16g");
        sim.advance(5);
        return fields(await typeStatus(), ...TYPE);
      },
      ["c.8c16g", null, "Enable"],
    ],
  ],
  bandwidthLatency: [
    [
      5,
      async () => {
        await bandwidth(200);
        sim.advance(5);
        return fields(await internet(), ...BANDWIDTH);
      },
      [200, null, "Enable"],
    ],
  ],
  packageLatency: [
    [
      5,
      async () => {
        await traffic(12);
        sim.advance(5);
        return sim.machine(bmc).trafficPackageSize;
      },
      12,
    ],
  ],
  lifecycleLatency: [
    [
      60_000,
      async () => {
        await call(sim, "StopInstances", { instanceIds: [vm] });
        const seen = [sim.machine(vm).instanceStatus];
        for (const by of ["59s", "1s"]) {
          sim.advance(by);
          seen.push(sim.machine(vm).instanceStatus);
        }
        return seen;
      },
      ["STOPPING", "STOPPING", "STOPPED"],
    ],
  ],
  readLag: [
    [
      2,
      async () => {
        await bandwidth(200);
        const seen = [];
        for (let read = 0; read < 3; read++) seen.push(fields(await internet(), ...BANDWIDTH));
        return seen;
      },
      [
        [100, null, "Enable"],
        [100, null, "Enable"],
        [100, 200, "Processing"],
      ],
    ],
  ],
  cancelReadLag: [
    [
      1,
      async () => {
        await bandwidth(50);
        await call(sim, "CancelInstanceBandwidthDowngrade", { instanceId: vm });
        return [fields(await internet(), ...BANDWIDTH), fields(await internet(), ...BANDWIDTH)];
      },
      [
        [100, 50, "WaitToEnable"],
        [100, null, "Enable"],
      ],
    ],
  ],
  describeInstancesLag: [
    [
      1,
      async () => {
        await bandwidth(200);
        sim.settle();
        const list = async () =>
          (
            (await call(sim, "DescribeInstances", { instanceIds: [vm] })).answer["dataSet"] as Record<string, unknown>[]
          )[0]?.["internetMaxBandwidthOut"];
        return [await list(), await list()];
      },
      [100, 200],
    ],
  ],
  responseDelay: [
    [
      30,
      async () => {
        const before = Date.now();
        await internet();
        return Date.now() - before >= 29;
      },
      true,
    ],
  ],
  failInFlight: [
    [
      "bandwidth",
      async () => {
        await bandwidth(200);
        sim.settle();
        return [fields(await internet(), ...BANDWIDTH), sim.orders[0]?.state, sim.account.cash];
      },
      [[100, null, "Enable"], "cancelled", 10_000],
    ],
  ],
  unpaidOrders: [
    [
      true,
      async () => {
        await bandwidth(200);
        sim.advance("1d");
        const before = [
          fields(await internet(), ...BANDWIDTH),
          sim.orders[0]?.state,
          sim.account.frozen,
          sim.account.cash,
        ];
        sim.payOrder(sim.orders[0]?.number ?? "");
        sim.settle();
        return [before, sim.machine(vm).bandwidth, sim.orders[0]?.state, sim.account.frozen, sim.account.cash];
      },
      [[[100, null, "Enable"], "unpaid", 392.67, 10_000], 200, "applied", 0, 9_607.33],
    ],
  ],
  insufficientBalance: [
    [true, async () => [result(await bandwidth(200)), result(await bandwidth(50))], ["403 SIM_BALANCE_TOO_LOW", 200]],
  ],
  equalValue: [["refuse", async () => result(await bandwidth(100)), "400 INVALID_PARAMETER_VALUE"]],
  equalPriceTypeChange: [
    [
      "scheduled",
      async () => {
        sim.setPrice("g.2c8g", 56);
        await type("g.2c8g");
        return sim.orders[0]?.kind;
      },
      "scheduled_decrease",
    ],
  ],
  planBlocksOtherAxes: [
    [
      true,
      async () => {
        await bandwidth(50);
        return result(await type("c.8c16g"));
      },
      "403 OPERATION_DENIED_INSTANCE_EXIST_PLAN",
    ],
    [
      false,
      async () => {
        await bandwidth(50);
        return result(await type("c.8c16g"));
      },
      200,
    ],
  ],
  processingBlocksOtherAxes: [
    [
      true,
      async () => {
        await bandwidth(200);
        return result(await type("c.8c16g"));
      },
      "403 OPERATION_DENIED_INSTANCE_PLAN_PROCESSING",
    ],
  ],
  postpaidPackages: [
    [
      true,
      async () => {
        sim.changeOutOfBand(bmc, { instanceChargeType: "POSTPAID" });
        return [result(await traffic(12)), sim.orders[0]?.kind];
      },
      [200, "immediate"],
    ],
  ],
  vmPackageStep: [
    [
      true,
      async () => {
        sim.changeOutOfBand(vm, { internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 });
        return result(await call(sim, "ModifyInstanceTrafficPackage", { instanceId: vm, trafficPackageSize: 5.01 }));
      },
      "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR",
    ],
  ],
  bmcBandwidthOtherChargeTypes: [
    ["refuse", async () => result(await bmcBandwidth(200)), "403 OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT"],
  ],
  maximumTrafficPackage: [
    [20, async () => result(await traffic(20.05)), "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED"],
  ],
  zonesWithoutTypeChange: [
    ["HKG-A, SEL-A", async () => result(await type("c.8c16g")), "400 UNSUPPORTED_OPERATION_ZONE_NOT_SUPPORT"],
  ],
  missingInstances: [
    [
      "error",
      async () => result(await call(sim, "DescribeInstances", { instanceIds: ["1"] })),
      "404 INVALID_INSTANCE_NOT_FOUND",
    ],
  ],
  discount: [
    [
      50,
      async () => {
        await bandwidth(200);
        return sim.orders[0]?.amount;
      },
      206.67,
    ],
  ],
  proration: [
    ["thirtyDays", async () => [result(await bandwidth(200)), sim.orders[0]?.amount], [200, 392.67]],
    ["full", async () => [result(await bandwidth(200)), sim.orders[0]?.amount], [200, 380]],
  ],
  requestsPerSecond: [
    [
      1,
      async () => {
        const replies = [];
        for (let index = 0; index < 4; index++) replies.push((await internet()).status);
        return replies.includes(429);
      },
      true,
    ],
  ],
  rateLimitRetryAfter: [
    [
      3,
      async () => {
        sim.knobs.requestsPerSecond = 1;
        const replies = [];
        for (let index = 0; index < 4; index++) replies.push((await internet()).headers["retry-after"]);
        return replies.includes("3");
      },
      true,
    ],
  ],
};

const TABLE = Object.entries(CASES).flatMap(([name, cases]) =>
  (cases as readonly (readonly [unknown, () => Promise<unknown>, unknown])[]).map(([value, act, seen]) => ({
    name,
    value,
    act,
    seen,
  })),
);

test.each(TABLE)("knob $name = $value", async ({ name, value, act, seen }) => {
  setKnob(sim.knobs, name, value);
  expect(await act()).toEqual(seen);
});

test.each(Object.entries(KNOBS))("knob %s takes its default from outside and refuses nonsense", (name, fact) => {
  const knobs = defaultKnobs();
  setKnob(knobs, name, fact.default);
  setKnob(knobs, name, String(fact.default));
  expect(knobs).toEqual(defaultKnobs());
  expect(() => setKnob(knobs, name, { wrong: true })).toThrow(
    `Knob ${name}: {"wrong":true} is not allowed; allowed is ${fact.allowed}.`,
  );
});

test("an unknown knob is an error that lists the knobs", () => {
  expect(() => setKnob(defaultKnobs(), "latency", 1)).toThrow(/no knob "latency"\. Knobs: .*typeLatency/);
});
