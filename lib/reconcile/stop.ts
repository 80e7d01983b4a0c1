// How a run ends early: thrown where the reason is found, caught once where the result is made.

import type { Failure } from "./failure";

/** Ends a run with a failure. */
export class Stop extends Error {
  constructor(readonly failure: Failure) {
    super(failure.summary);
  }
}
