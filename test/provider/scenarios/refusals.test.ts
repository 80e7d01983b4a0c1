// Every error that Zenlayer may answer, as the user sees it. Across files: on a change and on a read, and the table of errors in `api` gives the rows.
import { ERROR_TABLE, type ErrorEntry } from "../../../lib/api";
import { DrivenTable, type DrivenResult, type Told } from "../../support/driven-table";
import type { Wanted } from "../../support/wanted";
import { FAST } from "../../support/world";

type Axis = "instance_type" | "internet_max_bandwidth_out" | "traffic_package_size";

const DESIRED: { readonly [A in Axis]: string | number } = {
  instance_type: "c.8c16g",
  internet_max_bandwidth_out: 200,
  traffic_package_size: 7,
};
const ACTION: { readonly [A in Axis]: string } = {
  instance_type: "ModifyInstanceType",
  internet_max_bandwidth_out: "ModifyInstanceBandwidth",
  traffic_package_size: "ModifyInstanceTrafficPackage",
};

const SERVICE_ERRORS = ERROR_TABLE.filter((entry) => entry.origin !== "client");
const CASES = SERVICE_ERRORS.map((entry, index) => ({
  entry,
  axis: axisOf(entry),
  status: entry.errorClass === "retry" && entry.code !== "REQUEST_LIMIT_EXCEEDED" ? 500 : 400,
  name: `case${index}`,
  instanceId: String(920_000_000_000_000_000n + BigInt(index)),
}));
/** Zenlayer may have carried it out: the answer does not tell. */
const leavesOutcomeOpen = ({ errorClass, code }: ErrorEntry): boolean =>
  errorClass === "unsure" || (errorClass === "retry" && code !== "REQUEST_LIMIT_EXCEEDED");
/** Zenlayer speaks of a change that then does not show. */
const speaksOfHiddenChange = ({ errorClass, dependsOnStatus }: ErrorEntry): boolean =>
  errorClass === "noop" || (errorClass === "wait" && dependsOnStatus !== true);

function axisOf({ attribute }: ErrorEntry): Axis {
  return attribute === "instance_type" || attribute === "traffic_package_size"
    ? attribute
    : "internet_max_bandwidth_out";
}

/** What is looked for in vain is given up soon. */
const OPTIONS = { config: { max_retries: 0 }, provider: { timing: FAST } };

/** What refuses the credentials ends everything that the process does with them: each has an account of its own. */
const ACCOUNTS: readonly (readonly [string, Readonly<typeof CASES>])[] = [
  ["beside others", CASES.filter(({ entry }) => entry.refusesCredentials !== true)],
  ...CASES.filter(({ entry }) => entry.refusesCredentials === true).map((each) => [each.entry.code, [each]] as const),
];

describe.each(ACCOUNTS)("an error that answers a change, %s", (_account, cases) => {
  let world: DrivenTable;
  let applied: DrivenResult;
  beforeAll(async () => {
    const table = cases.map(({ axis, instanceId, name }): [string, Wanted] => {
      const internetChargeType = axis === "traffic_package_size" ? "ByTrafficPackage" : "ByBandwidth";
      return [name, { machine: { product: "vm", instanceId, internetChargeType }, desired: { [axis]: DESIRED[axis] } }];
    });
    world = await DrivenTable.start(Object.fromEntries(table), OPTIONS);
    for (const { entry, axis, instanceId, status } of cases)
      world.simulator.fault({
        kind: "error",
        action: ACTION[axis],
        instanceId,
        status,
        code: entry.code,
        body: `words about ${instanceId}`,
      });
    applied = await world.apply();
  });
  afterAll(() => world.stop());

  test.each(cases.map((each) => [each.entry.code, each] as const))("%s", (code, { entry, axis, instanceId, name }) => {
    const error = only(world.errorsOf(applied, name));
    const text = `${error.summary}\n${error.detail}`;
    expect(error.summary).toContain(`${name} (${instanceId})`);
    expect(text).toContain(entry.summary.replace(/\.$/, ""));
    expect(text).toContain(`words about ${instanceId}`);
    expect(text).toContain(ACTION[axis]);
    expect(text).toContain(code);
    expect(text).toMatch(/request T[0-9A-F-]{36}/);
    expect(error.attribute).toBe(entry.attribute === "instance_id" ? "instance_id" : axis);
    if (leavesOutcomeOpen(entry)) expect(error.summary).toContain("outcome");
    else expect(text).toContain("Nothing was ordered by this call.");
    if (speaksOfHiddenChange(entry)) expect(text).toContain("does not show");
    else if (!leavesOutcomeOpen(entry)) expect(text).toContain(entry.cure);
    expect(text).not.toMatch(/\.\.|undefined|null|purchasing power/);
  });

  test("nothing was sent twice, and nothing was ordered", () => {
    expect(world.simulator.writes().map((entry) => entry.instanceId)).toHaveLength(cases.length);
    expect(new Set(world.simulator.writes().map((entry) => entry.instanceId)).size).toBe(cases.length);
    expect(world.simulator.orders).toEqual([]);
  });
});

describe("an error that answers a read", () => {
  const ID = "900000000000000001";
  let world: DrivenTable;
  // Each with a process of its own, so to speak: refused credentials are not tried again.
  beforeEach(async () => {
    const machine = { product: "vm", instanceId: ID } as const;
    world = await DrivenTable.start({ web: { machine, desired: { internet_max_bandwidth_out: 200 } } }, OPTIONS);
  });
  afterEach(() => world.stop());

  test.each(
    CASES.filter(({ entry }) => entry.origin === "common" || entry.errorClass === "gone" || entry.goneOnRead).map(
      (each) => [each.entry.code, each] as const,
    ),
  )("%s", async (code, { entry, status }) => {
    // A machine counts as gone only when its status actions deny it, too.
    const isGone = entry.errorClass === "gone" || entry.goneOnRead === true;
    world.simulator.fault({
      kind: "error",
      action: isGone ? "Describe*" : "DescribeInstances",
      times: Infinity,
      status,
      code,
    });
    const error = only((await world.plan()).errors);
    const text = `${error.summary}\n${error.detail}`;
    expect(text).toContain(ID);
    if (isGone) {
      expect(error.summary).toContain(`No virtual machine ${ID}`);
      return;
    }
    expect(error.summary).toContain(entry.summary.replace(/\.$/, ""));
    expect(text).toContain(entry.cure);
    expect(text).toMatch(new RegExp(`vm DescribeInstances.*${code}.*request T[0-9A-F-]{36}`));
  });
});

test("a code that nobody documented, as for a low balance, comes with Zenlayer's words and what the account can pay", async () => {
  const world = await DrivenTable.start(
    { web: { machine: { product: "vm" }, desired: { internet_max_bandwidth_out: 200 } } },
    { simulator: { knobs: { insufficientBalance: true } } },
  );
  try {
    const applied = await world.apply();
    const error = only(applied.errors);
    expect(error.detail).toContain("purchasing power is 1000000");
    expect(error.detail).toContain("SIM_BALANCE_TOO_LOW");
    expect(error.detail).toMatch(/Zenlayer says: ".+"/);
    expect(error.attribute).toBe("internet_max_bandwidth_out");
    expect(world.simulator.writes()).toHaveLength(1);
    expect(world.attributes("web")).toMatchObject({
      internet_max_bandwidth_out: 100,
      order_numbers: [],
      change_count: 0,
    });
    expect(world.stepsOf(await world.plan(), "web")).toHaveLength(1);
  } finally {
    await world.stop();
  }
});

function only(errors: readonly Told[]): Told {
  expect(errors).toHaveLength(1);
  return errors[0] as Told;
}
