// One call for many callers: each may give up by itself, and the call ends when nobody waits for it any more.

export interface SharedCall<T> {
  /** Rejects with the signal's reason as soon as it is aborted; the call goes on for the others. */
  join(signal?: AbortSignal): Promise<T>;
}

export function shareCall<T>(start: (signal: AbortSignal) => Promise<T>): SharedCall<T> {
  let nobody = new AbortController();
  let waiting = 0;
  let call: Promise<T> | null = null;
  return {
    join(callersSignal) {
      // Of its own, because many callers may share one signal.
      const signal = callersSignal === undefined ? undefined : AbortSignal.any([callersSignal]);
      call ??= start(nobody.signal);
      const running = call;
      waiting += 1;
      return new Promise<T>((resolve, reject) => {
        const leave = (): void => {
          waiting -= 1;
          signal?.removeEventListener("abort", onAbort);
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
        else signal?.addEventListener("abort", onAbort, { once: true });
      });
    },
  };
}
