// What one connection of Terraform works with: the client behind its configuration, and what its resources must know of each other.

import { DiagnosticError } from "../plugin";
import type { Reconciler } from "../reconcile";
import { Charges } from "./charges";
import { Claims } from "./claims";

export interface Connection {
  /** Null while the provider's configuration holds values that only apply will know. */
  readonly reconciler: Reconciler | null;
  readonly claims: Claims;
  readonly charges: Charges;
  close(): void;
}

export function newConnection(reconciler: Reconciler | null, close: () => void = () => undefined): Connection {
  return { reconciler, claims: new Claims(), charges: new Charges(), close };
}

/** @throws DiagnosticError when Zenlayer cannot be asked yet */
export function reconcilerOf(connection: Connection): Reconciler {
  if (connection.reconciler !== null) return connection.reconciler;
  throw new DiagnosticError(
    "The provider's configuration is not known yet",
    "It depends on values that are known only after apply, so Zenlayer cannot be asked. Apply those resources first (terraform apply -target=…), or give the provider known values.",
  );
}
