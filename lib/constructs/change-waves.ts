// Changes many machines in steps, with a check between, so that a bad change stops before it reaches all of them.
import { Construct } from "constructs";
import { ChangeHook, type ChangeHookProps } from "./change-hook";
import { stackOf } from "./private/same-library";
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
   * @throws when a wave is empty or a specification stands in two of them.
   */
  public constructor(scope: Construct, id: string, props: ChangeWavesProps) {
    super(scope, id);
    stackOf(this);
    this.checkWaves(props.waves);
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
