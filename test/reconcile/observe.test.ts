// A look at one machine: what its reads say together, and what when they contradict each other: gone needs proof.
import { ZenlayerError } from "../../lib/api";
import { observe, type Observation } from "../../lib/reconcile";
import { errorOf } from "../api/server";
import { processing, settled } from "../engine/machines";
import { denial, instanceOf, internetStatus, Reads, typeStatus, type Answers } from "./reads";
import { ID, Scene } from "./support";

const broken = new ZenlayerError({ code: "X", errorClass: "retry", outcome: "unknown", summary: "", cure: "" });
const denied: Answers = { internet: denial(), type: denial() };
const recycled = instanceOf("vm", { instanceStatus: "RECYCLE" });
const mistake = Object.assign(new Error("a bug"), { errorClass: "gone", outcome: "refused" });

describe("the reads of a look", () => {
  test.each<[string, "vm" | "bmc", "seen" | "gone" | "listed" | "left out", Answers]>([
    ["all describe it", "vm", "seen", {}],
    ["all describe it", "bmc", "seen", {}],
    ["none knows it", "vm", "gone", { ...denied, listed: null }],
    ["none knows it", "bmc", "gone", { ...denied, listed: null }],
    ["it is recycled, and has no status", "vm", "seen", { ...denied, listed: recycled }],
    ["it is recycled, and has one status", "vm", "listed", { type: denial(), listed: recycled }],
    ["it is listed, and has no status", "vm", "listed", denied],
    ["it is listed, and has no status", "bmc", "listed", denied],
    ["it is listed, and has only a type", "vm", "listed", { internet: denial() }],
    ["it is listed, and has no type", "vm", "listed", { type: denial() }],
    ["it is left out, and has a status", "vm", "left out", { listed: null }],
    ["it is left out, and has a status", "bmc", "left out", { listed: null }],
    ["it is left out, and has only a type", "vm", "left out", { listed: null, internet: denial() }],
    ["it is left out, and has no type", "vm", "left out", { listed: null, type: denial() }],
  ])("%s (%s): %s", async (_name, product, expected, answers) => {
    const reads = new Reads(answers);
    const found = await observe(reads, product, "m-1").catch((error: unknown) => error);
    const contradicts = expected === "listed" || expected === "left out";
    expect(reads.asked).toHaveLength((product === "vm" ? 3 : 2) * (contradicts ? 2 : 1));
    if (expected === "gone") expect(found).toBeNull();
    else if (expected === "seen") expect(found).toMatchObject({ machine: { product }, instance: { product } });
    else {
      expect(found).toMatchObject({ code: "READS_DISAGREE", action: "DescribeInstances", service: product });
      expect((found as ZenlayerError).summary).toMatch(expected === "listed" ? /lists it/ : /leaves it out/);
    }
  });

  test.each<[string, Answers, Error]>([
    ["DescribeInstances fails", { listed: broken }, broken],
    ["a status action fails", { internet: broken }, broken],
    ["the other one fails", { type: broken }, broken],
    ["one fails and the other denies", { listed: null, internet: denial(), type: broken }, broken],
    ["a denial may be none", { ...denied, listed: null, type: denial("unknown") }, denial("unknown")],
    ["a mistake of ours looks like a denial", { ...denied, listed: null, type: mistake }, mistake],
  ])("that cannot all be had are an error: %s", async (_name, answers, error) => {
    await expect(observe(new Reads(answers), "vm", "m-1")).rejects.toEqual(error);
  });

  test("end with the signal that is given", async () => {
    const reads = new Reads();
    const { signal } = new AbortController();
    await observe(reads, "vm", "m-1", { signal });
    expect(reads.signals).toEqual([signal, signal, signal]);
  });

  test("that contradict each other are asked once more elsewhere, and that counts", async () => {
    const again = new Reads({ listed: instanceOf("vm", { instanceName: "again" }) });
    expect((await observe(new Reads(denied), "vm", "m-1", {}, again))?.instance.instanceName).toBe("again");
  });
});

describe("what is in force", () => {
  const listed = instanceOf("vm", { instanceType: "old", bandwidth: 1, trafficPackageSize: 2 });
  const axesOf = async (answers: Answers): Promise<Observation["machine"]["axes"] | undefined> =>
    (await observe(new Reads({ listed, ...answers }), "vm", "m-1"))?.machine.axes;

  test("is what the status actions say", async () => {
    const internet = internetStatus({ trafficPackageSize: 5, bandwidthStatus: "processing", modifiedBandwidth: 600 });
    expect(await axesOf({ internet })).toEqual({
      instance_type: settled("c.4c8g"),
      internet_max_bandwidth_out: processing(400, 600),
      traffic_package_size: settled(5),
    });
  });

  test("is what DescribeInstances says where they are silent", async () => {
    const internet = internetStatus({ bandwidth: null });
    expect(await axesOf({ internet, type: typeStatus({ instanceType: null }) })).toEqual({
      instance_type: settled("old"),
      internet_max_bandwidth_out: settled(1),
      traffic_package_size: settled(2),
    });
  });

  test("is no change of a package within the tolerance", async () => {
    const internet = internetStatus({
      trafficPackageSize: 0.3,
      modifiedTrafficPackageSize: 0.1 + 0.2,
      trafficPackageStatus: "scheduled",
    });
    expect((await axesOf({ internet }))?.traffic_package_size).toEqual(settled(0.3));
  });

  test("has no type where nothing is known, as in the recycle bin", async () => {
    expect(await axesOf({ ...denied, listed: { ...listed, instanceStatus: "RECYCLE" } })).toEqual({
      internet_max_bandwidth_out: settled(1),
      traffic_package_size: settled(2),
    });
  });
});

describe("of the simulated service", () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene({});
  });
  afterEach(() => scene.stop());

  const look = (): ReturnType<typeof observe> => scene.run(observe(scene.reconciler.client, "vm", ID));
  const asked = (action: string): number => scene.simulator.requests.filter((entry) => entry.action === action).length;

  test("a machine that DescribeInstances leaves out once is asked for again by id, and seen", async () => {
    scene.simulator.fault({ kind: "left_out", action: "DescribeInstances" });
    expect((await look())?.instance.instanceId).toBe(ID);
    const ids = scene.simulator.requests.map((entry) => (entry.body as { readonly instanceIds?: unknown }).instanceIds);
    expect(ids.filter((each) => each !== undefined)).toEqual([[ID], [ID]]);
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
});
