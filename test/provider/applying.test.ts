// What the applies of one connection know of each other.
import { Applying } from "../../lib/provider/applying";
import type { OpenOrder } from "../../lib/reconcile";

const TYPE = "zenlayer_vm_instance_spec";
const ORDER: OpenOrder = { axis: "instance_type", target: "c.8c16g", orderNumber: "1", requestId: null, time: "t" };

test("an apply has begun once any resource is applied, and never before", () => {
  const applying = new Applying();
  expect(applying.hasBegun).toBe(false);
  applying.leave(TYPE, "1", [ORDER]);
  expect(applying.hasBegun).toBe(false);
  applying.begin();
  applying.begin();
  expect(applying.hasBegun).toBe(true);
});

test("orders that were left are collected once, by the same type for the same machine", () => {
  const applying = new Applying();
  applying.leave(TYPE, "1", [ORDER]);
  expect(applying.collect(TYPE, "2")).toEqual([]);
  expect(applying.collect("zenlayer_bmc_bandwidth", "1")).toEqual([]);
  expect(applying.collect(TYPE, "1")).toEqual([ORDER]);
  expect(applying.collect(TYPE, "1")).toEqual([]);
});

test("two connections are told apart", () => {
  expect(new Applying().connection).not.toBe(new Applying().connection);
});
