// A look at a machine for Terraform: what is not there, and what cannot be read.
import { ZenlayerError } from "../../lib/api";
import { DiagnosticError } from "../../lib/plugin";
import { presentMachine, recentMachine } from "../../lib/provider/look";
import type { Observation } from "../../lib/reconcile";
import { observation } from "../support/observations";

const ID = "900000000000000001";
const { signal } = new AbortController();

function contextOf(recent: (...asked: unknown[]) => Promise<Observation | null>) {
  return { data: { reconciler: { machines: { recent } } } as never, signal };
}

test("a machine is given as it was seen, and asked for by product and id", async () => {
  const seen = observation();
  const recent = jest.fn(async () => seen);
  expect(await presentMachine("vm", ID, contextOf(recent))).toBe(seen);
  expect(recent).toHaveBeenCalledWith("vm", ID, signal);
});

test.each([
  ["that does not exist", null, /^No virtual machine 900000000000000001/],
  ["in the recycle bin", "RECYCLE", /recycle bin \(RECYCLE\)/],
  ["that is being released", "RELEASING", /recycle bin \(RELEASING\)/],
])("a machine %s is an error at instance_id", async (_name, instanceStatus, summary) => {
  const seen = instanceStatus === null ? null : observation(undefined, { instanceStatus });
  await expect(
    presentMachine(
      "vm",
      ID,
      contextOf(async () => seen),
    ),
  ).rejects.toMatchObject({
    name: "DiagnosticError",
    summary: expect.stringMatching(summary),
    path: ["instance_id"],
  });
});

test("whether a machine that is gone may leave the state is not decided by a look", async () => {
  const recycled = observation(undefined, { instanceStatus: "RECYCLE" });
  expect(
    await recentMachine(
      "vm",
      ID,
      contextOf(async () => recycled),
    ),
  ).toBe(recycled);
  expect(
    await recentMachine(
      "vm",
      ID,
      contextOf(async () => null),
    ),
  ).toBeNull();
});

test("an error of Zenlayer names the machine, and is never taken for its absence", async () => {
  const error = new ZenlayerError({ code: "X", errorClass: "user", outcome: "refused", summary: "No.", cure: "Ask." });
  for (const look of [recentMachine, presentMachine]) {
    const failed = look(
      "vm",
      ID,
      contextOf(() => Promise.reject(error)),
    );
    await expect(failed).rejects.toBeInstanceOf(DiagnosticError);
    await expect(failed).rejects.toMatchObject({ summary: `Machine ${ID} cannot be read: ${error.summary}` });
  }
});

test("a mistake of ours is no error of Zenlayer's: it is thrown as it is", async () => {
  const mistake = new TypeError("ours");
  await expect(
    recentMachine(
      "vm",
      ID,
      contextOf(() => Promise.reject(mistake)),
    ),
  ).rejects.toBe(mistake);
});
