// Reads of machines by id. The first goes out at once; what is asked for while it is under way shares the next.
import type { Clock } from "./clock";
import { isZenlayerError } from "./errors";
import { shareCall } from "./shared-call";
import type { SharedCall } from "./shared-call";
import type { Instance } from "./types";

/** The service takes at most so many ids in one DescribeInstances. */
export const BATCH_SIZE = 100;
/** How long the next waits for the one under way, ms: one that hangs holds nobody up for long. */
const PATIENCE = 1000;

/** Machines of these ids (at most 100); unknown ones are simply not in the answer. */
export type DescribeByIds = (instanceIds: readonly string[], signal: AbortSignal) => Promise<readonly Instance[]>;

export interface InstanceBatches {
  /** Null: the service does not know the machine. */
  get(instanceId: string, signal?: AbortSignal): Promise<Instance | null>;
}

/** By id; a machine that the service does not know is absent, one that it refuses to tell of has the error. */
type Found = ReadonlyMap<string, Instance | Error>;

interface Batch {
  readonly ids: Set<string>;
  readonly call: SharedCall<Found>;
  /** Whoever comes now is in another one. */
  close(): void;
}

export function createInstanceBatches(describe: DescribeByIds, clock: Pick<Clock, "sleep">): InstanceBatches {
  let open: Batch | null = null;
  let underWay: Promise<void> | null = null;

  const send = (ids: readonly string[], signal: AbortSignal): Promise<Found> => {
    const answer = describeApart(ids, describe, signal);
    const mine = answer.then(
      () => undefined,
      () => undefined,
    );
    underWay = mine;
    void mine.then(() => {
      if (underWay === mine) underWay = null;
    });
    return answer;
  };

  const openBatch = (): Batch => {
    const ids = new Set<string>();
    let leave = (): void => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const batch: Batch = {
      ids,
      close() {
        if (open === batch) open = null;
        leave();
      },
      call: shareCall(async (signal) => {
        if (underWay !== null) await turn(Promise.race([left, underWay]), clock);
        batch.close();
        return send([...ids], signal);
      }),
    };
    return batch;
  };

  return {
    async get(instanceId, signal) {
      open ??= openBatch();
      const batch = open;
      batch.ids.add(instanceId);
      const found = batch.call.join(signal);
      if (batch.ids.size >= BATCH_SIZE) batch.close();
      const machine = (await found).get(instanceId) ?? null;
      if (machine instanceof Error) throw machine;
      return machine;
    },
  };
}

async function turn(before: Promise<void>, clock: Pick<Clock, "sleep">): Promise<void> {
  const over = new AbortController();
  const patience = clock.sleep(PATIENCE, over.signal).catch(() => undefined);
  await Promise.race([before, patience]);
  over.abort(new Error("the turn has come"));
}

/** What one id alone can cause. */
const ABOUT_AN_ID = new Set<number | null>([400, 404, 422]);

/** A batch that is refused because of one id says nothing of the others: halves are asked, down to single ids. */
async function describeApart(ids: readonly string[], describe: DescribeByIds, signal: AbortSignal): Promise<Found> {
  try {
    return new Map((await describe(ids, signal)).map((instance) => [instance.instanceId, instance]));
  } catch (error) {
    if (!isZenlayerError(error) || !ABOUT_AN_ID.has(error.httpStatus)) throw error;
    if (ids.length <= 1) return new Map(error.errorClass === "gone" ? [] : ids.map((id) => [id, error]));
    const middle = Math.ceil(ids.length / 2);
    const first = await describeApart(ids.slice(0, middle), describe, signal);
    const second = await describeApart(ids.slice(middle), describe, signal);
    return new Map([...first, ...second]);
  }
}
