// A look at one machine whose reads contradict each other: gone needs proof.
import { observe } from "../../lib/reconcile";
import type { Fault } from "../../lib/simulator";
import { errorOf } from "../api/server";
import { ID, Scene } from "./support";

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.start({});
});
afterEach(() => scene.stop());

const look = (): ReturnType<typeof observe> => observe(scene.reconciler.client, "vm", ID);
const asked = (action: string): number => scene.simulator.requests.filter((entry) => entry.action === action).length;
const denial = (action: string): Fault => ({
  kind: "error",
  status: 404,
  code: "INVALID_INSTANCE_NOT_FOUND",
  action,
  times: Infinity,
});

test("a machine that DescribeInstances leaves out once is asked for again by id, and seen", async () => {
  scene.simulator.fault({ kind: "left_out", action: "DescribeInstances" });
  expect((await look())?.instance.instanceId).toBe(ID);
  const ids = scene.simulator.requests.map((entry) => (entry.body as { readonly instanceIds?: unknown }).instanceIds);
  expect(ids.filter((each) => each !== undefined)).toEqual([[ID], [ID]]);
});

test("one that it always leaves out while the status actions describe it is an error of the read", async () => {
  scene.simulator.fault({ kind: "left_out", action: "DescribeInstances", times: Infinity });
  expect(await errorOf(look())).toMatchObject({ code: "READS_DISAGREE", outcome: "unknown", instanceId: ID });
  expect(asked("DescribeInstances")).toBe(2);
});

test.each(["DescribeInstanceTypeStatus", "DescribeInstanceInternetStatus"])(
  "one that only %s denies is an error of the read",
  async (action) => {
    scene.simulator.fault({ kind: "left_out", action: "DescribeInstances", times: Infinity });
    scene.simulator.fault(denial(action));
    expect(await errorOf(look())).toMatchObject({ code: "READS_DISAGREE" });
  },
);

test("one that is listed while the status actions deny it is an error of the read", async () => {
  scene.simulator.fault(denial("DescribeInstance*Status"));
  expect(await errorOf(look())).toMatchObject({ code: "READS_DISAGREE" });
});

test("one in the recycle bin is listed, whatever the status actions say", async () => {
  scene.simulator.fault(denial("DescribeInstance*Status"));
  scene.simulator.changeOutOfBand(ID, { instanceStatus: "RECYCLE" });
  expect((await look())?.instance.instanceStatus).toBe("RECYCLE");
});

test("one that all deny is gone", async () => {
  scene.simulator.removeMachine(ID);
  expect(await look()).toBeNull();
  expect(asked("DescribeInstances")).toBe(1);
});

test("a status action that may not be asked proves nothing", async () => {
  scene.simulator.removeMachine(ID);
  scene.simulator.fault({
    kind: "error",
    status: 403,
    code: "AUTHFAILURE_UNAUTHORIZED_OPERATION",
    action: "DescribeInstanceTypeStatus",
    times: Infinity,
  });
  expect(await errorOf(look())).toMatchObject({ code: "AUTHFAILURE_UNAUTHORIZED_OPERATION" });
});
