// The virtual clock: wall time times a speed plus an offset. Latencies and billing cycles run on it; signatures do not.
import { SimulatorError } from "./errors";
import { parseDuration } from "./durations";

export interface ClockOptions {
  /** Virtual time at the start, ISO 8601; default now. */
  readonly start?: string;
  /** Virtual seconds per wall second, ≥ 0; default 1. */
  readonly speed?: number;
}

export class VirtualClock {
  private base: number;
  private wall: number;
  private factor: number;

  constructor(options: ClockOptions = {}) {
    this.wall = Date.now();
    this.base = options.start === undefined ? this.wall : parseMoment(options.start);
    this.factor = checkSpeed(options.speed ?? 1);
  }

  /** Virtual time. */
  now(): Date {
    return new Date(this.milliseconds());
  }

  /** Virtual time in milliseconds since 1970. */
  milliseconds(): number {
    return Math.floor(this.base + (Date.now() - this.wall) * this.factor);
  }

  get speed(): number {
    return this.factor;
  }

  set speed(value: number) {
    this.moveTo(this.milliseconds());
    this.factor = checkSpeed(value);
  }

  /** Moves on by milliseconds or a text such as "30d". */
  advance(duration: number | string): void {
    this.moveTo(this.milliseconds() + parseDuration(duration));
  }

  /** Moves on to a moment; a moment in the past leaves the clock as it is. */
  advanceTo(milliseconds: number): void {
    this.moveTo(Math.max(milliseconds, this.milliseconds()));
  }

  private moveTo(milliseconds: number): void {
    this.wall = Date.now();
    this.base = milliseconds;
  }
}

function parseMoment(text: string): number {
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed)) {
    throw new SimulatorError(`clock.start: ${JSON.stringify(text)} is not a moment; write it as 2026-01-01T00:00:00Z.`);
  }
  return parsed;
}

function checkSpeed(speed: number): number {
  if (Number.isFinite(speed) && speed >= 0) return speed;
  throw new SimulatorError(`clock.speed: ${speed} is not a speed; give a number ≥ 0 (1 is wall time).`);
}
