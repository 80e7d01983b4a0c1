// What an observation says of a step that was submitted.
import { decide, mayCharge, modifySteps, outcomeOf, type Charge } from "../../lib/engine";
import { processing, scheduled, settled, vm } from "./machines";

const AXIS = "internet_max_bandwidth_out";
const downgrade = { axis: AXIS, direction: "downgrade", to: 100 } as const;
const cancel = { axis: AXIS, direction: "cancel", to: 400 } as const;

test.each([
  { what: "it runs", state: processing(400, 100), step: downgrade, outcome: "waiting" },
  { what: "something else runs", state: processing(400, 600), step: downgrade, outcome: "waiting" },
  { what: "in force", state: settled(100), step: downgrade, outcome: "applied" },
  { what: "scheduled", state: scheduled(400, 100), step: downgrade, outcome: "scheduled" },
  { what: "settled at the old value", state: settled(400), step: downgrade, outcome: "elsewhere" },
  { what: "someone scheduled another value", state: scheduled(400, 200), step: downgrade, outcome: "elsewhere" },
  { what: "someone scheduled another value on top", state: scheduled(100, 50), step: downgrade, outcome: "elsewhere" },
  { what: "no such axis", state: undefined, step: downgrade, outcome: "elsewhere" },
  { what: "the plan is gone", state: settled(400), step: cancel, outcome: "applied" },
  { what: "the plan is still there", state: scheduled(400, 100), step: cancel, outcome: "elsewhere" },
  {
    what: "someone scheduled the very value it leads to",
    state: scheduled(600, 400),
    step: cancel,
    outcome: "elsewhere",
  },
  { what: "the plan was executed instead", state: settled(100), step: cancel, outcome: "elsewhere" },
  { what: "the plan is being executed instead", state: processing(400, 100), step: cancel, outcome: "waiting" },
])("$step.direction to $step.to, $what: $outcome", ({ state, step, outcome }) => {
  expect(outcomeOf(state, step)).toBe(outcome);
});

test("a package is where it should be within the tolerance", () => {
  const step = { axis: "traffic_package_size", direction: "upgrade", to: 0.3 } as const;
  expect(outcomeOf(settled(0.1 + 0.2), step)).toBe("applied");
});

test("steps that order something are those that are no cancels", () => {
  const machine = vm({ axes: { [AXIS]: scheduled(400, 100) } });
  const { steps } = decide({ machine, desired: { [AXIS]: 500 }, facts: {} });
  expect(modifySteps(steps).map(({ action }) => action)).toEqual(["ModifyInstanceBandwidth"]);
});

test.each<[Charge, boolean]>([
  ["charged_now", true],
  ["unknown", true],
  ["usage_based", false],
  ["none", false],
])("charge %s may take money when accepted: %s", (charge, expected) => {
  expect(mayCharge({ charge })).toBe(expected);
});
