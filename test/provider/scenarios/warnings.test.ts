// Every warning names its machine: of several with equal summaries Terraform shows one. Across files: whichever says one.
import { UNKNOWN, type ObjectValue } from "../../../lib/plugin";
import type { TestInstance } from "../../../lib/plugin/testing";
import type { Fault, MachineSpec } from "../../../lib/simulator";
import { Driven } from "../../support/driven";
import { SAMPLE_VM } from "../../support/sample-vm";

const TYPE = "zenlayer_vm_instance_spec";
const IDS = ["900000000000000001", "900000000000000002"] as const;
const order = (number: string | null) => ({
  axis: "internet_max_bandwidth_out",
  target: 900,
  order_number: number,
  request_id: null,
  time: "2026-01-15T00:00:00.000Z",
});

interface Scene {
  readonly warning: RegExp;
  readonly machine?: Partial<MachineSpec>;
  readonly config?: ObjectValue;
  /** Of the instance before the plan. */
  readonly orders?: readonly object[];
  readonly before?: (driven: Driven, id: string) => void;
  /** Between plan and apply; without it nothing is applied. */
  readonly apply?: (driven: Driven, id: string) => void;
  /** What is planned instead of the configuration. */
  readonly plans?: "destroy" | "another machine" | "a machine not known yet";
}

const bandwidth = (value: number, more: ObjectValue = {}): ObjectValue => ({
  internet_max_bandwidth_out: value,
  ...more,
});
const fault = (more: Omit<Fault, "instanceId">) => (driven: Driven, id: string) =>
  void driven.simulator.fault({ ...more, instanceId: id });
const scheduled = { scheduled: { bandwidth: 100 } };
const cancelling = bandwidth(100, { on_destroy: "cancel_scheduled" });

const SCENES: Readonly<Record<string, Scene>> = {
  "from unlimited to a number": { warning: /cannot be undone/, machine: { bandwidth: 0 }, config: bandwidth(100) },
  "no step of packages": {
    warning: /traffic_package_size \S+ is not a multiple of/,
    machine: { internetChargeType: "ByTrafficPackage", trafficPackageSize: 2 },
    config: { traffic_package_size: 2.51 },
  },
  "a type that is not on sale": {
    warning: /is not on sale now/,
    config: { instance_type: "c.8c16g" },
    before: ({ simulator: { catalogue } }) => {
      for (const types of Object.values(catalogue.vmTypesOnSale)) types.splice(0, types.length, "c.4c8g");
    },
  },
  "a type that is sold with other networks": {
    warning: /is not sold with network billing/,
    machine: { internetChargeType: "ByInstanceBandwidth95" },
    config: { instance_type: "c.8c16g" },
  },
  "not renewed, with a call": {
    warning: /the machine is not renewed/,
    machine: { autoRenew: false },
    config: bandwidth(100),
  },
  "not renewed, without one": {
    warning: /the machine is not renewed/,
    machine: { autoRenew: false, ...scheduled },
    config: bandwidth(100),
  },
  "a status that forbids it": {
    warning: /is STOPPED: internet_max_bandwidth_out needs/,
    machine: { instanceStatus: "STOPPED" },
    config: bandwidth(600),
  },
  "what it charges": { warning: /: charges about N now, at most N$/, config: bandwidth(600) },
  "an unknown charge": {
    warning: /: charges an unknown amount now$/,
    config: bandwidth(600),
    before: fault({ kind: "error", action: "InquiryPrice*", code: "OPERATION_DENIED", times: Infinity }),
  },
  "a value that is not known yet": {
    warning: /calls and charges for machine \d+ cannot be shown/,
    config: { internet_max_bandwidth_out: UNKNOWN },
  },
  "an open order": { warning: /^Order 1 of .* is still open for/, config: bandwidth(600), orders: [order("1")] },
  "an open call": { warning: /^A call of .* is still open for/, config: bandwidth(600), orders: [order(null)] },
  "an open order that a destroy forgets": {
    warning: /is still open and is forgotten now$/,
    config: bandwidth(400),
    orders: [order(null)],
    plans: "destroy",
  },
  "the same at the apply": {
    warning: /is still open and is forgotten now$/,
    config: bandwidth(400),
    orders: [order(null)],
    plans: "destroy",
    apply: () => undefined,
  },
  "an open order of a machine that is exchanged": {
    warning: /is still open for/,
    config: bandwidth(400),
    orders: [order(null)],
    plans: "a machine not known yet",
  },
  "a destroy that cancels": {
    warning: /^Forgetting machine/,
    machine: scheduled,
    config: cancelling,
    plans: "destroy",
  },
  "what a move leaves scheduled": {
    warning: /stays scheduled$/,
    machine: scheduled,
    config: cancelling,
    plans: "another machine",
  },
  "a destroy that cannot look": {
    warning: /could not be looked at before it was forgotten$/,
    config: bandwidth(400, { on_destroy: "cancel_scheduled" }),
    plans: "destroy",
    apply: fault({ kind: "error", action: "Describe*", code: "OPERATION_DENIED", times: Infinity }),
  },
  "at its target already": {
    warning: /was at its target already$/,
    config: bandwidth(600),
    apply: ({ simulator }, id) => void simulator.changeOutOfBand(id, { bandwidth: 600 }),
  },
  "a lost answer": {
    warning: /was executed although its answer was lost$/,
    config: bandwidth(600),
    apply: fault({ kind: "reset_after", action: "ModifyInstanceBandwidth" }),
  },
};

/** The summaries of the warnings of one machine; amounts move with the clock. */
async function warningsOf({ machine = {}, config = {}, orders, before, apply, plans }: Scene, id: string) {
  const driven = await Driven.start({
    simulator: {
      fleet: [
        { ...SAMPLE_VM, ...machine, instanceId: id },
        { ...SAMPLE_VM, instanceId: "900000000000000009" },
      ],
    },
  });
  try {
    const { driver } = driven;
    const configured = { instance_id: id, ...config };
    let { instance } = await driver.importState(TYPE, id);
    instance = { ...instance, state: { ...instance.state, on_destroy: config["on_destroy"] ?? null } };
    if (orders !== undefined) instance = remembering(instance, orders);
    before?.(driven, id);
    const wanted = {
      destroy: null,
      "another machine": { ...configured, instance_id: "900000000000000009" },
      "a machine not known yet": { ...configured, instance_id: UNKNOWN },
    };
    const plan = await driver.plan(TYPE, plans === undefined ? configured : wanted[plans], instance);
    const told = [...plan.diagnostics];
    if (apply !== undefined) {
      apply(driven, id);
      await driven.connect();
      told.splice(0, told.length, ...(await driver.apply(TYPE, plan)).diagnostics);
    }
    return told
      .filter(({ severity }) => severity === "warning")
      .map(({ summary }) => summary.replace(/\d+\.\d\d\b/g, "N"));
  } finally {
    await driven.stop();
  }
}

function remembering(instance: TestInstance, orders: readonly object[]): TestInstance {
  const data = JSON.parse(instance.private.toString()) as object;
  return { ...instance, private: Buffer.from(JSON.stringify({ ...data, open_orders: orders })) };
}

test.each(Object.entries(SCENES))("%s", async (_name, scene) => {
  const [first, second] = await Promise.all(IDS.map((id) => warningsOf(scene, id)));
  expect(first).toContainEqual(expect.stringMatching(scene.warning));
  for (const [index, summaries] of [first, second].entries())
    for (const summary of summaries ?? []) expect(summary).toContain(IDS[index]);
});
