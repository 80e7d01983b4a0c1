// A machine that lacks what a resource manages: it would be adopted with a required value that is null, and no plan would ever fit it.

import { committed, type AxisState, type Machine } from "../engine";
import { DiagnosticError } from "../plugin";
import type { Observation } from "../reconcile";
import { SPEC_KINDS, type SpecKind } from "./spec";

/** @throws DiagnosticError that names the resource for this machine */
export function requireKind(kind: SpecKind, { machine }: Observation): void {
  if (manages(kind, machine)) return;
  const fitting = SPEC_KINDS.filter((each) => each.product === kind.product && manages(each, machine));
  const instead = fitting.map(({ typeName }) => typeName).join(" or ");
  throw new DiagnosticError(
    `Machine ${machine.instanceId} has no ${kind.axes.join(" and no ")}, so it cannot be imported as ${kind.typeName}`,
    `Its network is billed ${machine.internetChargeType || "by an unknown model"}. ` +
      (instead === "" ? "No resource of this provider fits it." : `Import it as ${instead}.`),
  );
}

function manages({ axes }: SpecKind, machine: Machine): boolean {
  return axes.some((axis) => {
    const state: AxisState | undefined = machine.axes[axis];
    return committed(state) !== null;
  });
}
