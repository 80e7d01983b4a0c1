// Changes many machines in steps, with a check between, so that a bad change stops before it reaches all of them.
import { dependable, TerraformLocal, type ITerraformDependable, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkAtSynth, pathOf, stackOf, SynthesisError } from "../rendering";
import { ChangeHook, type ChangeHookProps } from "./change-hook";
import { checkedList, resourceOf } from "./private/after";
import { checkProperties, shown, type Properties } from "./private/properties";
import { whyNotThere } from "./private/hook-elements";
import { nodeAddress, Waiting } from "./private/reachable";
import type { ISpecification, SpecificationResource } from "./specification";

/** Machines in steps. */
export interface ChangeWavesProps {
  /** The waves, in order. Specifications of one wave are changed at the same time. A specification stands in one wave at most. */
  readonly waves: readonly (readonly ISpecification[])[];
  /**
   * What must succeed after a wave, where one of its machines was changed, before the next wave begins. Its command gets
   * `ZENLAYER_INSTANCE_ID` and so on for a wave of one specification, `ZENLAYER_MACHINES`, or its parts, for a larger one: see `ChangeHook`.
   *
   * @default - nothing: the next wave begins when all machines of the wave are done.
   */
  readonly check?: ChangeHookProps | undefined;
}

/**
 * Orders the changes of many machines in waves: a wave begins when the one before is done and its check has succeeded. When a change or a
 * check fails, the apply fails and the later waves are not touched; the next apply goes on there.
 */
export class ChangeWaves extends Construct {
  private readonly hooks: ChangeHook[] = [];

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - The waves, and the check between them.
   * @throws SynthesisError when a wave is empty, a specification stands in two of them or in another stack; and at synth, when a specification
   * waits for one of a later wave.
   */
  public constructor(scope: Construct, id: string, props: ChangeWavesProps) {
    super(scope, id);
    const stack = stackOf(this);
    checkProperties(this.node.path, "ChangeWaves", props, PROPERTIES);
    const waves = this.checkedWaves(props.waves);
    const check = props.check ?? undefined;
    if (check !== undefined && (typeof check !== "object" || Array.isArray(check))) {
      throw new SynthesisError(
        "INVALID_VALUE",
        this.node.path,
        `check is ${shown(check)}: it takes what a hook takes, for example { command: "npm run health" }`,
      );
    }
    // At synth, since a dependency may be added after the waves.
    checkAtSynth(this, () => {
      const problems = this.contradictions(waves, stack);
      if (problems.length > 0) throw this.contradiction(problems.join("; "));
    });
    waves.forEach((wave, index) => {
      const previous = waves[index - 1];
      if (previous === undefined) return;
      const gate = check === undefined ? this.addGate(index, previous) : this.addCheck(index, previous, check);
      for (const resource of wave) resource.dependsOn = [...(resource.dependsOn ?? []), dependable(gate)];
    });
  }

  /** The checks, in order: one after each wave but the last. */
  public get checks(): readonly ChangeHook[] {
    return [...this.hooks];
  }

  /** What waits for a whole wave, so that each machine of the next one names a single thing: a wave of n would otherwise be named n times by n. */
  private addGate(number: number, wave: Wave): ITerraformDependable {
    const [first] = wave;
    if (first !== undefined && wave.length === 1) return first;
    const ids = wave.map((resource): unknown => resource.interpolationForAttribute("id"));
    const gate = new TerraformLocal(this, `Wave${number}`, ids);
    return {
      get fqn(): string {
        return `local.${gate.friendlyUniqueId}`;
      },
    };
  }

  private addCheck(number: number, wave: Wave, check: ChangeHookProps): ChangeHook {
    const hook = new ChangeHook(this, `Check${number}`, { ...check, after: wave.map((resource) => ({ resource })) });
    this.hooks.push(hook);
    return hook;
  }

  /** Terraform would only say "Cycle:" and a list of addresses. */
  private contradictions(waves: readonly Wave[], stack: TerraformStack): readonly string[] {
    const missing = waves.flat().flatMap((resource) => {
      const why = whyNotThere(resource);
      return why === null ? [] : [`${pathOf(resource)} stands in a wave, ${why}`];
    });
    if (missing.length > 0) return missing;
    const waiting = new Waiting(stack);
    // A wave that waits for a later one closes a circle, since the later one waits for it.
    if (!waiting.isCircular(waves.flat())) return [];
    return waves.flatMap((wave, index) => {
      const ways = waiting.of(wave);
      const later = waves
        .slice(index + 1)
        .flatMap((each, further) => each.map((resource) => ({ resource, number: index + 2 + further })));
      // The shortest way alone: whatever it leads to waits for further ones by the waves themselves.
      const [first] = later
        .map((each) => ({ ...each, way: ways.get(each.resource) ?? [] }))
        .filter(({ way }) => way.length > 0)
        .sort((a, b) => a.way.length - b.way.length);
      if (first === undefined) return [];
      const [start, ...over] = first.way.slice(0, -1);
      const waiter = wave.find((resource) => nodeAddress(resource) === start);
      const earlier = waiter === undefined ? start : pathOf(waiter);
      const target = pathOf(first.resource);
      return [
        `${earlier} stands in wave ${index + 1} but waits for ${target} in wave ${first.number}` +
          `${over.length === 0 ? "" : ` (over ${over.join(", ")})`}, which waits for wave ${index + 1}: ` +
          `remove that dependency, or let ${target} stand in wave ${index + 1} or earlier`,
      ];
    });
  }

  private checkedWaves(given: unknown): readonly Wave[] {
    const seen = new Map<SpecificationResource, number>();
    return checkedList(this, "waves", given).map((wave, index) => {
      const number = index + 1;
      const what = `wave ${number}`;
      const resources = checkedList(this, what, wave).map((each) => resourceOf(this, what, each));
      if (resources.length === 0)
        throw this.contradiction(`${what} is empty: leave it out, or name its specifications`);
      for (const resource of resources) {
        const earlier = seen.get(resource);
        if (earlier !== undefined) {
          throw this.contradiction(`${pathOf(resource)} stands in wave ${earlier} and in wave ${number}: name it once`);
        }
        seen.set(resource, number);
      }
      return resources;
    });
  }

  private contradiction(problem: string): SynthesisError {
    return new SynthesisError("CONTRADICTION", this.node.path, problem);
  }
}

type Wave = readonly SpecificationResource[];

const PROPERTIES: Properties<ChangeWavesProps> = { waves: "required", check: "optional" };
