// The same steps on two stages: the provider driven in this process by core's rules, and the real Terraform. Both tell what came of a step in one form.
import { isDecimal, isObject, isUnknown, numberText, type ObjectValue, type Value } from "../../lib/plugin";
import type { TestDiagnostic, TestInstance, TestPlan } from "../../lib/plugin/testing";
import type { Simulator, SimulatorOptions } from "../../lib/simulator";
import { canonicalText } from "../../lib/plugin/cty/equality";
import { Driven } from "./driven";
import { FAST, World } from "./world";

export interface Step {
  /** Arguments of the one resource; null: the resource is removed from the configuration. */
  readonly config: ObjectValue | null;
  /** Id in an import block beside it. */
  readonly import?: string;
  /** What happens to the account before the plan. */
  readonly before?: (simulator: Simulator) => unknown;
  /** What happens to the account between plan and apply. */
  readonly between?: (simulator: Simulator) => unknown;
  readonly taint?: true;
}

/** What came of a step: of the plan, and of its apply unless it failed or had nothing to do. */
export interface Outcome {
  readonly action: string;
  readonly planned: ObjectValue | null;
  readonly unknown: readonly string[];
  readonly planErrors: readonly string[];
  readonly planWarnings: readonly string[];
  readonly applyErrors: readonly string[];
  readonly applyWarnings: readonly string[];
  /** The `Modify…` and `Cancel…` calls of the step. */
  readonly calls: readonly string[];
  readonly state: ObjectValue | null;
}

export interface Stage {
  run(step: Step): Promise<Outcome>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly type: string;
  readonly simulator: SimulatorOptions;
  /** The provider's configuration. */
  readonly provider?: ObjectValue;
}

type Told = readonly { readonly severity: "error" | "warning"; readonly summary: string }[];

/** The provider in this process. Each command has a connection of its own, as Terraform's have. */
export async function drivenStage({ type, simulator: options, provider = {} }: StageOptions): Promise<Stage> {
  const driven = await Driven.start({ simulator: options, config: provider, provider: { timing: FAST } });
  const { driver, simulator } = driven;
  /** What is stored: a plan reads anew, but only an apply stores. */
  let stored: TestInstance | null = null;

  async function plan(step: Step): Promise<{ readonly before: TestDiagnostic[]; readonly plan: TestPlan | null }> {
    await driven.connect();
    const before: TestDiagnostic[] = [];
    // Validation comes before anything is read or imported.
    if (step.config !== null) before.push(...(await driver.validate(type, step.config)));
    if (failed(before)) return { before, plan: null };
    const imported = stored === null && step.import !== undefined ? await driver.importState(type, step.import) : null;
    const read = imported ?? (stored === null ? null : await driver.read(type, stored));
    before.push(...(read?.diagnostics ?? []));
    if (failed(before)) return { before, plan: null };
    const found = read === null || read.instance.state === null ? null : read.instance;
    if (found === null && step.config === null) return { before, plan: null };
    const instance = found !== null && step.taint === true ? { ...found, tainted: true } : found;
    return { before, plan: await driver.plan(type, step.config, instance) };
  }

  return {
    async run(step) {
      await step.before?.(simulator);
      simulator.clearRequests();
      const { before, plan: made } = await plan(step);
      const told = [...before, ...(made?.diagnostics ?? [])];
      const importing = step.import !== undefined && stored === null && made?.prior !== null;
      let applied: Told = [];
      if (made !== null && !failed(told) && (made.action !== "no-op" || importing)) {
        await step.between?.(simulator);
        await driven.connect();
        const result = await driver.apply(type, made);
        applied = result.diagnostics;
        stored = result.instance.state === null ? null : result.instance;
      }
      return {
        action: failed(told) ? "error" : (made?.action ?? "no-op"),
        ...(failed(told) ? { planned: null, unknown: [] } : knownOf(made?.planned ?? null)),
        ...toldBy(told, applied),
        calls: callsOf(simulator),
        state: plain(stored?.state ?? null),
      };
    },
    stop: () => driven.stop(),
  };
}

/** The real Terraform. */
export async function terraformStage({ type, simulator: options, provider = {} }: StageOptions): Promise<Stage> {
  const world = await World.start({ simulator: options });
  const { terraform, simulator } = world;
  const address = `${type}.it`;
  await world.configure("");

  return {
    async run(step) {
      await step.before?.(simulator);
      if (step.taint === true) await terraform.run(["taint", address]);
      simulator.clearRequests();
      const configuration = {
        provider: { zenlayer: provider },
        ...(step.config === null ? {} : { resource: { [type]: { it: step.config } } }),
        ...(step.import === undefined ? {} : { import: [{ to: address, id: step.import }] }),
      };
      await terraform.write("case.tf.json", JSON.stringify(configuration));
      const plan = await terraform.plan();
      const change = plan.resourceChanges.find((each) => each.address === address)?.change;
      const actions = change?.actions ?? ["no-op"];
      const action = actions.length > 1 ? "replace" : (actions[0] ?? "no-op");
      let applied: Told = [];
      if (plan.exitCode !== 1 && (action !== "no-op" || change?.importing !== undefined)) {
        await step.between?.(simulator);
        applied = (await terraform.applyPlan(plan)).diagnostics;
      }
      const failure = plan.exitCode === 1;
      return {
        action: failure ? "error" : action,
        planned: failure ? null : plain(change?.after ?? null),
        unknown: failure ? [] : unknownNames(change?.after_unknown ?? {}),
        ...toldBy(plan.diagnostics, applied),
        calls: callsOf(simulator),
        state: plain(await terraform.attributes(address)),
      };
    },
    stop: () => world.stop(),
  };
}

function failed(told: Told): boolean {
  return told.some(({ severity }) => severity === "error");
}

function toldBy(planned: Told, applied: Told) {
  const texts = (told: Told, wanted: "error" | "warning"): string[] =>
    told.filter(({ severity }) => severity === wanted).map(({ summary }) => withoutAmounts(summary));
  return {
    planErrors: texts(planned, "error"),
    planWarnings: texts(planned, "warning"),
    applyErrors: texts(applied, "error"),
    applyWarnings: texts(applied, "warning"),
  };
}

/** Amounts move with the clock. */
function withoutAmounts(text: string): string {
  return text.replace(/\d+\.\d\d\b/g, "N");
}

function callsOf(simulator: Simulator): string[] {
  return simulator.writes().map(({ action }) => action);
}

function knownOf(planned: ObjectValue | null): { readonly planned: ObjectValue | null; readonly unknown: string[] } {
  const entries = Object.entries(planned ?? {});
  return {
    planned: planned === null ? null : plain(Object.fromEntries(entries.filter(([, value]) => !isUnknown(value)))),
    unknown: entries
      .filter(([, value]) => isUnknown(value))
      .map(([name]) => name)
      .sort(),
  };
}

function unknownNames(unknown: { readonly [name: string]: unknown }): string[] {
  return Object.keys(unknown)
    .filter((name) => unknown[name] === true)
    .sort();
}

/** As JSON has it, without what differs from run to run: sets in one order, and of order numbers only how many there are. */
function plain(object: ObjectValue | null): ObjectValue | null {
  if (object === null) return null;
  const entries = Object.entries(object).map(([name, value]): [string, Value] => {
    if (name === "order_numbers" && Array.isArray(value)) return [name, value.length];
    return [name, plainValue(value)];
  });
  return Object.fromEntries(entries);
}

function plainValue(value: Value): Value {
  if (isDecimal(value)) return Number(numberText(value));
  if (Array.isArray(value)) {
    const elements = value.map((element: Value) => plainValue(element));
    return elements.every(isObject)
      ? elements.sort((a, b) => (canonicalText(a) < canonicalText(b) ? -1 : 1))
      : elements;
  }
  return isObject(value) ? plain(value) : value;
}
