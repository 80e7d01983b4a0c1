// One call is sent once, and its answer is one of a few things.
import { ZenlayerError, type Outcome, type ZenlayerClient } from "../../lib/api";
import type { Product, Step } from "../../lib/engine";
import { submit, type Submission } from "../../lib/reconcile/submit";
import { upgrade } from "./steps";

const ACCEPTED = { requestId: "R-1", orderNumber: "A-1" };

/** A client that remembers the one call that is made with it. */
function fakeClient(answer: () => Promise<unknown> = () => Promise.resolve(ACCEPTED)) {
  const calls: unknown[][] = [];
  const api = (product: Product): object =>
    new Proxy(
      {},
      {
        get:
          (_target, method) =>
          (...args: unknown[]) => {
            calls.push([product, method, ...args]);
            return answer();
          },
      },
    );
  return { calls, client: { vm: api("vm"), bmc: api("bmc") } as unknown as ZenlayerClient };
}

const OPTIONS = { sendWithin: 5000, signal: new AbortController().signal };
const sizing = (to: number): Partial<Step> => ({ axis: "traffic_package_size", to });

test.each<[Product, Partial<Step> & Pick<Step, "action">, string, readonly unknown[]]>([
  ["vm", { action: "ModifyInstanceType", axis: "instance_type", to: "c.8c16g" }, "modifyType", ["c.8c16g"]],
  ["vm", { action: "CancelInstanceDowngrade", axis: "instance_type", to: "c.4c8g" }, "cancelTypeDowngrade", []],
  ["vm", { action: "ModifyInstanceBandwidth" }, "modifyBandwidth", [600]],
  ["bmc", { action: "ModifyInstanceBandwidth" }, "modifyBandwidth", [600]],
  ["bmc", { action: "CancelInstanceBandwidthDowngrade" }, "cancelBandwidthDowngrade", []],
  ["vm", { action: "ModifyInstanceTrafficPackage", ...sizing(0.1 + 0.2) }, "modifyTrafficPackage", [0.3]],
  ["bmc", { action: "CancelInstanceTrafficPackageDowngrade", ...sizing(5) }, "cancelTrafficPackageDowngrade", []],
])("%s %j is sent as planned, with what limits it", async (product, step, method, values) => {
  const { calls, client } = fakeClient();
  const submission = await submit(client, product, "m-1", upgrade(step), OPTIONS);
  expect(submission).toEqual({ kind: "accepted", accepted: ACCEPTED });
  expect(calls).toEqual([[product, method, "m-1", ...values, OPTIONS]]);
});

const MOVED = "OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING";
const STATUS = "OPERATION_DENIED_INSTANCE_NOT_RUNNING";

test.each<[string, Outcome, number | null, Submission["kind"]]>([
  ["TURN_TOO_LATE", "not_sent", null, "too_late"],
  ["REQUEST_LIMIT_EXCEEDED", "not_sent", 1000, "later"],
  ["REQUEST_LIMIT_EXCEEDED", "not_sent", 0, "later"],
  ["REQUEST_LIMIT_EXCEEDED", "not_sent", null, "refused"],
  ["NETWORK_ERROR", "unknown", null, "unknown"],
  ["NETWORK_ERROR", "unknown", 1000, "unknown"],
  [MOVED, "refused", null, "look_again"],
  [MOVED, "unknown", null, "unknown"],
  [MOVED, "not_sent", null, "refused"],
  ["OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH", "refused", null, "look_again"],
  ["INVALID_INSTANCE_TYPE_NOT_CHANGED", "refused", null, "look_again"],
  ["OPERATION_DENIED_DOWNGRADE_NOT_EXIST", "refused", null, "look_again"],
  [STATUS, "refused", null, "not_in_this_status"],
  [STATUS, "unknown", null, "unknown"],
  [STATUS, "not_sent", null, "refused"],
  ["STOCK_INSUFFICIENT", "refused", null, "refused"],
  ["NOBODY_KNOWS_THIS", "refused", null, "refused"],
])("%s, %s, to be sent again after %p: %s", async (code, outcome, sendAgainAfter, kind) => {
  const error = new ZenlayerError({ code, errorClass: "user", outcome, sendAgainAfter, summary: "No.", cure: "Ask." });
  const { calls, client } = fakeClient(() => Promise.reject(error));
  const submission = await submit(client, "vm", "m-1", upgrade(), OPTIONS);
  const told = kind === "too_late" ? {} : kind === "later" ? { error, after: sendAgainAfter } : { error };
  expect(submission).toEqual({ kind, ...told });
  expect(calls).toHaveLength(1);
});

test("a mistake of ours is thrown on", async () => {
  const mistake = new TypeError("a bug");
  const { client } = fakeClient(() => Promise.reject(mistake));
  await expect(submit(client, "vm", "m-1", upgrade(), OPTIONS)).rejects.toBe(mistake);
});
