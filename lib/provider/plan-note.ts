// What a plan tells its own apply, in planned private data: what planned values cannot say. It never outlives that apply.

import { AXES, type Axis } from "../engine";
import { isObject, type Private } from "../plugin";

/** A scheduled downgrade that a destroy announced to cancel. */
export interface AnnouncedCancel {
  readonly axis: Axis;
  /** The scheduled value, as `pending` writes it. */
  readonly from: string;
  /** The value in force, to which the axis goes back. */
  readonly to: string;
}

export type PlanNote =
  | {
      readonly plans: "apply";
      /**
       * The axes that the configuration sets, as core filtered it by `ignore_changes`: what apply is given is not filtered, and planned values look
       * alike for managed axes and others.
       */
      readonly managed: readonly Axis[];
      /** The resource is replaced, and which machine the new one manages is known only during the apply: it may be the same. */
      readonly successorUnknown: boolean;
    }
  | {
      readonly plans: "destroy";
      readonly cancels: readonly AnnouncedCancel[];
      /**
       * The connection that planned it. Core plans the destroy of an object that a replacement put aside or left over once more within the apply: such a
       * plan nobody has seen, and a new object may manage the machine already.
       */
      readonly by: string;
    };

/** The private data of a plan: what the resource remembers, and the note. */
export function withNote(remembered: Private, note: PlanNote): Private {
  const plan =
    note.plans === "destroy"
      ? { cancels: note.cancels, by: note.by }
      : { managed: note.managed, ...(note.successorUnknown ? { successor_unknown: true } : {}) };
  return { ...remembered, plan };
}

/** Null: the plan was made by a version of this provider that left none. */
export function noteOf(planned: Private): PlanNote | null {
  const plan = planned?.["plan"];
  if (!isObject(plan)) return null;
  const { by, cancels, managed } = plan;
  if (Array.isArray(cancels) && typeof by === "string")
    return { plans: "destroy", cancels: cancels.flatMap(readCancel), by };
  if (!Array.isArray(managed)) return null;
  return {
    plans: "apply",
    managed: AXES.filter((axis) => managed.includes(axis)),
    successorUnknown: plan["successor_unknown"] === true,
  };
}

function readCancel(value: unknown): AnnouncedCancel[] {
  if (!isObject(value)) return [];
  const { from, to } = value;
  const axis = AXES.find((each) => each === value["axis"]);
  return axis === undefined || typeof from !== "string" || typeof to !== "string" ? [] : [{ axis, from, to }];
}
