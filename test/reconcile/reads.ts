// The reads of one machine as a test says them, and what was asked.
import { ZenlayerError, type Instance, type InternetStatus, type Outcome, type TypeStatus } from "../../lib/api";
import type { Product } from "../../lib/engine";
import type { LookReads } from "../../lib/reconcile/observe";
import { bmc, vm } from "../engine/machines";
import { observation } from "../support/observations";

export const instanceOf = (product: Product, changes: Partial<Instance> = {}): Instance =>
  observation(product === "vm" ? vm() : bmc(), changes).instance;

export const internetStatus = (changes: Partial<InternetStatus> = {}): InternetStatus => ({
  instanceId: "m-1",
  instanceName: null,
  bandwidth: 400,
  modifiedBandwidth: null,
  bandwidthStatus: "settled",
  trafficPackageSize: null,
  modifiedTrafficPackageSize: null,
  trafficPackageStatus: "settled",
  ...changes,
});

export const typeStatus = (changes: Partial<TypeStatus> = {}): TypeStatus => ({
  instanceId: "m-1",
  instanceName: null,
  instanceType: "c.4c8g",
  modifiedInstanceType: null,
  status: "settled",
  ...changes,
});

/** What a status action says of a machine that there is not. */
export const denial = (outcome: Outcome = "refused"): ZenlayerError =>
  new ZenlayerError({ code: "DENIED", errorClass: "gone", outcome, summary: "No such machine.", cure: "Look." });

export interface Answers {
  readonly listed?: Instance | null | Error;
  readonly internet?: InternetStatus | Error;
  readonly type?: TypeStatus | Error;
}

export class Reads {
  /** `product action id`, in the order of the calls. */
  readonly asked: string[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];
  readonly vm: LookReads["vm"];
  readonly bmc: LookReads["bmc"];

  constructor(readonly answers: Answers = {}) {
    const api = (product: Product): LookReads["vm"] => {
      const { listed = instanceOf(product), internet = internetStatus(), type = typeStatus() } = answers;
      return {
        getInstance: (id, options) => this.answer(`${product} instance ${id}`, listed, options?.signal),
        describeInternetStatus: (id, options) => this.answer(`${product} internet ${id}`, internet, options?.signal),
        describeTypeStatus: (id, options) => this.answer(`${product} type ${id}`, type, options?.signal),
      };
    };
    this.vm = api("vm");
    this.bmc = api("bmc");
  }

  private answer<T>(asked: string, value: T | Error, signal: AbortSignal | undefined): Promise<T> {
    this.asked.push(asked);
    this.signals.push(signal);
    return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  }
}
