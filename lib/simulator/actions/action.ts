// What an action is: the fields it takes, whether it names one machine, and what it answers.
import type { Fault } from "../faults";
import type { Body, Field } from "../fields";
import type { Machine, Product } from "../types";
import type { World } from "../world";

interface ActionInput {
  readonly world: World;
  readonly body: Body;
  /** The injected fault that hit the call: `stale` and `left_out` make a read say something else than the truth. */
  readonly fault: Fault | null;
}

/** What goes into `response` next to the request id. */
export type ActionAnswer = Record<string, unknown>;

export type ActionDefinition =
  | { readonly fields: readonly Field[]; readonly product?: undefined; run(input: ActionInput): ActionAnswer }
  | {
      /** An action on the machine of this product that `instanceId` names. */
      readonly product: Product;
      readonly fields: readonly Field[];
      run(input: ActionInput & { readonly machine: Machine }): ActionAnswer;
    };

/** The field of every action on one machine. */
export const INSTANCE_ID: Field = { name: "instanceId", type: "string", required: true };
