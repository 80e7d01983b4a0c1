// What a row of looks says about a call: answers of a server that lags behind are in doubt until they have agreed for the grace period.
import type { AxisState, Step } from "../../lib/engine";
import { howItEnded, whetherOver } from "../../lib/reconcile/verdicts";
import { processing, scheduled, settled, vm } from "../engine/machines";
import { observation } from "../support/observations";

const GRACE = 60_000;
const STEP: Step = {
  step: 1,
  action: "ModifyInstanceBandwidth",
  axis: "internet_max_bandwidth_out",
  from: 400,
  to: 600,
  direction: "upgrade",
  takesEffect: "immediately",
  effectiveAt: null,
  charge: "charged_now",
};

const going = (target: number): AxisState<number> => processing(400, target);
const seen = (state: AxisState<number>) => observation(vm({ axes: { internet_max_bandwidth_out: state } }));

describe("how a step ended", () => {
  /** Looks at these moments; the first verdict, and when it was given. */
  function verdict(looks: readonly (readonly [number, AxisState<number>])[]): unknown {
    const judge = howItEnded(STEP, GRACE);
    for (const [waited, state] of looks) {
      const ending = judge(seen(state), waited);
      if (ending !== null) return [ending, waited];
    }
    return null;
  }

  test("seen processing, then stale answers within seconds: not told yet", () => {
    const stale = [2000, 3000, 4000, 61_000].map((at) => [at, settled(400)] as const);
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
});

describe("whether somebody else's change is over", () => {
  const over = (looks: readonly (readonly [number, AxisState<number>])[]): number | null => {
    const judge = whetherOver(STEP.axis, 600, GRACE);
    return looks.find(([waited, state]) => judge(seen(state), waited) !== null)?.[0] ?? null;
  };

  test.each<[string, AxisState<number>]>([
    ["in force", settled(600)],
    ["scheduled", scheduled(400, 600)],
  ])("at its target, %s: at once", (_name, state) => {
    expect(
      over([
        [0, going(600)],
        [1000, state],
      ]),
    ).toBe(1000);
  });

  test("elsewhere: only after the grace period, for the answer may be an old one", () => {
    const doubt = [
      [0, going(600)],
      [1000, settled(400)],
      [60_999, settled(400)],
    ] as const;
    expect(over(doubt)).toBeNull();
    expect(over([...doubt, [61_000, settled(400)]])).toBe(61_000);
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
    ).toBe(1000);
  });
});
