// What ends one attempt before its answer: its time, its caller or its client. An AbortController and its listeners for each would cost as much as the
// signature does, so there is one only where a connection is opened, which takes a while and needs a signal.

export class Ending {
  private why: Error | null = null;
  private act: ((why: Error) => void) | null = null;
  private controller: AbortController | null = null;

  /** Why it has ended; null while it has not. */
  get reason(): Error | null {
    return this.why;
  }

  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.why !== null) this.controller.abort(this.why);
    }
    return this.controller.signal;
  }

  /** Only the first reason counts. */
  end(why: Error): void {
    if (this.why !== null) return;
    this.why = why;
    this.controller?.abort(why);
    this.act?.(why);
  }

  /** What is to be done at the end, at once where that has come already; null: nothing any more. */
  atEnd(act: ((why: Error) => void) | null): void {
    this.act = act;
    if (this.why !== null) act?.(this.why);
  }
}
