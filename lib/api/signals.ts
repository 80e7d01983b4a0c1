// Listening to a signal that many calls share, as their caller's. A signal of each call's own would be dear, and Node takes more than ten
// listeners to one for a leak.
import { setMaxListeners } from "node:events";

/** How often each signal was listened to: most are only once. */
const times = new WeakMap<AbortSignal, number>();

/** Acts once the signal is aborted, until the returned function is called. A signal that is aborted already says nothing more. */
export function whenAborted(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal === undefined) return () => undefined;
  const before = times.get(signal) ?? 0;
  times.set(signal, before + 1);
  if (before === 1) setMaxListeners(0, signal);
  signal.addEventListener("abort", act, { once: true });
  return () => signal.removeEventListener("abort", act);
}
