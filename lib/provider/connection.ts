// What one connection of Terraform works with: the client behind its configuration, and what its resources must know of each other.

import type { ZenlayerClient } from "../api";
import { DiagnosticError } from "../plugin";
import { sharingInquiries, type Reconciler } from "../reconcile";
import type { Account } from "./account";
import { Applying } from "./applying";
import { Charges } from "./charges";
import { Claims } from "./claims";

/** A reconciler, and what plans need beside it. */
export interface Planner extends Reconciler {
  /** The client that plans and quotes ask for prices: what they ask alike is asked once. */
  readonly pricing: ZenlayerClient;
  readonly account: Account;
}

export interface Connection {
  /** Null while the provider's configuration holds values that only apply will know. */
  readonly reconciler: Planner | null;
  readonly claims: Claims;
  readonly charges: Charges;
  readonly applying: Applying;
  close(): void;
}

/** @param reach null while Zenlayer cannot be asked */
export function newConnection(
  reach: { readonly reconciler: Reconciler; readonly account: Account; close(): void } | null,
): Connection {
  const planner =
    reach === null
      ? null
      : {
          ...reach.reconciler,
          pricing: sharingInquiries(reach.reconciler.client, reach.reconciler.clock),
          account: reach.account,
        };
  return {
    reconciler: planner,
    claims: new Claims(),
    charges: new Charges(),
    applying: new Applying(),
    close: () => reach?.close(),
  };
}

/** @throws DiagnosticError when Zenlayer cannot be asked yet */
export function reconcilerOf(connection: Connection): Planner {
  if (connection.reconciler !== null) return connection.reconciler;
  throw new DiagnosticError(
    "The provider's configuration is not known yet",
    "It depends on values that are known only after apply, so Zenlayer cannot be asked. Apply those resources first (terraform apply -target=…), or give the provider known values.",
  );
}
