// One call for many callers: each may give up by itself, and the call ends when nobody waits for it any more. Its answer may serve for a while.
import type { Clock } from "./clock";
import { isZenlayerError } from "./errors";
import { stoppedWaiting, type CallName } from "./failures";
import { whenAborted } from "./signals";

export interface SharedCall<T> {
  /** Rejects with the signal's reason as soon as it is aborted; the call goes on for the others. */
  join(signal?: AbortSignal): Promise<T>;
}

export function shareCall<T>(start: (signal: AbortSignal) => Promise<T>): SharedCall<T> {
  let nobody = new AbortController();
  let waiting = 0;
  let call: Promise<T> | null = null;
  return {
    join(signal) {
      call ??= start(nobody.signal);
      const running = call;
      waiting += 1;
      return new Promise<T>((resolve, reject) => {
        const leave = (): void => {
          waiting -= 1;
          stopListening();
        };
        const onAbort = (): void => {
          leave();
          if (waiting === 0) {
            nobody.abort(signal?.reason);
            // Whoever comes next starts anew.
            nobody = new AbortController();
            call = null;
          }
          reject(signal?.reason as Error);
        };
        const stopListening = whenAborted(signal, onAbort);
        running.then(
          (value) => {
            if (signal?.aborted) return;
            leave();
            resolve(value);
          },
          (error: unknown) => {
            if (signal?.aborted) return;
            leave();
            reject(error);
          },
        );
        if (signal?.aborted) onAbort();
      });
    },
  };
}

export interface SharedCallsOptions {
  readonly clock: Pick<Clock, "monotonic">;
  /** How long an answer serves, ms, counted from when it was asked for. */
  readonly keepFor: number | (() => number);
  /** Whether an error is an answer, too. @default none is: whoever comes next asks again */
  readonly keepError?: (error: unknown) => boolean;
}

/** What is asked: the call, and its fields where one call has several answers. */
export interface Question extends CallName {
  readonly fields?: Readonly<Record<string, unknown>>;
}

interface Entry<T> {
  readonly call: SharedCall<T>;
  askedAt: number;
  answered: boolean;
}

/** Calls by what they ask: who asks for the same while it is under way, or soon after, gets the same answer. */
export class SharedCalls<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(private readonly options: SharedCallsOptions) {}

  /** Rejects with ZenlayerError `REQUEST_CANCELLED` as soon as the signal is aborted; the call goes on for the others. */
  async join(question: Question, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) throw stoppedWaiting(question);
    try {
      const { call, answered } = this.entryOf(keyOf(question), start);
      return await call.join(answered ? undefined : signal);
    } catch (error) {
      throw signal?.aborted && !isZenlayerError(error) ? stoppedWaiting(question) : error;
    }
  }

  /** Whoever comes next asks again; those who wait already are not disturbed. */
  forget(question: Question): void {
    this.entries.delete(keyOf(question));
  }

  private entryOf(key: string, start: (signal: AbortSignal) => Promise<T>): Entry<T> {
    const { clock, keepFor, keepError = () => false } = this.options;
    const known = this.entries.get(key);
    if (known !== undefined) {
      const age = clock.monotonic() - known.askedAt;
      if (!known.answered || age < (typeof keepFor === "number" ? keepFor : keepFor())) return known;
    }
    const entry: Entry<T> = {
      askedAt: clock.monotonic(),
      answered: false,
      call: shareCall(async (signal) => {
        entry.askedAt = clock.monotonic();
        try {
          return await start(signal);
        } catch (error) {
          // Nobody waits any more: whoever comes next starts it anew.
          if (!signal.aborted && !keepError(error) && this.entries.get(key) === entry) this.entries.delete(key);
          throw error;
        } finally {
          if (!signal.aborted) entry.answered = true;
        }
      }),
    };
    this.entries.set(key, entry);
    return entry;
  }
}

function keyOf({ service, action, instanceId, fields }: Question): string {
  const call = `${service} ${action} ${instanceId ?? ""}`;
  return fields === undefined ? call : `${call} ${JSON.stringify(fields)}`;
}
