// A `moved` block from the official provider: what is taken from its state, and what is refused.
import { Driven } from "../support/driven";

const ID = "900000000000000001";
const OFFICIAL = "registry.terraform.io/zenlayer/zenlayercloud";
const VM = "zenlayer_vm_instance_spec";

let driven: Driven;
beforeAll(async () => {
  driven = await Driven.start({ simulator: { fleet: [{ instanceId: ID, bandwidth: 400 }] } });
});
afterAll(() => driven.stop());

const move = (to: string, typeName: string, state: object, providerAddress = OFFICIAL) =>
  driven.driver.moveState(to, { providerAddress, typeName, json: JSON.stringify(state) });

test.each([
  ["zenlayercloud_zvm_instance", OFFICIAL],
  ["zenlayercloud_instance", OFFICIAL],
  ["zenlayercloud_zvm_instance", "registry.opentofu.org/zenlayer/zenlayercloud"],
  // As OpenTofu 1.10 tells it.
  ["zenlayercloud_instance", "zenlayercloud"],
])("%s of %s: its id is adopted, everything else is read, and the plan is quiet", async (type, address) => {
  const moved = await move(VM, type, { id: ID, instance_name: "an-old-name", password: "a-secret-word" }, address);
  expect(moved.diagnostics).toEqual([]);
  expect(moved.instance.state).toMatchObject({ id: ID, instance_id: ID, instance_name: null });
  expect(moved.instance.private.toString()).not.toContain("a-secret-word");
  await driven.connect();
  const { instance } = await driven.driver.read(VM, moved.instance);
  expect(instance.state).toMatchObject({ internet_max_bandwidth_out: 400, instance_status: "RUNNING", changes: [] });
  const plan = await driven.driver.plan(VM, { instance_id: ID, internet_max_bandwidth_out: 400 }, instance);
  expect(plan.action).toBe("no-op");
});

test.each([
  ["the other product", VM, "zenlayercloud_bmc_instance", { id: ID }, OFFICIAL],
  ["another type", VM, "zenlayercloud_vpc", { id: ID }, OFFICIAL],
  ["another provider", VM, "zenlayercloud_zvm_instance", { id: ID }, "registry.terraform.io/someone/zenlayercloud"],
  ["an own type", "zenlayer_bmc_bandwidth", VM, { id: ID }, "registry.terraform.io/cdktf-zenlayer/zenlayer"],
])("from %s: refused, with what can be moved", async (_name, to, type, state, address) => {
  const { instance, diagnostics } = await move(to, type, state, address);
  expect(instance.state).toBeNull();
  expect(diagnostics[0]?.summary).toBe(`A ${type} of ${address} cannot become a ${to}`);
  expect(diagnostics[0]?.detail).toMatch(/zenlayercloud_(zvm|bmc)_instance .*import block/s);
});

test.each([[{}], [{ id: "" }], [{ id: null }], [{ id: 5 }]])("without an id (%j): refused", async (state) => {
  const { diagnostics } = await move(VM, "zenlayercloud_zvm_instance", state);
  expect(diagnostics[0]?.summary).toBe("The zenlayercloud_zvm_instance to be moved has no id");
});

test("where the machine cannot be seen, it stays: whose it is nobody has noted yet", async () => {
  const moved = await move(VM, "zenlayercloud_zvm_instance", { id: "900000000000000009" });
  await driven.connect();
  const { instance, diagnostics } = await driven.driver.read(VM, moved.instance);
  expect(diagnostics[0]?.summary).toMatch(/cannot be seen, and the state does not tell whose credentials saw it last/);
  expect(instance).toEqual(moved.instance);
});
