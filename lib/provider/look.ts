// Look at a machine for Terraform: errors of the client and machines that are not there become diagnostics.

import type { Product } from "../engine";
import { DiagnosticError, type CallContext } from "../plugin";
import { isGone, missingMachine, recycledMachine, type Observation } from "../reconcile";
import { reconcilerOf, type Connection } from "./connection";
import { clientError, pathOf } from "./words";

type Context = Pick<CallContext<Connection>, "data" | "signal">;

/** A recent look; null when the machine does not exist or is not visible. */
export function recentMachine(
  product: Product,
  instanceId: string,
  { data, signal }: Context,
): Promise<Observation | null> {
  return reconcilerOf(data)
    .machines.recent(product, instanceId, signal)
    .catch((error: unknown) => {
      throw clientError(error, `Machine ${instanceId} cannot be read`);
    });
}

/** @throws DiagnosticError at `instance_id` when the machine is missing or in the recycle bin */
export async function presentMachine(product: Product, instanceId: string, context: Context): Promise<Observation> {
  const observation = await recentMachine(product, instanceId, context);
  if (observation !== null && !isGone(observation.instance.instanceStatus)) return observation;
  const failure = observation === null ? missingMachine(product, instanceId) : recycledMachine(observation);
  throw new DiagnosticError(failure.summary, failure.detail, pathOf(failure));
}
