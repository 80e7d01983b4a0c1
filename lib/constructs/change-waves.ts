// Changes many machines in steps, with a check between, so that a bad change stops before it reaches all of them.
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { stackOf } from "../rendering";
import { ChangeHook, type ChangeHookProps } from "./change-hook";
import { addressOf, Waiting } from "./private/reachable";
import type { Specification } from "./specification";

/** Machines in steps. */
export interface ChangeWavesProps {
  /** The waves, in order. Specifications of one wave are changed at the same time. A specification stands in one wave at most. */
  readonly waves: readonly (readonly Specification[])[];
  /**
   * What must succeed after a wave, where one of its machines was changed, before the next wave begins. Its command gets
   * `ZENLAYER_INSTANCE_ID` and so on for a wave of one specification, `ZENLAYER_MACHINES` for a larger one: see `ChangeHook`.
   *
   * @default - nothing: the next wave begins when all machines of the wave are done.
   */
  readonly check?: ChangeHookProps;
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
   * @throws when a wave is empty or a specification stands in two of them; and at synth, when a specification waits for one of a later wave.
   */
  public constructor(scope: Construct, id: string, props: ChangeWavesProps) {
    super(scope, id);
    const stack = stackOf(this);
    this.checkWaves(props.waves);
    // At synth, since a dependency may be added after the waves.
    this.node.addValidation({ validate: () => this.contradictions(props.waves, stack) });
    props.waves.forEach((wave, index) => {
      const previous = props.waves[index - 1];
      if (previous === undefined) return;
      const gate = props.check === undefined ? previous : [this.addCheck(index, previous, props.check)];
      for (const specification of wave) specification.addDependency(...gate);
    });
  }

  /** The checks, in order: one after each wave but the last. */
  public get checks(): readonly ChangeHook[] {
    return [...this.hooks];
  }

  private addCheck(number: number, wave: readonly Specification[], check: ChangeHookProps): ChangeHook {
    const hook = new ChangeHook(this, `Check${number}`, { ...check, after: wave });
    this.hooks.push(hook);
    return hook;
  }

  /** Terraform would only say "Cycle:" and a list of addresses. */
  private contradictions(waves: readonly (readonly Specification[])[], stack: TerraformStack): string[] {
    const waiting = new Waiting(stack);
    return waves.flatMap((wave, index) => {
      const ways = waiting.of(wave.map(({ resource }) => resource));
      const later = waves
        .slice(index + 1)
        .flatMap((each, further) => each.map((specification) => ({ specification, number: index + 2 + further })));
      // The shortest way alone: whatever it leads to waits for further ones by the waves themselves.
      const [first] = later
        .map((each) => ({ ...each, way: ways.get(each.specification.resource) ?? [] }))
        .filter(({ way }) => way.length > 0)
        .sort((a, b) => a.way.length - b.way.length);
      if (first === undefined) return [];
      const [start, ...over] = first.way.slice(0, -1);
      const earlier = wave.find(({ resource }) => addressOf(resource) === start)?.node.path ?? start;
      const target = first.specification.node.path;
      return [
        `${earlier} stands in wave ${index + 1} but waits for ${target} in wave ${first.number}` +
          `${over.length === 0 ? "" : ` (over ${over.join(", ")})`}, which waits for wave ${index + 1}: ` +
          `remove that dependency, or let ${target} stand in wave ${index + 1} or earlier`,
      ];
    });
  }

  private checkWaves(waves: readonly (readonly Specification[])[]): void {
    const seen = new Map<Specification, number>();
    waves.forEach((wave, index) => {
      const number = index + 1;
      if (wave.length === 0)
        throw new Error(`${this.node.path}: wave ${number} is empty: leave it out, or name its specifications`);
      for (const specification of wave) {
        const earlier = seen.get(specification);
        const path = specification.node.path;
        if (earlier !== undefined) {
          throw new Error(`${this.node.path}: ${path} stands in wave ${earlier} and in wave ${number}: name it once`);
        }
        if (specification.resource.forEach !== undefined || specification.resource.count !== undefined) {
          throw new Error(
            `${this.node.path}: ${path} has forEach or count and cannot stand in a wave: write one construct per machine in a loop of your program`,
          );
        }
        seen.set(specification, number);
      }
    });
  }
}
