// Reads an account: lists its machines, keeps those that were asked for, and looks at each with its status actions.
import { isZenlayerError, type Instance, type Product, type ZenlayerClient } from "../../api";
import { observe } from "../../reconcile";
import {
  byName,
  chooseFor,
  isAdopted,
  isSkipped,
  reasonToSkip,
  type AdoptedMachine,
  type SkippedMachine,
} from "./choose";
import { matches, type MachineFilter } from "./filter";

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

/** @throws ZenlayerError when the account cannot be read; a single machine that refuses is skipped with the reason. */
export async function readAccount(
  client: ZenlayerClient,
  products: readonly Product[],
  filter: MachineFilter,
  report: Report = () => {},
): Promise<Inventory> {
  report("Listing machines");
  const listed = (await Promise.all(products.map((product) => client[product].listInstances()))).flat();
  const wanted = listed.filter((instance) => matches(filter, instance));
  const choices = await lookAtAll(client, wanted, report);
  choices.sort(byName);
  return {
    adopted: choices.filter(isAdopted),
    skipped: choices.filter(isSkipped),
    listed: listed.length,
    zones: [...new Set(listed.map(({ zoneId }) => zoneId))].filter((zone) => zone !== "").sort(),
  };
}

async function lookAtAll(
  client: ZenlayerClient,
  instances: readonly Instance[],
  report: Report,
): Promise<(AdoptedMachine | SkippedMachine)[]> {
  const giveUp = new AbortController();
  let done = 0;
  // The client limits how many requests are under way.
  return Promise.all(
    instances.map(async (instance) => {
      try {
        const choice = await lookAt(client, instance, giveUp.signal);
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
  signal: AbortSignal,
): Promise<AdoptedMachine | SkippedMachine> {
  const reason = reasonToSkip(instance);
  if (reason !== null) return { instance, reason };
  try {
    const observation = await observe(client, instance.product, instance.instanceId, { signal });
    return observation === null
      ? { instance, reason: "it is gone since the machines were listed" }
      : chooseFor(observation);
  } catch (error) {
    if (!isZenlayerError(error) || !concernsOneMachine(error)) throw error;
    return { instance, reason: `it cannot be read: ${error.summary}` };
  }
}

/** A definite refusal, and not of the key: that would meet every machine. */
function concernsOneMachine(error: { readonly outcome: string; readonly code: string }): boolean {
  return error.outcome === "refused" && !error.code.startsWith("AUTHFAILURE_");
}
