// What a row of looks says about a call: answers of a server that lags behind are in doubt until they have agreed for the grace period.
import type { AxisState, Machine } from "../../lib/engine";
import { howItEnded, whetherMoved, whetherOver, whetherShown, type Verdict } from "../../lib/reconcile/verdicts";
import { bmc, processing, scheduled, settled, vm } from "../engine/machines";
import { observation } from "../support/observations";
import { cancel, upgrade } from "./steps";

const GRACE = 60_000;
const WITHOUT_AXIS: Machine = { ...vm(), axes: {} };
const STEP = upgrade();
const TYPE_STEP = upgrade({ action: "ModifyInstanceType", axis: "instance_type", from: "c.4c8g", to: "c.8c16g" });

type Looks = readonly (readonly [waited: number, seen: AxisState<number> | Machine])[];

const going = (target: number): AxisState<number> => processing(400, target);
const machineOf = (seen: AxisState<number> | Machine): Machine =>
  "axes" in seen ? seen : vm({ axes: { internet_max_bandwidth_out: seen } });

/** Looks at these moments; the first verdict, and when it was given. */
function first<R>(judge: Verdict<R>, looks: Looks): readonly [R, number] | null {
  for (const [waited, seen] of looks) {
    const verdict = judge(observation(machineOf(seen)), waited);
    if (verdict !== null) return [verdict, waited];
  }
  return null;
}

describe("whether the world has moved after a refusal", () => {
  const busy = (state: AxisState<number>): Machine =>
    vm({ axes: { internet_max_bandwidth_out: state, instance_type: processing("c.4c8g", "c.8c16g") } });
  const doubt: Looks = [
    [0, settled(400)],
    [59_999, settled(400)],
  ];

  test.each<[string, Looks, ReturnType<typeof first>]>([
    ["where it was, within the grace period: not told yet", doubt, null],
    ["where it was for the grace period: the same", [...doubt, [60_000, settled(400)]], ["same", 60_000]],
    ["at rest elsewhere: moved", [...doubt, [60_000, settled(500)]], ["moved", 60_000]],
    ["being changed: moved", [[0, going(600)]], ["moved", 0]],
    ["scheduled: moved", [[0, scheduled(400, 300)]], ["moved", 0]],
    ["where it was, while another axis is being changed: not told yet", [[60_000, busy(settled(400))]], null],
    [
      "where it was, and another axis is at rest again: moved, for the call is to be decided anew",
      [
        [0, busy(settled(400))],
        [1, settled(400)],
      ],
      ["moved", 1],
    ],
  ])("of a change, %s", (_name, looks, verdict) => {
    expect(first(whetherMoved(STEP, GRACE), looks)).toEqual(verdict);
  });

  test.each<[string, Looks, ReturnType<typeof first>]>([
    ["still there for the grace period: the same", [[60_000, scheduled(400, 100)]], ["same", 60_000]],
    ["still there within it: not told yet", [[59_999, scheduled(400, 100)]], null],
    ["gone: moved", [[0, settled(400)]], ["moved", 0]],
    ["being carried through: moved", [[0, going(100)]], ["moved", 0]],
    ["there, from another value: moved", [[0, scheduled(300, 100)]], ["moved", 0]],
  ])("of a downgrade to cancel, %s", (_name, looks, verdict) => {
    expect(first(whetherMoved(cancel(), GRACE), looks)).toEqual(verdict);
  });

  test("of a machine without the axis is never told", () => {
    expect(first(whetherMoved(TYPE_STEP, GRACE), [[60_000, bmc()]])).toBeNull();
  });

  test("of a machine that has fewer axes is told by those that it has", () => {
    expect(first(whetherMoved(STEP, GRACE), [[60_000, bmc()]])).toEqual(["same", 60_000]);
  });
});

describe("whether a change whose answer was lost shows", () => {
  test.each<[string, Looks, ReturnType<typeof first>]>([
    ["in force", [[0, settled(600)]], ["shown", 0]],
    ["scheduled", [[0, scheduled(400, 600)]], ["shown", 0]],
    ["being executed", [[0, going(600)]], ["shown", 0]],
    ["nothing within the grace period", [[59_999, settled(400)]], null],
    ["nothing for the grace period", [[60_000, settled(400)]], ["hidden", 60_000]],
    ["another change", [[60_000, going(700)]], ["hidden", 60_000]],
    ["no such axis", [[60_000, WITHOUT_AXIS]], ["hidden", 60_000]],
  ])("%s", (_name, looks, verdict) => {
    expect(first(whetherShown(STEP, GRACE), looks)).toEqual(verdict);
  });

  test.each<[string, Looks, ReturnType<typeof first>]>([
    ["is gone: shown", [[0, settled(400)]], ["shown", 0]],
    ["is still there: hidden", [[60_000, scheduled(400, 100)]], ["hidden", 60_000]],
    ["gave way to one that leads to where it is: hidden", [[60_000, scheduled(600, 400)]], ["hidden", 60_000]],
  ])("as the cancel of a downgrade that %s", (_name, looks, verdict) => {
    expect(first(whetherShown(cancel(), GRACE), looks)).toEqual(verdict);
  });
});

describe("how a step ended", () => {
  const verdict = (looks: Looks) => first(howItEnded(STEP, GRACE), looks);

  test("seen processing, then stale answers within seconds: not told yet", () => {
    const stale: Looks = [2000, 3000, 4000, 61_000].map((at) => [at, settled(400)]);
    expect(verdict([[0, going(600)], ...stale])).toBeNull();
    expect(verdict([[0, going(600)], ...stale, [62_000, settled(400)]])).toEqual(["failed", 62_000]);
  });

  test("seen processing, stale answers, and then in force: done", () => {
    expect(
      verdict([
        [0, going(600)],
        [2000, settled(400)],
        [3000, settled(400)],
        [4000, settled(600)],
      ]),
    ).toEqual(["applied", 4000]);
  });

  test("scheduled: told at once", () => {
    expect(verdict([[0, scheduled(400, 600)]])).toEqual(["scheduled", 0]);
  });

  test("an answer that shows it processing again ends the doubt", () => {
    const looks = [
      [0, going(600)],
      [1000, settled(400)],
      [50_000, going(600)],
      [62_000, settled(400)],
    ] as const;
    expect(verdict(looks)).toBeNull();
    expect(verdict([...looks, [122_000, settled(400)]])).toEqual(["failed", 122_000]);
  });

  test("never seen: invisible after the grace period, or changed elsewhere", () => {
    expect(
      verdict([
        [0, settled(400)],
        [59_999, settled(400)],
      ]),
    ).toBeNull();
    expect(
      verdict([
        [0, settled(400)],
        [60_000, settled(400)],
      ]),
    ).toEqual(["invisible", 60_000]);
    expect(
      verdict([
        [0, settled(400)],
        [60_000, settled(300)],
      ]),
    ).toEqual(["changed_elsewhere", 60_000]);
  });

  test.each<[string, Looks[number][1], string]>([
    ["scheduled to another value", scheduled(400, 300), "changed_elsewhere"],
    ["without the axis", WITHOUT_AXIS, "changed_elsewhere"],
  ])("never seen, and the machine is %s: %s", (_name, seen, ending) => {
    expect(
      verdict([
        [0, seen],
        [60_000, seen],
      ]),
    ).toEqual([ending, 60_000]);
  });

  test("another change that ran meanwhile says nothing about it", () => {
    expect(
      verdict([
        [0, going(700)],
        [1000, settled(400)],
        [61_000, settled(400)],
      ]),
    ).toEqual(["invisible", 61_000]);
  });
});

describe("whether somebody else's change is over", () => {
  const over = (looks: Looks) => first(whetherOver(STEP.axis, 600, GRACE), looks);

  test.each<[string, AxisState<number>]>([
    ["in force", settled(600)],
    ["scheduled", scheduled(400, 600)],
  ])("at its target, %s: at once", (_name, state) => {
    expect(
      over([
        [0, going(600)],
        [1000, state],
      ]),
    ).toEqual([true, 1000]);
  });

  test("elsewhere: only after the grace period, for the answer may be an old one", () => {
    const doubt = [
      [0, going(600)],
      [1000, settled(400)],
      [60_999, settled(400)],
    ] as const;
    expect(over(doubt)).toBeNull();
    expect(over([...doubt, [61_000, settled(400)]])).toEqual([true, 61_000]);
  });

  test("a new target takes the place of the old one", () => {
    expect(
      over([
        [0, going(700)],
        [1000, settled(600)],
      ]),
    ).toBeNull();
    expect(
      over([
        [0, going(700)],
        [1000, settled(700)],
      ]),
    ).toEqual([true, 1000]);
  });

  test("of an axis that is not there any more it is", () => {
    expect(over([[0, WITHOUT_AXIS]])).toEqual([true, 0]);
  });
});
