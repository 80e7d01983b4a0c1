// What holds for every observation and every desire, tried against a small model of the service.
import fc from "fast-check";
import {
  AXES,
  committed,
  decide,
  formatValue,
  mayCharge,
  modifySteps,
  sameDecision,
  sameValue,
  type Axis,
  type AxisState,
  type AxisValue,
  type Decision,
  type Desired,
  type Facts,
  type Machine,
} from "../../lib/engine";
import { bmc, type, vm } from "./machines";
import { finish, rollOver, submit, type ModelType, type Service } from "./service";

const MODEL_TYPES: Readonly<Record<string, ModelType>> = {
  "c.1": { price: 10, limit: 100 },
  "c.2": { price: 20, limit: 200 },
  "c.4": { price: 40, limit: 400 },
  "g.2": { price: 40, limit: 200 },
  "m.1": { price: 60, limit: 100 },
  "s.1": { price: 15, limit: 300 },
  "h.1": { price: 25, limit: 300 },
};
const NAMES = Object.keys(MODEL_TYPES);
const FREE_BANDWIDTH = 100;

const FACTS: Facts = {
  types: Object.fromEntries(
    NAMES.map((name) => [
      name,
      type({ listPrice: MODEL_TYPES[name]?.price ?? null, bandwidthLimit: MODEL_TYPES[name]?.limit ?? null }),
    ]),
  ),
  freeBandwidth: FREE_BANDWIDTH,
};

const typeName = fc.constantFrom(...NAMES);
const mbps = fc.constantFrom(50, 100, 150, 200, 300, 400);
const terabytes = fc.constantFrom(0, 0.05, 0.15, 0.3, 2.5, 5, 10);

function stateOf<V extends AxisValue>(value: fc.Arbitrary<V>): fc.Arbitrary<AxisState<V>> {
  return fc
    .tuple(fc.constantFrom("settled", "processing", "scheduled"), value, value)
    .map(([phase, effective, target]) =>
      phase === "settled" || target === effective
        ? { phase: "settled", effective }
        : { phase: phase, effective, target },
    );
}

/** A bandwidth can be unlimited now, never as a target. */
const bandwidthState = fc.oneof(
  { weight: 5, arbitrary: stateOf(mbps) },
  { weight: 1, arbitrary: fc.constant<AxisState<number>>({ phase: "settled", effective: 0 }) },
  { weight: 1, arbitrary: mbps.map((target): AxisState<number> => ({ phase: "scheduled", effective: 0, target })) },
);

const charges = fc.record({
  instanceChargeType: fc.constantFrom("PREPAID", "POSTPAID"),
  internetChargeType: fc.constantFrom("ByBandwidth", "ByTrafficPackage", "ByClusterBandwidth95"),
  autoRenew: fc.constantFrom(true, false, null),
});

const axes = fc.record({
  instance_type: stateOf(typeName),
  internet_max_bandwidth_out: bandwidthState,
  traffic_package_size: stateOf(terabytes),
});

const machine: fc.Arbitrary<Machine> = fc
  .tuple(fc.boolean(), charges, axes)
  .map(([virtual, charge, { instance_type, internet_max_bandwidth_out, traffic_package_size }]) => {
    const hasPackage = charge.internetChargeType === "ByTrafficPackage";
    const shared = { internet_max_bandwidth_out, ...(hasPackage && { traffic_package_size }) };
    return virtual ? vm({ ...charge, axes: { instance_type, ...shared } }) : bmc({ ...charge, axes: shared });
  })
  .filter(isConsistent);

/** Zenlayer itself keeps every bandwidth within the cap of the type it belongs to. */
function isConsistent({ axes: { instance_type: name, internet_max_bandwidth_out: bandwidth } }: Machine): boolean {
  if (!name || !bandwidth) return true;
  const now = MODEL_TYPES[name.effective ?? ""]?.limit ?? 0;
  const later = MODEL_TYPES[committed(name) ?? ""]?.limit ?? 0;
  return Number(bandwidth.effective) <= now && Number(committed(bandwidth)) <= Math.min(now, later);
}

const desired: fc.Arbitrary<Desired> = fc.record(
  { instance_type: typeName, internet_max_bandwidth_out: mbps, traffic_package_size: terabytes },
  { requiredKeys: [] },
);

const facts = fc.constantFrom(FACTS, { types: FACTS.types ?? {} }, {});

function service(observed: Machine, lateralWaits: boolean): Service {
  return { machine: observed, types: MODEL_TYPES, freeBandwidth: FREE_BANDWIDTH, lateralWaits, ledger: [] };
}

function managed(wanted: Desired): Axis[] {
  return AXES.filter((axis) => wanted[axis] !== undefined);
}

/** Whether every managed axis is settled or scheduled on what is desired. */
function isConverged(observed: Machine, wanted: Desired): boolean {
  return managed(wanted).every((axis) => {
    const state = observed.axes[axis] as AxisState | undefined;
    return state?.phase !== "processing" && sameValue(axis, committed(state), wanted[axis] ?? null);
  });
}

/**
 * Applies as an applier does: waits, decides, submits one step at a time, waits. Where `killAfter` says so, the rest of the
 * steps is forgotten and everything is decided again from a fresh observation. Returns the service, or how it was refused.
 */
function apply(
  start: Service,
  wanted: Desired,
  known: Facts,
  killAfter: number,
): Service | { readonly refused: string } {
  let current = finish(start);
  for (let round = 0; round < 10; round += 1) {
    const decision = decide({ machine: current.machine, desired: wanted, facts: known });
    if (decision.refusals.length > 0) return { refused: "engine" };
    if (decision.steps.length === 0) return current;
    const steps = round === 0 ? decision.steps.slice(0, killAfter) : decision.steps;
    for (const step of steps) {
      const answer = submit(current, step);
      if (typeof answer === "string") return { refused: answer };
      current = finish(answer);
    }
  }
  return { refused: "never came to rest" };
}

/** Whether a type change is planned whose direction only Zenlayer knows. */
function isLateral({ steps }: Decision): boolean {
  return steps.some(({ direction }) => direction === "lateral");
}

/** Enough for rare combinations, and the whole file stays within seconds. Mutation testing, which runs it once per mutant, takes fewer. */
const RUNS = { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 500) };

test("from any observation, killed after any step, converging ends settled or scheduled on the desire, and no call is refused", () => {
  let converged = 0;
  fc.assert(
    fc.property(machine, desired, fc.nat(6), (observed, wanted, killAfter) => {
      const plan = decide({ machine: finish(service(observed, false)).machine, desired: wanted, facts: FACTS });
      const end = apply(service(observed, false), wanted, FACTS, killAfter);
      if (plan.refusals.length > 0) {
        expect(end).toEqual({ refused: "engine" });
        return;
      }
      expect(end).not.toHaveProperty("refused");
      converged += 1;
      expect(isConverged((end as Service).machine, wanted)).toBe(true);
      // A cycle later nothing is left to do either.
      const later = decide({ machine: rollOver(end as Service).machine, desired: wanted, facts: FACTS });
      expect(later.steps).toEqual([]);
    }),
    RUNS,
  );
  // Most random desires are refused; a handful that converge shows that the property is not empty.
  expect(converged).toBeGreaterThan(RUNS.numRuns / 50);
});

test("one desire never charges an axis twice, and orders it at most once, killed or not", () => {
  fc.assert(
    fc.property(
      machine,
      desired,
      facts,
      fc.boolean(),
      fc.nat(6),
      (observed, wanted, known, lateralWaits, killAfter) => {
        const end = apply(service(observed, lateralWaits), wanted, known, killAfter);
        fc.pre(!("refused" in end));
        for (const axis of AXES) {
          expect(end.ledger.filter((entry) => entry.axis === axis).length).toBeLessThanOrEqual(1);
        }
      },
    ),
    RUNS,
  );
});

test("what the plan calls free does not charge, what it charges does, and what it dates waits", () => {
  fc.assert(
    fc.property(machine, desired, fc.boolean(), (observed, wanted, lateralWaits) => {
      let current = finish(service(observed, lateralWaits));
      const decision = decide({ machine: current.machine, desired: wanted, facts: FACTS });
      fc.pre(!isLateral(decision));
      for (const step of decision.steps) {
        const answer = submit(current, step);
        expect(typeof answer).toBe("object");
        const next = answer as Service;
        const charged = next.ledger.slice(current.ledger.length).some((entry) => entry.charged);
        expect(charged).toBe(step.charge === "charged_now");
        const phase = (next.machine.axes[step.axis] as AxisState).phase;
        expect(phase === "scheduled").toBe(step.takesEffect === "next_billing_cycle");
        expect(step.effectiveAt).toBe(step.takesEffect === "next_billing_cycle" ? observed.expiredTime : null);
        current = finish(next);
      }
    }),
    RUNS,
  );
});

test("with facts missing, no charge comes unannounced", () => {
  fc.assert(
    fc.property(machine, desired, facts, fc.boolean(), (observed, wanted, known, lateralWaits) => {
      let current = finish(service(observed, lateralWaits));
      for (const step of decide({ machine: current.machine, desired: wanted, facts: known }).steps) {
        const answer = submit(current, step);
        if (typeof answer === "string") return;
        if (answer.ledger.slice(current.ledger.length).some((entry) => entry.charged))
          expect(mayCharge(step)).toBe(true);
        current = finish(answer);
      }
    }),
    RUNS,
  );
});

test("nothing is done when every managed axis is committed to its desired value", () => {
  fc.assert(
    fc.property(machine, facts, fc.subarray([...AXES]), (observed, known, chosen) => {
      const values = chosen.map((axis) => [axis, committed(observed.axes[axis] as AxisState | undefined)] as const);
      const wanted = Object.fromEntries(values.filter(([, value]) => value !== null)) as Desired;
      const decision = decide({ machine: observed, desired: wanted, facts: known });
      expect(decision.steps).toEqual([]);
      expect(decision.refusals).toEqual([]);
      const running = managed(wanted).filter((axis) => observed.axes[axis]?.phase === "processing");
      expect(decision.waits.map(({ axis }) => axis)).toEqual(running);
    }),
    RUNS,
  );
});

test("the steps of an axis form a chain from where it is to what is desired: a cancel at most, then a Modify at most", () => {
  fc.assert(
    fc.property(machine, desired, facts, (observed, wanted, known) => {
      const { steps, waits } = decide({ machine: observed, desired: wanted, facts: known });
      expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index + 1));
      for (const axis of AXES) {
        const own = steps.filter((step) => step.axis === axis);
        if (own.length === 0) continue;
        const state = observed.axes[axis] as AxisState;
        expect(own[0]?.from).toEqual(committed(state));
        expect(own.at(-1)?.to).toEqual(wanted[axis]);
        own.slice(1).forEach((step, index) => expect(step.from).toEqual(own[index]?.to));
        expect(own.filter(({ direction }) => direction === "cancel").length).toBe(state.phase === "scheduled" ? 1 : 0);
        expect(modifySteps(own).length).toBeLessThanOrEqual(1);
        expect(waits.some((wait) => wait.axis === axis)).toBe(state.phase === "processing");
      }
      const firstModify = steps.findIndex(({ direction }) => direction !== "cancel");
      const lastCancel = steps.map(({ direction }) => direction).lastIndexOf("cancel");
      if (firstModify >= 0) expect(lastCancel).toBeLessThan(firstModify);
    }),
    RUNS,
  );
});

test("with a refusal nothing can be sent, and nothing is refused that is not managed", () => {
  fc.assert(
    fc.property(machine, desired, facts, (observed, wanted, known) => {
      const { steps, refusals, warnings } = decide({ machine: observed, desired: wanted, facts: known });
      if (refusals.length > 0) expect(steps).toEqual([]);
      for (const { axis } of [...refusals, ...warnings]) expect(managed(wanted)).toContain(axis);
    }),
    RUNS,
  );
});

test("the same input gives the same decision, however its keys are ordered, and is not touched", () => {
  fc.assert(
    fc.property(machine, desired, facts, (observed, wanted, known) => {
      const before = JSON.stringify([observed, wanted, known]);
      const decision = decide({ machine: observed, desired: wanted, facts: known });
      const reversed = <T extends object>(value: T) => Object.fromEntries(Object.entries(value).reverse()) as T;
      const again = decide({
        machine: { ...reversed(observed), axes: reversed(observed.axes) },
        desired: reversed(wanted),
        facts: reversed(known),
      });
      expect(again).toEqual(decision);
      expect(JSON.stringify([observed, wanted, known])).toBe(before);
    }),
    RUNS,
  );
});

test("a plan is not stale while the machine stays, nor when a running change has ended as predicted", () => {
  fc.assert(
    fc.property(machine, desired, facts, (observed, wanted, known) => {
      const plan = decide({ machine: observed, desired: wanted, facts: known });
      const written = plan.steps.map((step) => ({
        ...step,
        from: step.from === null ? null : formatValue(step.axis, step.from),
        to: formatValue(step.axis, step.to),
      }));
      const now = decide({ machine: finish(service(observed, false)).machine, desired: wanted, facts: known });
      expect(now.waits).toEqual([]);
      expect(sameDecision(written, now.steps)).toEqual({ same: true, differences: [], done: [] });
    }),
    RUNS,
  );
});
