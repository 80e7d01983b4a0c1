// Whether a machine that cannot be seen may leave the state. To other credentials it was never there, and with it an open order would be forgotten.

import { DiagnosticError } from "../plugin";
import { openOrdersOfUnseen } from "../reconcile";
import type { Account } from "./account";
import type { PrivateState } from "./private-state";
import { sees, type SeenBy } from "./seen-by";

/** Destroying and replacing would read the machine first, and fail alike. */
const CURE =
  "To let Terraform forget the machine as it is, replace the resource block by a removed block with destroy = false (Terraform 1.7 and later; OpenTofu reads the machine for it, too), or run terraform state rm ADDRESS: " +
  "neither touches the machine. terraform destroy and -replace read it first, and fail as this did.";

/** @throws DiagnosticError where the machine may be there for others, or an order for it is open */
export async function requireGone(
  instanceId: string,
  found: "unseen" | "recycled",
  { openOrders, seenBy, token }: PrivateState,
  account: Account,
  signal: AbortSignal,
): Promise<void> {
  const machine = `Machine ${instanceId} ${found === "unseen" ? "cannot be seen" : "is in the recycle bin"}`;
  if (openOrders.length > 0) {
    const { summary, detail } = openOrdersOfUnseen(machine, openOrders);
    throw new DiagnosticError(summary, `${detail} ${CURE}`, ["instance_id"]);
  }
  if (seenBy !== null && (await sees(account, token, seenBy, signal))) return;
  const { summary, detail } = await wordsOf(machine, seenBy, account, signal);
  throw new DiagnosticError(
    summary,
    `${detail} So it is not known whether the machine has gone, and it stays in the state: use the credentials and the endpoint that manage it. If it has been released: ${CURE}`,
    ["instance_id"],
  );
}

/** @throws DiagnosticError where an order is open at another endpoint: there it can neither be seen nor be ruled out */
export function requireSameEndpoint(instanceId: string, { openOrders, seenBy }: PrivateState, account: Account): void {
  if (openOrders.length === 0 || seenBy === null || seenBy.endpoint === account.endpoint) return;
  const { detail } = openOrdersOfUnseen("", openOrders);
  throw new DiagnosticError(
    `Machine ${instanceId}: an order is open at ${seenBy.endpoint}, and this would ask ${account.endpoint}`,
    `${detail} Nothing was sent.`,
    ["instance_id"],
  );
}

async function wordsOf(
  machine: string,
  seenBy: SeenBy | null,
  account: Account,
  signal: AbortSignal,
): Promise<{ readonly summary: string; readonly detail: string }> {
  const { endpoint } = account;
  if (seenBy === null)
    return {
      summary: `${machine}, and the state does not tell whose credentials saw it last`,
      detail: `Version 0.1.0 wrote it, which did not note that, or the machine was moved here and never read. Asked was ${endpoint}.`,
    };
  const before = `It was last seen with credentials ${ofAccount(seenBy.accountUid)}`;
  if (seenBy.endpoint !== endpoint)
    return {
      summary: `${machine} at ${endpoint}: it was last seen at ${seenBy.endpoint}`,
      detail: `${before}, at the other endpoint.`,
    };
  return {
    summary: `${machine} with these credentials: others saw it last`,
    detail: `${before}; these are ${ofAccount(await account.uid(signal))} (${endpoint}).`,
  };
}

function ofAccount(uid: string | null): string {
  return uid === null ? "of an account that is not known" : `of account ${uid}`;
}
