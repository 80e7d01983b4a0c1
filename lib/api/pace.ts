// How many requests a second Zenlayer seems to allow. Its limit is nowhere told: a refusal shows it, and success asks for a little more.

const SLOWEST = 0.5;
/** Where the rate starts when the service is the first to name a limit and too little was sent to measure one. */
const FIRST_GUESS = 10;
/** Above this rate, and above twice what was refused, a limit of the service's making is forgotten. */
const FORGET = 100;
/** One burst of refusals counts once; also the time over which a rate is measured, ms. */
const SECOND = 1000;
/** How far below what was accepted the rate goes on. */
const BELOW = 0.95;

export class Pace {
  /** Requests per second. */
  private current: number;
  /** When the answers of the last second came that were no refusal. */
  private readonly accepted: number[] = [];
  /** What was accepted in the second before the last refusal; null where that was too little to say anything. */
  private limit: number | null = null;
  private lastRefusal = -Infinity;

  /** @param ceiling the user's limit, or Infinity */
  constructor(private readonly ceiling: number) {
    this.current = ceiling;
  }

  get rate(): number {
    return this.current;
  }

  /** An answer came that was no refusal. */
  accept(now: number): void {
    this.accepted.push(now);
    this.forgetBefore(now - SECOND);
    if (this.current >= this.ceiling) return;
    // Near the limit 2 % more for every second of work; away from it, from below or because it has moved, five times as fast or half a request.
    const { current, limit } = this;
    const near = limit !== null && current > 0.9 * limit && current < 1.1 * limit;
    this.current += near ? 0.02 : Math.max(0.1, 0.5 / Math.max(current, 1));
    if (this.current >= this.ceiling) this.current = this.ceiling;
    else if (this.current > Math.max(FORGET, 2 * (limit ?? 0)) && this.ceiling === Infinity) this.current = Infinity;
  }

  /**
   * The service refused because of its rate limit: goes on a little below what it accepted, or, where that was less than half of what was tried, with half.
   *
   * @returns how long nothing should start, ms: until what was accepted in the last second does not count any more
   */
  refuse(now: number): number {
    this.forgetBefore(now - SECOND);
    if (now - this.lastRefusal < SECOND) return 0;
    this.lastRefusal = now;
    const measured = this.accepted.length;
    const tried = this.current === Infinity ? Math.max(measured, FIRST_GUESS) : this.current;
    this.limit = measured >= tried / 2 ? measured : null;
    const most = Math.max(tried / 2, BELOW * Math.min(tried, measured));
    this.current = Math.max(Math.min(SLOWEST, this.ceiling), most);
    return this.limit === null ? 0 : SECOND - (now - (this.accepted[0] ?? now));
  }

  private forgetBefore(time: number): void {
    while (this.accepted.length > 0 && (this.accepted[0] ?? time) <= time) this.accepted.shift();
  }
}
