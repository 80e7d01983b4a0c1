// Whose credentials have seen a machine, and where: only these may find that it has gone. To others it was never there.

import { isObject } from "../plugin";
import type { Account } from "./account";

export interface SeenBy {
  /** Origin of the service. */
  readonly endpoint: string;
  /** Tells the credentials apart; salted with the resource's token, so that no two states can be compared. Longer in states of earlier builds. */
  readonly key: string;
  /** Null where it was not asked for (by a mere read), or was not told. */
  readonly accountUid: string | null;
}

export function stampOf(account: Account, token: string, accountUid: string | null): SeenBy {
  return { endpoint: account.endpoint, key: account.fingerprint(token), accountUid };
}

/** The stamp of a machine that these credentials have just seen, with the account's id. What was known of it before stands where it is not told now. */
export async function stamp(
  account: Account,
  token: string,
  before: SeenBy | null,
  signal: AbortSignal,
): Promise<SeenBy> {
  const fresh = stampOf(account, token, await account.uid(signal));
  const same = before !== null && before.endpoint === fresh.endpoint && before.key.startsWith(fresh.key);
  return fresh.accountUid === null && same ? before : fresh;
}

/** Whether what these credentials do not see has gone. The account is asked only where the credentials are others than those of the stamp. */
export async function sees(
  account: Account,
  token: string,
  { endpoint, key, accountUid }: SeenBy,
  signal: AbortSignal,
): Promise<boolean> {
  if (endpoint !== account.endpoint) return false;
  if (key.startsWith(account.fingerprint(token))) return true;
  return accountUid !== null && accountUid === (await account.uid(signal));
}

/** Null for a shape that it does not know. */
export function readSeenBy(value: unknown): SeenBy | null {
  if (!isObject(value)) return null;
  const { endpoint, key, account_uid } = value;
  if (typeof endpoint !== "string" || typeof key !== "string") return null;
  return { endpoint, key, accountUid: typeof account_uid === "string" ? account_uid : null };
}

export function writeSeenBy({ endpoint, key, accountUid }: SeenBy): Readonly<Record<string, unknown>> {
  return { endpoint, key, account_uid: accountUid };
}
