// One machine, and whose credentials look at it: two keys and a token of its account.
import type { ObjectValue } from "../../lib/plugin";
import type { TestInstance, TestResult } from "../../lib/plugin/testing";
import type { MachineSpec } from "../../lib/simulator";
import { Driven } from "./driven";

export const ID = "900000000000000001";
export const TYPE = "zenlayer_vm_instance_spec";
export const VM: MachineSpec = { product: "vm", instanceId: ID, internetChargeType: "ByBandwidth", bandwidth: 400 };
export const KEY = { id: "AKFIRST", password: "first-password" };
export const SECOND = { id: "AKSECOND", password: "second-password" };
const TOKEN = "token-of-somebody";

/** An order that was placed and cannot be seen yet, as private data has it. */
export const ORDER = {
  axis: "internet_max_bandwidth_out",
  target: 600,
  order_number: "2026000000000001",
  request_id: "T1",
  time: "2026-01-15T00:00:00.000Z",
};

export function startWithCredentials(): Promise<Driven> {
  return Driven.start({ simulator: { fleet: [VM], keys: [KEY, SECOND], tokens: [{ value: TOKEN }] } });
}

/** The provider's configuration. */
export const as = ({ id, password }: typeof KEY, more: ObjectValue = {}): ObjectValue => ({
  access_key_id: id,
  access_key_password: password,
  ...more,
});
export const byToken: ObjectValue = { token: TOKEN };

export async function adopted(driven: Driven, config: ObjectValue = as(KEY)): Promise<TestInstance> {
  await driven.connect(config);
  return (await driven.driver.importState(TYPE, ID)).instance;
}

export async function read(driven: Driven, instance: TestInstance, config: ObjectValue): Promise<TestResult> {
  await driven.connect(config);
  return driven.driver.read(TYPE, instance);
}

export const privateOf = ({ private: data }: TestInstance): Record<string, unknown> =>
  JSON.parse(data.toString()) as Record<string, unknown>;

export const withPrivate = (instance: TestInstance, data: unknown): TestInstance => ({
  ...instance,
  private: Buffer.from(JSON.stringify(data)),
});

/** How often the account was asked who it is. */
export const balances = ({ simulator }: Driven): number =>
  simulator.requests.filter(({ action }) => action === "DescribeCustomerBalance").length;
