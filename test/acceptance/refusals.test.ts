// Every error that Zenlayer may answer, as the user of the real Terraform sees it: on a change, and on a read.
import { ERROR_TABLE, type ErrorEntry } from "../../lib/api";
import type { CommandResult, Diagnostic } from "../../lib/testing";
import { importBlock, resource, World } from "../support/world";

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

const NO_RETRIES = `provider "zenlayer" {\n  max_retries = 0\n}\n`;

/** What refuses the credentials ends everything that the process does with them: each has an account of its own. */
const ACCOUNTS: readonly (readonly [string, Readonly<typeof CASES>])[] = [
  ["beside others", CASES.filter(({ entry }) => entry.refusesCredentials !== true)],
  ...CASES.filter(({ entry }) => entry.refusesCredentials === true).map((each) => [each.entry.code, [each]] as const),
];

describe.each(ACCOUNTS)("an error that answers a change, %s", (_account, cases) => {
  let world: World;
  let applied: CommandResult;
  beforeAll(async () => {
    world = await World.start({
      simulator: {
        fleet: {
          machines: cases.map(({ axis, instanceId, name }) => ({
            product: "vm",
            instanceId,
            instanceName: name,
            internetChargeType: axis === "traffic_package_size" ? "ByTrafficPackage" : "ByBandwidth",
          })),
          account: { cash: 1_000_000 },
        },
      },
    });
    await world.configure(
      NO_RETRIES +
        cases
          .map(
            ({ axis, instanceId, name }) =>
              importBlock(`zenlayer_vm_instance_spec.${name}`, instanceId) +
              resource("zenlayer_vm_instance_spec", name, { instance_id: instanceId, [axis]: DESIRED[axis] }),
          )
          .join("\n"),
    );
    for (const { entry, axis, instanceId, status } of cases)
      world.simulator.fault({
        kind: "error",
        action: ACTION[axis],
        instanceId,
        status,
        code: entry.code,
        body: `words about ${instanceId}`,
      });
    const plan = await world.terraform.plan();
    expect(plan.exitCode).toBe(2);
    applied = await world.terraform.applyPlan(plan);
    expect(applied.exitCode).toBe(1);
  });
  afterAll(() => world.stop());

  test.each(cases.map((each) => [each.entry.code, each] as const))("%s", (code, { entry, axis, instanceId, name }) => {
    const error = only(applied.errors.filter((each) => each.address === `zenlayer_vm_instance_spec.${name}`));
    const text = `${error.summary}\n${error.detail}`;
    expect(error.summary).toContain(`${name} (${instanceId})`);
    expect(text).toContain(entry.summary.replace(/\.$/, ""));
    expect(text).toContain(`words about ${instanceId}`);
    expect(text).toContain(ACTION[axis]);
    expect(text).toContain(code);
    expect(text).toMatch(/request T[0-9A-F-]{36}/);
    expect(error.snippet?.code).toContain(`${entry.attribute === "instance_id" ? "instance_id" : axis} =`);
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
  let world: World;
  beforeAll(async () => {
    world = await World.start({ simulator: { fleet: [{ product: "vm", instanceId: ID, instanceName: "web-1" }] } });
    await world.configure(
      NO_RETRIES +
        importBlock("zenlayer_vm_instance_spec.web", ID) +
        resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: 200 }),
    );
  });
  afterAll(() => world.stop());
  afterEach(() => world.simulator.clearFaults());

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
    const plan = await world.terraform.plan();
    expect(plan.exitCode).toBe(1);
    const error = only(plan.errors);
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
  const ID = "900000000000000001";
  const world = await World.start({
    simulator: {
      fleet: [{ product: "vm", instanceId: ID, instanceName: "web-1" }],
      account: { cash: 1_000_000 },
      knobs: { insufficientBalance: true },
    },
  });
  try {
    await world.configure(
      importBlock("zenlayer_vm_instance_spec.web", ID) +
        resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: 200 }),
    );
    const applied = await world.terraform.applyPlan(await world.terraform.plan());
    const error = only(applied.errors);
    expect(error.detail).toContain("purchasing power is 1000000");
    expect(error.detail).toContain("SIM_BALANCE_TOO_LOW");
    expect(error.detail).toMatch(/Zenlayer says: ".+"/);
    expect(error.snippet?.code).toContain("internet_max_bandwidth_out =");
    expect(world.simulator.writes()).toHaveLength(1);
    expect(await world.terraform.attributes("zenlayer_vm_instance_spec.web")).toMatchObject({
      internet_max_bandwidth_out: 100,
      order_numbers: [],
      change_count: 0,
    });
    expect((await world.terraform.plan()).exitCode).toBe(2);
  } finally {
    await world.stop();
  }
});

function only(errors: readonly Diagnostic[]): Diagnostic {
  expect(errors).toHaveLength(1);
  return errors[0] as Diagnostic;
}
