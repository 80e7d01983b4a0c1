// Quotes with the real Terraform: what a quote tells is usable in outputs, checks and preconditions. What it tells: test/provider/data-sources/quote.test.ts.
import { expectNoChanges, resourcesOf, type JsonObject, type Plan } from "../../lib/testing";
import { data, importBlock, resource, World } from "../support/world";

let world: World;
beforeEach(async () => {
  const machine = { product: "vm", instanceId: "1", instanceType: "c.4c8g", bandwidth: 100, period: 3 } as const;
  world = await World.start({ simulator: { fleet: [machine] } });
});
afterEach(() => world.stop());

async function planOf(text: string): Promise<Plan> {
  await world.configure(text);
  return world.terraform.plan();
}

function quoteOf(plan: Plan, name: string): JsonObject {
  const found = resourcesOf({ values: plan.json?.prior_state?.values ?? {} }).find((each) => each.name === name);
  if (found === undefined)
    throw new Error(`${name} was not read: ${plan.errors.map((each) => each.summary).join("; ")}`);
  return found.values;
}

const SPEC = { instance_id: "1", internet_max_bandwidth_out: 200 };
const MANAGED = importBlock("zenlayer_vm_instance_spec.web", "1") + data("zenlayer_vm_spec_quote", "web", SPEC);

test("beside its resource: stored in the plan, usable in outputs and checks; the machine is read once", async () => {
  const plan = await planOf(
    MANAGED +
      resource("zenlayer_vm_instance_spec", "web", SPEC) +
      `output "total" {\n  value = data.zenlayer_vm_spec_quote.web.total\n}
check "cheap" {
  assert {
    condition     = coalesce(data.zenlayer_vm_spec_quote.web.total, 0) < 1000
    error_message = "Too dear: \${coalesce(data.zenlayer_vm_spec_quote.web.total, 0)}."
  }
}`,
  );
  expect(plan.errors).toEqual([]);
  expect(quoteOf(plan, "web")).toMatchObject({ total: 2280 });
  expect(plan.json?.output_changes?.["total"]?.after).toBe(2280);
  expect(plan.warnings.map((each) => each.detail)).toContainEqual(expect.stringContaining("Too dear: 2280."));
  const reads = world.simulator.requests.filter((entry) => entry.action === "DescribeInstanceInternetStatus");
  expect(reads.length).toBeLessThanOrEqual(2);
  expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
  // The price is no longer asked for, so the output changes once; the machine does not.
  await world.terraform.apply();
  expectNoChanges(await world.terraform.plan());
  expect(world.simulator.writes()).toHaveLength(1);
});

test("a precondition on its price stops the plan before anything is called", async () => {
  const plan = await planOf(
    MANAGED +
      resource(
        "zenlayer_vm_instance_spec",
        "web",
        SPEC,
        `  lifecycle {
    precondition {
      condition     = coalesce(data.zenlayer_vm_spec_quote.web.total, 0) < 1000
      error_message = "Too dear."
    }
  }
`,
      ),
  );
  expect(plan.exitCode).toBe(1);
  expect(plan.errors.map((each) => each.detail)).toContainEqual(expect.stringContaining("Too dear."));
  expect(world.simulator.writes()).toEqual([]);
});
