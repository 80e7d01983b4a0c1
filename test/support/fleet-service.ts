// A fleet of an account, and how Terraform walks over it.
import type { VirtualClock } from "./virtual-clock";
import { VirtualService } from "./virtual-service";

export interface FleetServiceOptions {
  readonly clock: VirtualClock;
  readonly product?: "vm" | "bmc";
  readonly machines: number;
  /** What an answer takes, ms. */
  readonly latency: (action: string) => number;
  /** The service refuses more calls in any second. */
  readonly limit?: number;
  /** The client's own limit. */
  readonly maxRequestsPerSecond?: number;
}

export class FleetService extends VirtualService {
  readonly ids: readonly string[];

  constructor({ clock, product = "vm", machines, latency, limit, maxRequestsPerSecond }: FleetServiceOptions) {
    const ids = Array.from({ length: machines }, (_, index) => `9000000000000${String(index).padStart(5, "0")}`);
    super({
      clock,
      simulator: { fleet: ids.map((instanceId) => ({ instanceId, product })) },
      client: maxRequestsPerSecond === undefined ? {} : { maxRequestsPerSecond },
      latency,
      limit,
    });
    this.ids = ids;
  }
}

/** As Terraform walks: so many at a time, in random order, each followed by the next at once. */
export async function inTerraformsOrder<T>(
  items: readonly T[],
  random: () => number,
  visit: (item: T) => Promise<unknown>,
  parallelism = 10,
): Promise<void> {
  const left = [...items];
  for (let index = left.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [left[index], left[other]] = [left[other] as T, left[index] as T];
  }
  const worker = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await visit(item);
  };
  await Promise.all(Array.from({ length: parallelism }, worker));
}
