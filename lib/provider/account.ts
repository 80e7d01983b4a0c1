// The account behind a connection: its endpoint, whose credentials look, and what it says of itself. It is asked at most once.

import { createHmac } from "node:crypto";
import type { Balance, Credentials, ZenlayerClient } from "../api";
import { within } from "./time-limit";

/** ms. The account's id is worth having; no adoption waits longer for it. */
const PATIENCE = 20_000;

/** Hexadecimal: 64 bits. */
const FINGERPRINT_DIGITS = 16;

export class Account {
  private readonly identity: string;
  private answer: Promise<Balance | null> | null = null;
  private named: Promise<string | null> | null = null;

  constructor(
    /** Origin of the service. */
    readonly endpoint: string,
    credentials: Credentials,
    private readonly billing: ZenlayerClient["billing"],
  ) {
    // Without the password: a key whose password was renewed is the same key.
    this.identity =
      credentials.kind === "token" ? `token ${credentials.token}` : `access key ${credentials.accessKeyId}`;
  }

  /** Tells credentials apart without telling them. Short, because Terraform writes a local state whole after each resource that it applies. */
  fingerprint(salt: string): string {
    return createHmac("sha256", salt).update(this.identity).digest("hex").slice(0, FINGERPRINT_DIGITS);
  }

  /** Null where it cannot be had: the key may not ask for it, or nobody answered. @param signal the connection's */
  balance(signal: AbortSignal): Promise<Balance | null> {
    this.answer ??= this.billing.describeCustomerBalance({ signal }).catch(() => null);
    return this.answer;
  }

  /** `accountUid`; null where it cannot be had. @param signal the connection's */
  uid(signal: AbortSignal): Promise<string | null> {
    this.named ??= within(
      PATIENCE,
      this.balance(signal).then((balance) => balance?.accountUid ?? null),
      () => null,
    );
    return this.named;
  }
}
