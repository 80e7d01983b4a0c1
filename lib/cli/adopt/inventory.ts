// Reads an account: lists its machines, keeps those that were asked for, and looks at each with its status actions.
import { isZenlayerError, type Instance, type Product, type ZenlayerClient } from "../../api";
import { observe } from "../../reconcile";
import type { AxisNames } from "../../engine";
import {
  chooseFor,
  isAdopted,
  reasonToSkip,
  skippedAsManaged,
  type AdoptedMachine,
  type SkippedMachine,
} from "./choose";
import { matches, type MachineFilter } from "./filter";
import type { Managed } from "./managed";
import { byName } from "./order";

/** What an account has, sorted by name and id. */
export interface Inventory {
  readonly adopted: readonly AdoptedMachine[];
  readonly skipped: readonly SkippedMachine[];
  /** How many machines the account has, before the filter. */
  readonly listed: number;
  /** Zones that any of them is in, sorted. */
  readonly zones: readonly string[];
}

/** Told what is being done, for a progress line. */
export type Report = (text: string) => void;

/** What is wanted of an account. */
export interface Wanted {
  readonly products: readonly Product[];
  readonly filter: MachineFilter;
  /** Left out. */
  readonly managed: Managed;
  /** What reasons call the values. */
  readonly names: AxisNames;
}

/** @throws ZenlayerError when the account cannot be read; a single machine that refuses is skipped with the reason. */
export async function readAccount(client: ZenlayerClient, wanted: Wanted, report: Report): Promise<Inventory> {
  report("Listing machines");
  const listed = (await Promise.all(wanted.products.map((product) => client[product].listInstances()))).flat();
  const fitting = listed.filter((instance) => matches(wanted.filter, instance));
  const choices = await lookAtAll(client, fitting, wanted, report);
  choices.sort(byName);
  return {
    adopted: choices.filter(isAdopted),
    skipped: choices.filter((choice): choice is SkippedMachine => !isAdopted(choice)),
    listed: listed.length,
    zones: [...new Set(listed.map(({ zoneId }) => zoneId))].filter((zone) => zone !== "").sort(),
  };
}

async function lookAtAll(
  client: ZenlayerClient,
  instances: readonly Instance[],
  wanted: Wanted,
  report: Report,
): Promise<(AdoptedMachine | SkippedMachine)[]> {
  const giveUp = new AbortController();
  let done = 0;
  // The client limits how many requests are under way.
  return Promise.all(
    instances.map(async (instance) => {
      try {
        const choice = await lookAt(client, instance, wanted, giveUp.signal);
        report(`Reading machines: ${(done += 1)} of ${instances.length}`);
        return choice;
      } catch (error) {
        giveUp.abort();
        throw error;
      }
    }),
  );
}

async function lookAt(
  client: ZenlayerClient,
  instance: Instance,
  { managed, names }: Wanted,
  signal: AbortSignal,
): Promise<AdoptedMachine | SkippedMachine> {
  const reason = reasonToSkip(instance);
  if (reason !== null) return { instance, reason };
  const left = skippedAsManaged(instance, managed);
  if (left !== null) return left;
  try {
    const observation = await observe(client, instance.product, instance.instanceId, { signal });
    return observation === null
      ? { instance, reason: "it is gone since the machines were listed" }
      : chooseFor(observation, managed, names);
  } catch (error) {
    if (!isZenlayerError(error) || !concernsOneMachine(error)) throw error;
    return { instance, reason: `it cannot be read: ${error.summary}` };
  }
}

/** A definite refusal, and not of the key: that would meet every machine. */
function concernsOneMachine(error: { readonly outcome: string; readonly code: string }): boolean {
  return error.outcome === "refused" && !error.code.startsWith("AUTHFAILURE_");
}
