// What one connection of Terraform works with: the client behind its configuration, and what its resources must know of each other.

import type { ZenlayerClient } from "../api";
import { DiagnosticError } from "../plugin";
import { sharingInquiries, type Reconciler } from "../reconcile";
import { Applying } from "./applying";
import { Charges } from "./charges";
import { Claims } from "./claims";

/** A reconciler, and the client that plans and quotes ask for prices: what they ask alike is asked once. */
export interface Planner extends Reconciler {
  readonly pricing: ZenlayerClient;
}

export interface Connection {
  /** Null while the provider's configuration holds values that only apply will know. */
  readonly reconciler: Planner | null;
  readonly claims: Claims;
  readonly charges: Charges;
  readonly applying: Applying;
  close(): void;
}

export function newConnection(reconciler: Reconciler | null, close: () => void = () => undefined): Connection {
  const planner =
    reconciler === null ? null : { ...reconciler, pricing: sharingInquiries(reconciler.client, reconciler.clock) };
  return { reconciler: planner, claims: new Claims(), charges: new Charges(), applying: new Applying(), close };
}

/** @throws DiagnosticError when Zenlayer cannot be asked yet */
export function reconcilerOf(connection: Connection): Planner {
  if (connection.reconciler !== null) return connection.reconciler;
  throw new DiagnosticError(
    "The provider's configuration is not known yet",
    "It depends on values that are known only after apply, so Zenlayer cannot be asked. Apply those resources first (terraform apply -target=…), or give the provider known values.",
  );
}
