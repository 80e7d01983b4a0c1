// Reads the status of machines that Terraform will probably ask for, while it is busy with others: it asks for ten at a time.
import { isZenlayerError, type Clock, type Traffic } from "../api";
import { mayReadAhead } from "./ahead-budget";

/** One read that may be made ahead. */
export interface AheadRead {
  /** Of the machine, over all products. */
  readonly machine: string;
  /** Of the answer, over all machines. */
  readonly key: string;
  start(signal: AbortSignal): Promise<unknown>;
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
  /** Ends what nobody waits for: there is a limit, or something is wrong, which what is asked for will tell. */
  private readonly over = new AbortController();

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
    // Once whoever asks has joined what is under way.
    queueMicrotask(() => this.go());
  }

  private go(): void {
    const { over, unused } = this;
    const { traffic } = this.options;
    if (traffic().limited) over.abort(new Error("nothing is read ahead any more"));
    for (const [key, next] of this.candidates) {
      const { underWay } = this;
      if (over.signal.aborted || !mayReadAhead(traffic(), { unused: unused.size, underWay })) return;
      this.candidates.delete(key);
      if (!this.asked.has(next.machine)) this.read(next);
    }
  }

  private read(next: AheadRead): void {
    this.unused.set(next.key, this.options.clock.monotonic());
    this.underWay += 1;
    next
      .start(this.over.signal)
      .catch((error: unknown) => {
        // A machine that has gone meanwhile is no reason; whatever else it is, more calls make nothing better.
        if (!isZenlayerError(error) || error.errorClass !== "gone") this.over.abort(error);
      })
      .finally(() => {
        this.underWay -= 1;
        this.go();
      });
  }
}
