// Reads of single machines that come at the same moment go out together; for a large fleet the account is listed once.
import type { Clock } from "./clock";
import { isZenlayerError } from "./errors";
import { shareCall } from "./shared-call";
import type { SharedCall } from "./shared-call";
import type { Instance } from "./types";

/** The service takes at most so many ids in one DescribeInstances. */
export const BATCH_SIZE = 100;
/** Milliseconds that a batch waits for company. */
const WINDOW = 25;
/**
 * Milliseconds that a batch waits for the one before it to come back. Whoever waits for that one asks for the next machines right after, so that
 * batches stay large however slow the service is; one that hangs holds nobody up for long.
 */
const PATIENCE = 250;
/** After so many full batches listing everything is cheaper. */
const FULL_BATCHES = 3;

export interface InstanceSource {
  /** Machines of these ids (at most 100); unknown ones are simply not in the answer. */
  describe(instanceIds: readonly string[], signal: AbortSignal): Promise<readonly Instance[]>;
  listAll(signal: AbortSignal): Promise<readonly Instance[]>;
}

export interface InstanceBatches {
  get(
    instanceId: string,
    options: { readonly fresh: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<Instance | null>;
}

/** By id; a machine that the service does not know is absent, one that it refuses to tell of has the error. */
type Found = ReadonlyMap<string, Instance | Error>;

export function createInstanceBatches(source: InstanceSource, clock: Clock): InstanceBatches {
  let open: { readonly ids: Set<string>; readonly call: SharedCall<Found>; close(): void } | null = null;
  let underWay: Promise<void> | null = null;
  let fullBatches = 0;
  let listing: SharedCall<Found> | null = null;

  const openBatch = (): NonNullable<typeof open> => {
    const ids = new Set<string>();
    let close = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const batch = {
      ids,
      close: () => {
        if (open !== batch) return;
        open = null;
        if (ids.size >= BATCH_SIZE) fullBatches += 1;
        close();
      },
      call: shareCall(async (signal) => {
        await Promise.race([closed, clock.sleep(WINDOW)]);
        if (underWay !== null) await Promise.race([closed, underWay, clock.sleep(PATIENCE)]);
        batch.close();
        const answer = describeApart([...ids], source, signal);
        const mine = answer.then(
          () => undefined,
          () => undefined,
        );
        underWay = mine;
        void mine.then(() => {
          if (underWay === mine) underWay = null;
        });
        return answer;
      }),
    };
    return batch;
  };

  const askById = async (instanceId: string, signal: AbortSignal | undefined): Promise<Instance | null> => {
    open ??= openBatch();
    const batch = open;
    batch.ids.add(instanceId);
    const found = batch.call.join(signal);
    if (batch.ids.size >= BATCH_SIZE) batch.close();
    return foundIn(await found, instanceId);
  };

  const askListing = async (instanceId: string, signal: AbortSignal | undefined): Promise<Instance | null> => {
    const current = (listing ??= shareCall(async (shared) => byId(await source.listAll(shared))));
    try {
      return foundIn(await current.join(signal), instanceId);
    } catch (error) {
      // A failed listing is not kept: the next call tries again.
      if (listing === current) listing = null;
      throw error;
    }
  };

  return {
    async get(instanceId, { fresh, signal }) {
      if (!fresh && fullBatches >= FULL_BATCHES) {
        const listed = await askListing(instanceId, signal);
        if (listed !== null) return listed;
      }
      return askById(instanceId, signal);
    },
  };
}

function foundIn(found: Found, instanceId: string): Instance | null {
  const machine = found.get(instanceId) ?? null;
  if (machine instanceof Error) throw machine;
  return machine;
}

/** What one id alone can cause. */
const ABOUT_AN_ID = new Set<number | null>([400, 404, 422]);

/** A batch that is refused because of one id says nothing of the others: halves are asked, down to single ids. */
async function describeApart(ids: readonly string[], source: InstanceSource, signal: AbortSignal): Promise<Found> {
  try {
    return byId(await source.describe(ids, signal));
  } catch (error) {
    if (!isZenlayerError(error) || !ABOUT_AN_ID.has(error.httpStatus)) throw error;
    if (ids.length <= 1) return new Map(error.errorClass === "gone" ? [] : ids.map((id) => [id, error]));
    const middle = Math.ceil(ids.length / 2);
    const first = await describeApart(ids.slice(0, middle), source, signal);
    const second = await describeApart(ids.slice(middle), source, signal);
    return new Map([...first, ...second]);
  }
}

function byId(instances: readonly Instance[]): Found {
  return new Map(instances.map((instance) => [instance.instanceId, instance]));
}
