// Reads the status of machines that Terraform will probably ask for, while it is busy with others: it asks for ten at a time.
import { isZenlayerError, type Clock, type Traffic } from "../api";
import { mayReadAhead } from "./ahead-budget";

/** One read that may be made ahead. */
export interface AheadRead {
  /** Of the machine, over all products. */
  readonly machine: string;
  /** Of the answer, over all machines. */
  readonly key: string;
  start(): Promise<unknown>;
}

export interface AheadOptions {
  readonly clock: Pick<Clock, "monotonic">;
  /** How long an answer serves, ms, from when it was asked for. */
  readonly keepFor: number;
  readonly traffic: () => Traffic;
}

export class ReadingAhead {
  private readonly candidates = new Map<string, AheadRead>();
  private readonly asked = new Set<string>();
  /** When each call that nobody has asked for was made. */
  private readonly unused = new Map<string, number>();
  private underWay = 0;
  /** Something is wrong: what is asked for will tell. */
  private stopped = false;

  constructor(private readonly options: AheadOptions) {}

  /** Reads of machines that exist, in any order. */
  offer(reads: readonly AheadRead[]): void {
    for (const read of reads) if (!this.unused.has(read.key)) this.candidates.set(read.key, read);
    this.go();
  }

  /** Somebody asks for these answers of a machine, and makes those calls that were not made ahead. */
  use(machine: string, keys: readonly string[]): void {
    this.asked.add(machine);
    const now = this.options.clock.monotonic();
    for (const key of keys) {
      const since = this.unused.get(key) ?? now;
      // What is too old to serve was read in vain.
      if (now - since < this.options.keepFor) this.unused.delete(key);
    }
    this.go();
  }

  private go(): void {
    for (const [key, next] of this.candidates) {
      const { stopped, unused, underWay } = this;
      if (stopped || !mayReadAhead({ ...this.options.traffic(), unused: unused.size, underWay })) return;
      this.candidates.delete(key);
      if (!this.asked.has(next.machine)) this.read(next);
    }
  }

  private read(next: AheadRead): void {
    this.unused.set(next.key, this.options.clock.monotonic());
    this.underWay += 1;
    next
      .start()
      .catch((error: unknown) => {
        // A machine that has gone meanwhile is no reason; whatever else it is, more calls make nothing better.
        if (!isZenlayerError(error) || error.errorClass !== "gone") this.stopped = true;
      })
      .finally(() => {
        this.underWay -= 1;
        this.go();
      });
  }
}
