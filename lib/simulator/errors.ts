// A refusal by the simulated service: HTTP status, vendor code and free text (zenlayer-api 1.7, 4).

/** Thrown by checks and actions; the pipeline turns it into a flat error object. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

/** A mistake of whoever drives the simulator (a fleet file, a knob, an unknown machine), in one sentence. */
export class SimulatorError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SimulatorError";
  }
}
