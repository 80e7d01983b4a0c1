// One line on a terminal that says how far the work is; nothing for work of less than a second, and nothing where no one looks.

/** Where the line is drawn. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Runs a function again and again until told to stop. Replaceable in tests. */
export type Repeat = (work: () => void, milliseconds: number) => () => void;

/** The first drawing comes after this time, the next ones this often (ms). */
const FIRST = 1000;
const EVERY = 200;

export class Progress {
  private text = "";
  private shown = "";
  private elapsed = 0;
  private readonly stop: () => void;

  public constructor(
    private readonly stream: ProgressStream,
    repeat: Repeat = repeatByTimer,
  ) {
    this.stop = stream.isTTY === true ? repeat(() => this.tick(), EVERY) : () => {};
  }

  /** What is being done now. Costs nothing: it is drawn when its time comes. */
  public report(text: string): void {
    this.text = text;
  }

  /** Takes the line away. */
  public end(): void {
    this.stop();
    this.draw("");
  }

  private tick(): void {
    this.elapsed += EVERY;
    if (this.elapsed >= FIRST) this.draw(this.text);
  }

  private draw(text: string): void {
    if (text === this.shown) return;
    this.stream.write(`\r${text.padEnd(this.shown.length)}${text === "" ? "\r" : ""}`);
    this.shown = text;
  }
}

function repeatByTimer(work: () => void, milliseconds: number): () => void {
  const timer = setInterval(work, milliseconds);
  return () => clearInterval(timer);
}
