// The machines of one connection: recent looks shared between resources and data sources, and one writer per machine.

import type { Clock, ZenlayerClient } from "../api";
import type { Product } from "../engine";
import { observe, type Observation } from "./observe";
import { RecentReads } from "./recent-reads";

export class Machines {
  private readonly reads: RecentReads;
  private readonly writers = new Map<string, Promise<void>>();

  constructor(
    private readonly client: ZenlayerClient,
    clock: Pick<Clock, "monotonic">,
  ) {
    this.reads = new RecentReads(client, clock);
  }

  /** A recent look at the machine, of what was read within the last seconds by whomever. For planning and reading. */
  recent(product: Product, instanceId: string, signal?: AbortSignal): Promise<Observation | null> {
    return observe(this.reads, product, instanceId, { signal }, this.client);
  }

  /** A look made now, by id. For the moment before a call and for waiting. */
  fresh(product: Product, instanceId: string, signal?: AbortSignal): Promise<Observation | null> {
    this.reads.forget(product, instanceId);
    return observe(this.client, product, instanceId, { signal });
  }

  /** A fresh look at a change that is waited for: a refusal of the credentials does not end it at once. */
  awaited(product: Product, instanceId: string, signal: AbortSignal): Promise<Observation | null> {
    this.reads.forget(product, instanceId);
    return observe(this.client.patient ?? this.client, product, instanceId, { signal });
  }

  /**
   * Runs `work` while nobody else of this process writes to the machine.
   *
   * @throws the signal's reason when it aborts before the turn has come
   */
  async exclusively<T>(product: Product, instanceId: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const key = `${product}/${instanceId}`;
    const before = this.writers.get(key) ?? Promise.resolve();
    let release: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => (release = resolve));
    // Whoever gives up waiting stays in the row: the next one must still wait for those before.
    const turn = before.then(() => mine);
    this.writers.set(key, turn);
    try {
      await unlessAborted(before, signal);
      return await work();
    } finally {
      this.reads.forget(product, instanceId);
      release();
    }
  }
}

function unlessAborted(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return turn;
  return new Promise((resolve, reject) => {
    const abandon = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abandon();
    signal.addEventListener("abort", abandon);
    void turn.then(() => {
      signal.removeEventListener("abort", abandon);
      resolve();
    });
  });
}
