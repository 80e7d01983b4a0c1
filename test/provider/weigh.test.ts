// What a plan says of money: what upgrades charge by the days left, prices that must not be trusted, and what the account can pay.
import type { Balance, Instance } from "../../lib/api";
import type { Desired, Machine } from "../../lib/engine";
import type { CallContext, ObjectValue } from "../../lib/plugin";
import { CollectedDiagnostics } from "../../lib/plugin/server/diagnostics";
import { Account } from "../../lib/provider/account";
import { Charges } from "../../lib/provider/charges";
import type { Connection, Planner } from "../../lib/provider/connection";
import { weigh } from "../../lib/provider/weigh";
import type { Knobs, MachineSpec } from "../../lib/simulator";
import { bmc, TYPES, vm } from "../engine/machines";
import { DrivenTable, type DrivenPlan } from "../support/driven-table";
import { failing, FakeClient, periodPrice, refusal, type Answer } from "../support/fake-client";
import { BMC_BANDWIDTH, VM_SPEC } from "../support/kinds";
import { observation } from "../support/observations";
import type { Wanted } from "../support/wanted";

/** The clock stands still unless a test moves it, so that amounts do not. */
const CLOCK = { start: "2026-01-22T00:00:00Z", speed: 0 } as const;
/** Changes are in force at once, since no time passes. */
const AT_ONCE = { typeLatency: 0, bandwidthLatency: 0, packageLatency: 0 } as const;
const VM: MachineSpec = { product: "vm", bandwidth: 100, expiredTime: "2026-02-01T00:00:00Z" };
/** 10 Mbps more at 4 a month each, less 5 %: 38 a month. */
const UP = { internet_max_bandwidth_out: 110 };

async function withWorld(
  table: Readonly<Record<string, Wanted>>,
  run: (world: DrivenTable) => Promise<void>,
  knobs: Partial<Knobs> = {},
): Promise<void> {
  const world = await DrivenTable.start(table, { simulator: { clock: CLOCK, knobs: { ...AT_ONCE, ...knobs } } });
  try {
    await run(world);
  } finally {
    await world.stop();
  }
}

/** The warning of a machine's charge, without its name. */
function warned(world: DrivenTable, plan: DrivenPlan, name: string): string | undefined {
  const found = world.said(plan, name).find(({ summary }) => / charges? .*now/.test(summary));
  return found?.summary.replace(`${name} (${world.id(name)}): `, "");
}

const charged = (world: DrivenTable, name: string): readonly number[] =>
  world.simulator.orders.filter(({ instanceId }) => instanceId === world.id(name)).map(({ amount }) => amount);

describe("by the days left", () => {
  const MACHINES = {
    ten_days: VM,
    month_of_31_days: { ...VM, expiredTime: "2026-02-22T00:00:00Z" },
    month_of_28_days: { ...VM, expiredTime: "2026-02-19T00:00:00Z" },
    last_hour: { ...VM, expiredTime: "2026-01-22T01:00:00Z" },
    year: { ...VM, period: 12, expiredTime: "2027-01-22T00:00:00Z" },
    quarter_half_over: { ...VM, period: 3, expiredTime: "2026-03-08T12:00:00Z" },
    renewed_early: { ...VM, expiredTime: "2026-07-01T00:00:00Z" },
  } satisfies Record<string, MachineSpec>;
  type Name = keyof typeof MACHINES;
  const AMOUNTS: Readonly<Record<Name, readonly [about: string, atMost: string]>> = {
    ten_days: ["12.67", "38.00"],
    month_of_31_days: ["39.27", "40.54"],
    month_of_28_days: ["35.47", "38.00"],
    last_hour: ["0.05", "38.00"],
    year: ["462.33", "463.60"],
    quarter_half_over: ["57.63", "114.00"],
    renewed_early: ["202.67", "203.94"],
  };
  const table = (limit: (name: Name) => number | undefined): Record<string, Wanted> =>
    Object.fromEntries(
      (Object.keys(MACHINES) as Name[]).map((name) => [
        name,
        { machine: MACHINES[name], desired: { ...UP, max_immediate_charge: limit(name) } },
      ]),
    );

  test("a plan says about and at most, keeps both out of what is planned, and is charged as it said", () =>
    withWorld(
      table(() => undefined),
      async (world) => {
        const plan = await world.plan();
        expect(plan.errors).toEqual([]);
        for (const [name, [about, atMost]] of Object.entries(AMOUNTS)) {
          expect([name, warned(world, plan, name)]).toEqual([name, `charges about ${about} now, at most ${atMost}`]);
          expect(plan.changeFor(world.address(name)).after?.["plan_summary"]).toBe(
            "upgrade internet_max_bandwidth_out 100 → 110 Mbps now (charged now)",
          );
        }
        expect((await world.applyPlan(plan)).errors).toEqual([]);
        for (const [name, [about]] of Object.entries(AMOUNTS))
          expect([name, charged(world, name)]).toEqual([name, [Number(about)]]);
      },
    ));

  test("the limit is what is charged at most: it passes, and a cent less is refused at plan", async () => {
    await withWorld(
      table((name) => Number(AMOUNTS[name][1])),
      async (world) => {
        expect((await world.apply()).errors).toEqual([]);
        expect(world.simulator.orders).toHaveLength(Object.keys(MACHINES).length);
      },
    );
    await withWorld(
      table((name) => Number(AMOUNTS[name][1]) - 0.01),
      async (world) => {
        const plan = await world.plan();
        for (const [name, [about, atMost]] of Object.entries(AMOUNTS)) {
          const [error, ...more] = world.errorsOf(plan, name);
          expect(more).toEqual([]);
          expect(error?.summary).toBe(
            `Charge of at most ${atMost} now: refused by max_immediate_charge = ${Number(atMost) - 0.01}`,
          );
          expect(error?.detail).toContain(`charges about ${about} now, at most ${atMost}; allowed are`);
        }
        expect(plan.errors).toHaveLength(Object.keys(MACHINES).length);
      },
    );
  });
});

describe("between plan and apply", () => {
  const web = (limit?: number): Record<string, Wanted> => ({
    web: { machine: VM, desired: { ...UP, max_immediate_charge: limit } },
  });

  test("a machine that is renewed charges more than the limit: nothing is sent", () =>
    withWorld(web(49), async (world) => {
      const plan = await world.plan();
      expect(warned(world, plan, "web")).toBe("charges about 12.67 now, at most 38.00");
      world.simulator.renew(world.id("web"));
      const applied = await world.applyPlan(plan);
      expect(applied.errors.map(({ summary }) => summary)).toEqual([
        // Ten days and the 28 of February, and one more.
        "Charge of at most 49.40 now: refused by max_immediate_charge = 49",
      ]);
      expect(world.writesOf("web")).toEqual([]);
    }));
});

describe("prices fail closed", () => {
  const TABLE = {
    open: { machine: VM, desired: UP },
    limited: { machine: VM, desired: { ...UP, max_immediate_charge: 1_000_000 } },
    // The type's direction is measured by its price: a price that lies must not make a free downgrade of it, nor may its size.
    type: { machine: VM, desired: { instance_type: "c.8c16g", max_immediate_charge: 0 } },
    smaller: {
      machine: { ...VM, instanceType: "c.8c16g" },
      desired: { instance_type: "c.4c8g", max_immediate_charge: 0 },
    },
  } satisfies Record<string, Wanted>;

  test.each<[string, Partial<Knobs>, RegExp]>([
    ["by the hour", { prices: "hourly" }, /a price per HOUR for a PREPAID machine/],
    ["below zero", { prices: "negative" }, /a negative price/],
    ["with nothing in them", { prices: "null" }, /no price/],
    ["not there at all", { prices: "missing" }, /no price/],
    ["of a machine without an expiredTime", { expiredTime: "null" }, /expires cannot be read: expiredTime is null/],
    ["of a machine whose expiredTime is left out", { expiredTime: "absent" }, /expiredTime is null/],
    ["of a machine whose expiredTime is no time", { expiredTime: "unreadable" }, /expiredTime is "/],
  ])("%s: an unknown amount, refused by any limit", (_name, knobs, reason) =>
    withWorld(
      TABLE,
      async (world) => {
        const plan = await world.plan();
        expect(warned(world, plan, "open")).toBe("charges an unknown amount now");
        const typesUnpriced = "prices" in knobs;
        expect(world.errorsOf(plan, "smaller")).toHaveLength(typesUnpriced ? 1 : 0);
        for (const name of ["limited", "type", ...(typesUnpriced ? ["smaller"] : [])]) {
          const errors = world.errorsOf(plan, name);
          expect(errors.map(({ summary }) => summary)).toEqual(["Charge unknown: refused by max_immediate_charge"]);
          expect(errors[0]?.detail).toMatch(reason);
        }
        expect(world.errorsOf(plan, "open")).toEqual([]);
      },
      knobs,
    ),
  );

  test.each<[string, Partial<Knobs>]>([
    ["in parts", { prices: "in_parts" }],
    ["with the overage first", { prices: "overage_first" }],
    ["with numbers as text", { numbersAsStrings: true }],
    ["as one object", { bandwidthPriceAsObject: true }],
  ])("%s: the sum of what is for the period", (_name, knobs) =>
    withWorld(
      {
        web: TABLE.open,
        edge: {
          type: "zenlayer_bmc_traffic_package",
          machine: {
            product: "bmc",
            internetChargeType: "ByTrafficPackage",
            trafficPackageSize: 10,
            expiredTime: "2026-02-01T00:00:00Z",
          },
          // 80 a TB, less 5 %.
          desired: { traffic_package_size: 11, max_immediate_charge: 76 },
        },
        type: { machine: VM, desired: { instance_type: "c.8c16g", max_immediate_charge: 53.2 } },
      },
      async (world) => {
        const plan = await world.plan();
        expect(plan.errors).toEqual([]);
        expect(warned(world, plan, "web")).toBe("charges about 12.67 now, at most 38.00");
        expect(warned(world, plan, "edge")).toBe("charges about 25.33 now, at most 76.00");
        expect(warned(world, plan, "type")).toBe("charges about 17.73 now, at most 53.20");
      },
      knobs,
    ),
  );

  test.each(["absent", "unreadable"] as const)(
    "a Date header that is %s: this computer's clock counts",
    (dateHeader) => {
      const inTenDays = new Date(Date.now() + 10.5 * 86_400_000).toISOString();
      return withWorld(
        { web: { machine: { ...VM, expiredTime: inTenDays }, desired: UP } },
        async (world) => {
          const plan = await world.plan();
          expect(warned(world, plan, "web")).toBe("charges about 13.30 now, at most 38.00");
        },
        { dateHeader },
      );
    },
  );

  test("lateral is refused by any limit, though the prices do not rise; without one it is warned of", () =>
    withWorld(
      {
        open: { machine: { ...VM, instanceType: "c.4c8g" }, desired: { instance_type: "g.2c8g" } },
        limited: {
          machine: { ...VM, instanceType: "c.4c8g" },
          desired: { instance_type: "g.2c8g", max_immediate_charge: 1_000_000 },
        },
        both: {
          machine: { ...VM, instanceType: "c.4c8g" },
          desired: { instance_type: "g.2c8g", ...UP },
        },
      },
      async (world) => {
        world.simulator.setPrice("g.2c8g", 56);
        const plan = await world.plan();
        expect(warned(world, plan, "open")).toBe("may charge now, although the prices asked do not rise");
        expect(warned(world, plan, "both")).toBe("charges about 12.67 now, at most 38.00");
        expect(plan.errors.map(({ summary }) => summary)).toEqual(["Charge unknown: refused by max_immediate_charge"]);
        expect(plan.errors[0]?.detail).toContain(
          "whether ModifyInstanceType charges, and how much, is for Zenlayer to decide",
        );
      },
    ));
});

describe("one warning per resource that may charge, and one when the account cannot pay it all", () => {
  const MACHINE = {
    product: "vm",
    instanceType: "c.4c8g",
    bandwidth: 100,
    expiredTime: "2026-01-25T00:00:00Z",
  } as const;
  /** Ten days before the machines expire, for as long as a plan takes. */
  const TEN_DAYS_BEFORE = { start: "2026-01-15T00:00:00Z", speed: 0 } as const;
  const TABLE = {
    // 100 Mbps more at 4 a month, less 5 %.
    up: { machine: MACHINE, desired: { internet_max_bandwidth_out: 200 } },
    // The same, and 112 − 56 for the type, less 5 %.
    two_calls: { machine: MACHINE, desired: { instance_type: "c.8c16g", internet_max_bandwidth_out: 200 } },
    // What goes down gives nothing back: only what goes up counts.
    up_and_down: { machine: MACHINE, desired: { instance_type: "c.8c16g", internet_max_bandwidth_out: 50 } },
    down: { machine: MACHINE, desired: { internet_max_bandwidth_out: 50 } },
    by_use: { machine: { ...MACHINE, instanceChargeType: "POSTPAID" }, desired: { internet_max_bandwidth_out: 200 } },
    from_unlimited: { machine: { ...MACHINE, bandwidth: 0 }, desired: { internet_max_bandwidth_out: 200 } },
    cancel: { machine: { ...MACHINE, scheduled: { bandwidth: 50 } }, desired: { internet_max_bandwidth_out: 100 } },
    quiet: { machine: MACHINE, desired: { internet_max_bandwidth_out: 100 } },
  } satisfies Record<string, Wanted>;

  const TOTAL = 380 + 433.2 + 53.2;

  async function planned(account: { cash: number; credit?: number }, deniedActions: readonly string[] = []) {
    const world = await DrivenTable.start(TABLE, { simulator: { account, clock: TEN_DAYS_BEFORE } });
    try {
      Object.assign(world.simulator.keys[0] ?? {}, { deniedActions });
      const plan = await world.plan();
      const asked = world.simulator.requests.filter((entry) => entry.action === "DescribeCustomerBalance").length;
      return { plan, asked, world };
    } finally {
      await world.stop();
    }
  }

  const summaries = (plan: DrivenPlan): readonly string[] =>
    plan.warnings.map((each) => each.summary).filter((summary) => !summary.includes("cannot be undone"));

  test("one warning per resource that charges, with its name and the sum of its calls", async () => {
    const { plan, asked } = await planned({ cash: 1000 });
    expect(plan.errors).toEqual([]);
    expect([...summaries(plan)].sort()).toEqual([
      "two_calls (930000000000000001): charges about 144.40 now, at most 433.20",
      "up (930000000000000000): charges about 126.67 now, at most 380.00",
      "up_and_down (930000000000000002): charges about 17.73 now, at most 53.20",
    ]);
    expect(asked).toBe(1);
  });

  test("charges beyond the purchasing power: one warning more, for the whole plan", async () => {
    const { plan } = await planned({ cash: 700, credit: 100 });
    const beyond = summaries(plan).filter((summary) => summary.includes("purchasing power"));
    expect(beyond).toHaveLength(1);
    const amount = Number(/at most ([\d.]+) so far\)/.exec(beyond[0] ?? "")?.[1]);
    expect(amount).toBeGreaterThan(800);
    expect(amount).toBeLessThanOrEqual(TOTAL + 1e-9);
    expect(beyond[0]).toContain("(800.00)");
    expect(summaries(plan)).toHaveLength(4);
  });

  test("exactly enough is enough", async () => {
    const { plan } = await planned({ cash: 866.4 });
    expect(summaries(plan)).toHaveLength(3);
  });

  test("a key that may not ask for the balance gets no word of it", async () => {
    const { plan } = await planned({ cash: 1 }, ["zbc:*"]);
    expect(plan.errors).toEqual([]);
    expect(summaries(plan)).toHaveLength(3);
  });

  test("prices that may not be asked are said to be unknown", async () => {
    const { plan, asked } = await planned({ cash: 1 }, ["InquiryPriceInstanceBandwidth"]);
    expect(plan.errors).toEqual([]);
    const found = summaries(plan);
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringContaining("purchasing power"),
        "two_calls (930000000000000001): charges an unknown amount now",
        "up (930000000000000000): charges an unknown amount now",
        "up_and_down (930000000000000002): charges about 17.73 now, at most 53.20",
      ]),
    );
    expect(asked).toBe(1);
  });

  test("a plan that charges nothing asks no price, and the account only once, for whose machines it imports", async () => {
    const { quiet, down, by_use, cancel } = TABLE;
    const world = await DrivenTable.start({ quiet, down, by_use, cancel });
    try {
      const plan = await world.plan();
      expect(plan.errors).toEqual([]);
      expect(plan.warnings).toEqual([]);
      const asked = world.simulator.requests.map((entry) => entry.action);
      expect(asked.filter((action) => /InquiryPrice|Balance/.test(action))).toEqual(["DescribeCustomerBalance"]);
    } finally {
      await world.stop();
    }
  });
});

describe("what is refused", () => {
  const REFUSED = {
    limit: { machine: VM, desired: { ...UP, max_immediate_charge: 1 } },
    denied: { machine: VM, desired: { internet_max_bandwidth_out: 50, on_downgrade: "deny" } },
    both: { machine: VM, desired: { ...UP, instance_type: "c.1c2g", max_immediate_charge: 1, on_downgrade: "deny" } },
    never: { machine: VM, desired: { instance_type: "c.9c99g", max_immediate_charge: 1 } },
  } satisfies Record<string, Wanted>;

  test("charges nothing: it is neither warned of as a charge nor counted against what the account can pay", async () => {
    const simulator = { clock: CLOCK, knobs: AT_ONCE, account: { cash: 10 } };
    const world = await DrivenTable.start({ limit: REFUSED.limit }, { simulator });
    try {
      const plan = await world.plan();
      expect(plan.errors).toHaveLength(1);
      expect(plan.warnings).toEqual([]);
    } finally {
      await world.stop();
    }
  });

  test("by two guards is told by both", () =>
    withWorld({ both: REFUSED.both }, async (world) => {
      const plan = await world.plan();
      expect(plan.errors.map(({ attribute }) => attribute)).toEqual(["instance_type", "max_immediate_charge"]);
    }));

  test("by a downgrade's guard asks for no price of the change", () =>
    withWorld({ denied: REFUSED.denied }, async (world) => {
      expect((await world.plan()).errors).toHaveLength(1);
      expect(world.simulator.requests.filter(({ action }) => action.startsWith("InquiryPrice"))).toEqual([]);
    }));

  test("because it can never be is told alone: no guard is asked about it", () =>
    withWorld({ never: REFUSED.never }, async (world) => {
      expect((await world.plan()).errors.map(({ attribute }) => attribute)).toEqual(["instance_type"]);
    }));
});

test("money that is held back for pending orders is warned of once, beside the charges", async () => {
  const simulator = { clock: CLOCK, knobs: AT_ONCE };
  const table = { one: { machine: VM, desired: UP }, two: { machine: VM, desired: UP } };
  const world = await DrivenTable.start({ first: { machine: VM, desired: UP }, ...table }, { simulator });
  try {
    world.simulator.account.frozen = 12.5;
    const held = (await world.plan()).warnings.filter(({ summary }) => summary.includes("held back"));
    expect(held.map(({ summary }) => summary)).toEqual([
      "12.50 of the account's balance is held back for pending orders",
    ]);
  } finally {
    await world.stop();
  }
});

/** Ten days after the prices of the fake client were asked for. */
const IN_TEN_DAYS = "1970-01-11T00:00:01Z";
const NAME = "web-1 (900000000000000001)";
const LIMIT_WORDS = " max_immediate_charge refuses what charges more than you allow at most, or an unknown amount.";

const ANSWERS: Readonly<Record<string, Answer>> = {
  describeInstanceTypes: () =>
    Object.entries(TYPES).map(([instanceType, facts]) => ({
      ...facts,
      instanceType,
      internetChargeTypes: ["ByBandwidth"],
    })),
  describeAvailableResources: () => [],
  inquiryPriceBandwidth: (_id, mbps) => [periodPrice(mbps)],
  inquiryPriceCreateInstance: ({ instanceType }: { readonly instanceType: string }) => [
    periodPrice(TYPES[instanceType]?.listPrice ?? null),
  ],
};

interface Weighed {
  readonly machine?: Machine;
  readonly instance?: Partial<Instance>;
  readonly config?: ObjectValue;
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly balance?: Partial<Balance>;
}

/** Weighs a change of one machine in memory. */
async function weighed(desired: Desired, { machine, instance, config = {}, answers = {}, balance = {} }: Weighed = {}) {
  const fake = new FakeClient({ ...ANSWERS, ...answers });
  const { signal } = new AbortController();
  const asked: unknown[] = [];
  const describeCustomerBalance = (options: { readonly signal: AbortSignal }): Promise<Partial<Balance>> => {
    asked.push(options.signal);
    return Promise.resolve(balance);
  };
  const account = new Account("https://zenlayer.test", { kind: "token", token: "t" }, {
    describeCustomerBalance,
  } as never);
  const diagnostics = new CollectedDiagnostics();
  const context = { data: { charges: new Charges() }, diagnostics, signal } as unknown as CallContext<Connection>;
  const seen = observation(machine ?? vm(), { expiredTime: IN_TEN_DAYS, ...instance });
  const steps = await weigh(
    seen.machine.product === "vm" ? VM_SPEC : BMC_BANDWIDTH,
    { pricing: fake.client, account } as Planner,
    seen,
    desired,
    config,
    context,
  );
  const { entries } = diagnostics;
  return { steps, entries, fake, signal, signals: [...fake.signals, ...asked] };
}

describe("the warning of a charge", () => {
  const RISING: Readonly<Record<string, Answer>> = {
    inquiryPriceCreateInstance: ({ instanceType }: { readonly instanceType: string }) => [
      periodPrice(56, instanceType === "g.2c8g" ? 56 : 50),
    ],
  };
  const REFUSED = { inquiryPriceCreateInstance: failing(refusal("SOME_CODE")) };

  test.each<[string, Desired, Readonly<Record<string, Answer>>, string]>([
    ["that is certain", { internet_max_bandwidth_out: 600 }, {}, "charges about 66.67 now, at most 200.00"],
    ["that Zenlayer decides about", { instance_type: "g.2c8g" }, RISING, "may charge about 2.00 now, at most 6.00"],
    [
      "that Zenlayer decides about, without a price",
      { instance_type: "m.2c16g" },
      REFUSED,
      "may charge an unknown amount now",
    ],
    [
      "of which a part is certain",
      { instance_type: "m.2c16g", internet_max_bandwidth_out: 600 },
      REFUSED,
      "charges an unknown amount now",
    ],
  ])("%s", async (_name, desired, answers, words) => {
    const { entries } = await weighed(desired, { answers });
    expect(entries.map(({ summary }) => summary)).toEqual([`${NAME}: ${words}`]);
  });

  test("tells the call, how the amounts come about, and what refuses them", async () => {
    const { entries } = await weighed({ internet_max_bandwidth_out: 600 });
    expect(entries[0]?.detail).toBe(
      "upgrade internet_max_bandwidth_out 400 → 600 Mbps now (charged now). " +
        "About is the difference of 200.00 a month, after discount, for the 10 days until the machine expires, 30 days a month. " +
        "At most is that difference for the whole period of 1 month or, if longer, for the days left rounded up and one more." +
        LIMIT_WORDS,
    );
  });

  test("without a price tells the reason", async () => {
    const answers = { inquiryPriceBandwidth: failing(refusal("SOME_CODE")) };
    const { entries } = await weighed({ internet_max_bandwidth_out: 600 }, { answers });
    expect(entries[0]?.detail).toBe(
      "upgrade internet_max_bandwidth_out 400 → 600 Mbps now (charged now). " +
        "The price cannot be had: internet_max_bandwidth_out 600: Zenlayer refused the inquiry (SOME_CODE)." +
        LIMIT_WORDS,
    );
  });

  test("rounds up what all changes so far charge at most", async () => {
    const answers = {
      inquiryPriceBandwidth: (_id: string, mbps: number) => [periodPrice(mbps === 600 ? 600.0004 : 400)],
    };
    const { entries } = await weighed(
      { internet_max_bandwidth_out: 600 },
      { answers, balance: { purchasingPower: 199 } },
    );
    expect(entries[1]?.summary).toContain("(at most 200.01 so far)");
  });

  test("is followed by what the account cannot pay and what it has pending, each with what to do", async () => {
    const { entries } = await weighed(
      { internet_max_bandwidth_out: 600 },
      { balance: { purchasingPower: 199, orderFrozenAmount: 12.5 } },
    );
    expect(entries.slice(1)).toEqual([
      {
        severity: "warning",
        summary: "The charges of this plan (at most 200.00 so far) exceed the account's purchasing power (199.00)",
        detail:
          "Zenlayer will refuse what the account cannot pay. Top up the account, or change fewer machines at once.",
        path: [],
      },
      {
        severity: "warning",
        summary: "12.50 of the account's balance is held back for pending orders",
        detail:
          "An earlier order may wait for payment; its change cannot be seen yet, so this plan may order it a second time. " +
          "Look into the Zenlayer console before you apply: pay or cancel what is pending there.",
        path: [],
      },
    ]);
  });
});

describe("what Zenlayer is asked while weighing", () => {
  test("stops with the command", async () => {
    const { fake, signal, signals } = await weighed({ internet_max_bandwidth_out: 600 });
    expect(fake.methods).toEqual(["describeInstanceTypes", "inquiryPriceBandwidth", "inquiryPriceBandwidth"]);
    expect(signals).toEqual([signal, signal]);
  });

  test("is no price of the bandwidth that a bare-metal machine includes", async () => {
    const { entries, fake } = await weighed(
      { internet_max_bandwidth_out: 600 },
      {
        machine: bmc(),
        answers: {
          describeAvailableResources: () => [{ zoneId: "SEL-A", instanceTypeId: "c.4c8g", defaultBandwidth: 400 }],
        },
      },
    );
    expect(fake.asked.filter(([, method]) => method === "inquiryPriceBandwidth").map((call) => call[3])).toEqual([600]);
    expect(entries.map(({ summary }) => summary)).toEqual([
      "web-1 (900000000000000002): charges about 200.00 now, at most 600.00",
    ]);
  });

  test("and cannot be answered: the error names the machine", async () => {
    const answers = { describeInstanceTypes: failing(refusal("SOME_CODE", "unknown")) };
    await expect(weighed({ internet_max_bandwidth_out: 600 }, { answers })).rejects.toMatchObject({
      summary: `${NAME} cannot be planned: No.`,
    });
  });
});

describe("a machine whose status does not allow the change", () => {
  const WAITS = "The apply waits until the machine is ready.";
  const fails = (needs: string): string =>
    `The apply will fail unless the machine is ${needs} by then. This provider never powers a machine on or off.`;
  const BANDWIDTH = { internet_max_bandwidth_out: 300 };
  const TYPE = { instance_type: "c.2c4g" };

  test.each<[string, Desired, string, string]>([
    ["REBOOTING", BANDWIDTH, "RUNNING", WAITS],
    ["REBOOTING", TYPE, "RUNNING or STOPPED", WAITS],
    ["STOPPED", BANDWIDTH, "RUNNING", fails("RUNNING")],
    ["INSTALL_FAILED", TYPE, "RUNNING or STOPPED", fails("RUNNING or STOPPED")],
  ])("%s, %j: is warned of, with what the apply does", async (instanceStatus, desired, needs, detail) => {
    const [axis] = Object.keys(desired);
    const { entries, steps } = await weighed(desired, { instance: { instanceStatus } });
    expect(steps).toHaveLength(1);
    expect(entries.filter(({ summary }) => summary.includes(" needs "))).toEqual([
      { severity: "warning", summary: `${NAME} is ${instanceStatus}: ${axis} needs ${needs}`, detail, path: [axis] },
    ]);
  });

  test.each<[string, Desired]>([
    ["RUNNING", { ...BANDWIDTH, ...TYPE }],
    ["STOPPED", TYPE],
  ])("%s, %j: nothing to warn of", async (instanceStatus, desired) => {
    const { entries } = await weighed(desired, { instance: { instanceStatus } });
    expect(entries.filter(({ summary }) => summary.includes(" needs "))).toEqual([]);
  });
});
