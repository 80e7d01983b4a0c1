// The service's rate limit (knob requestsPerSecond): so many calls in any second of wall time.

export class RateLimiter {
  private times: number[] = [];

  /** Whether a call at `now` (milliseconds) is within the limit; 0 is no limit. A refused call does not count. */
  allows(perSecond: number, now: number): boolean {
    if (perSecond <= 0) return true;
    this.times = this.times.filter((time) => now - time < 1000);
    if (this.times.length >= perSecond) return false;
    this.times.push(now);
    return true;
  }
}
