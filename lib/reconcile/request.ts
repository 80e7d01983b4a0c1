// What an apply works with, what it is asked for, and what it brings back.

import type { Clock, ZenlayerClient } from "../api";
import type { Axis, Desired, PlannedStep, Product } from "../engine";
import type { Failure } from "./failure";
import type { Guards } from "./guards";
import type { Machines } from "./machines";
import type { Observation } from "./observe";
import type { OpenOrder } from "./open-orders";
import type { Timing } from "./timing";

/** What a run works with: one per connection. */
export interface Reconciler {
  readonly client: ZenlayerClient;
  readonly machines: Machines;
  readonly timing: Timing;
  /** Refuse every Modify and Cancel. */
  readonly readOnly: boolean;
  /** How often in a row a call that was definitely not executed (a rate limit, no connection) is decided and sent anew. */
  readonly maxRetries: number;
  readonly clock: Clock;
}

export interface ConvergeRequest {
  readonly product: Product;
  readonly instanceId: string;
  /** Managed axes only. */
  readonly desired: Desired;
  /** The calls that the user has seen in the plan. Anything else is not sent. */
  readonly planned: readonly PlannedStep[];
  readonly guards: Guards;
  readonly openOrders: readonly OpenOrder[];
  /** ms. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

export interface Warning {
  readonly axis: Axis | null;
  readonly summary: string;
  readonly detail: string;
}

export interface ConvergeResult {
  /** The last look; null when the machine was never seen or has gone. */
  readonly observation: Observation | null;
  /** Order numbers of this run, oldest first. */
  readonly orderNumbers: readonly string[];
  /** Modify calls that were accepted, or may have been. */
  readonly modifies: number;
  readonly warnings: readonly Warning[];
  /** Null: done, everything is as planned. */
  readonly failure: Failure | null;
  /** Orders that still cannot be seen. */
  readonly openOrders: readonly OpenOrder[];
}
