// How the opening of one connection goes: what ends it, and what is told when it does not succeed.
import type { Ending } from "./ending";

interface Tried {
  readonly address: string;
  /** Milliseconds of each attempt without an answer. */
  readonly silences: number[];
  /** What the last attempt ended in, when it was no silence. */
  answer: string | null;
}

export class Opening {
  private stage = "";
  private readonly tried = new Map<string, Tried>();
  private current: { readonly tried: Tried; readonly since: number } | null = null;

  /**
   * @param ending ends the opening
   * @param now milliseconds of a clock that only goes forward
   */
  constructor(
    private readonly ending: Pick<Ending, "signal">,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** What is being done now, e.g. `looking up console.zenlayer.com`. */
  note(stage: string): void {
    this.stage = stage;
  }

  /** An address is being tried; `ended` with what it came to, with null where it said nothing. */
  trying(address: string, port: number): { ended(answer: string | null): void } {
    const name = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
    const tried = this.tried.get(name) ?? { address: name, silences: [], answer: null };
    this.tried.set(name, tried);
    this.current = { tried, since: this.now() };
    this.stage = "";
    return { ended: (answer) => this.settle(answer) };
  }

  /** What happened so far, e.g. `tried 203.0.113.7:443 (silent for 250 ms, 1 s) and [2001:db8::1]:443 (ENETUNREACH after 1 ms)`. */
  describe(): string {
    this.settle(null);
    const tried = [...this.tried.values()].map(({ address, silences, answer }) => {
      const silent = silences.length === 0 ? [] : [`silent for ${silences.map(duration).join(", ")}`];
      return `${address} (${[...silent, ...(answer === null ? [] : [answer])].join("; ")})`;
    });
    const addresses = tried.length === 0 ? [] : [`tried ${tried.join(" and ")}`];
    return [...addresses, ...(this.stage === "" ? [] : [this.stage])].join("; ");
  }

  /** The promise's result, or the signal's reason as soon as it is aborted. */
  unlessAborted<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      const abandon = (): void => reject(signal.reason as Error);
      if (signal.aborted) return abandon();
      signal.addEventListener("abort", abandon, { once: true });
      promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abandon));
    });
  }

  private settle(answer: string | null): void {
    if (this.current === null) return;
    const { tried, since } = this.current;
    const took = this.now() - since;
    if (answer === null) tried.silences.push(took);
    else tried.answer = `${answer} after ${duration(took)}`;
    this.current = null;
  }
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}
