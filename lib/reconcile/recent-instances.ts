// DescribeInstances for recent looks: the first machines by id, and as soon as they are many from one listing of the account.
import { PAGE_SIZE, SharedCalls, type Clock, type Instance, type ProductApi } from "../api";

/** So many machines are asked for by id. Terraform asks for ten at a time, so whoever has more has many. */
const BY_ID = 10;
/** An answer this old, ms, serves where a new listing would ask more than the calls that we allow ourselves; then only does a slow plan grow old. */
const OLDEST = 60_000;

/** A listing that takes longer, ms, is given up: a page of a thousand may be too much where a single machine is not. */
const LONGEST = 60_000;

export interface RecentInstancesOptions {
  readonly clock: Pick<Clock, "monotonic">;
  /** How long an answer serves, ms, from when it was asked for. */
  readonly keepFor: number;
  readonly onListed: (instances: readonly Instance[]) => void;
}

interface Listing {
  readonly askedAt: number;
  readonly machines: ReadonlyMap<string, Instance>;
}

/** Of n machines that are all listed, at most n/50 + 12 calls in a minute, pages included; a listing of more than two pages is paid by as many machines. */
export class RecentInstances {
  private readonly asked = new Set<string>();
  private readonly byId: SharedCalls<Instance | null>;
  private readonly listing: SharedCalls<Listing>;
  private readonly forgotten = new Map<string, number>();
  /** Calls so far, and those of the last listing. */
  private calls = 0;
  private pages = 1;

  constructor(
    private readonly api: Pick<ProductApi, "product" | "getInstance" | "listInstances">,
    private readonly options: RecentInstancesOptions,
  ) {
    const { clock, keepFor } = options;
    this.byId = new SharedCalls({ clock, keepFor });
    this.listing = new SharedCalls({ clock, keepFor: () => (this.mayListAgain() ? keepFor : OLDEST) });
  }

  /** Null: asked for by id, the machine is not there. */
  async get(instanceId: string, signal?: AbortSignal): Promise<Instance | null> {
    this.asked.add(instanceId);
    if (this.asked.size > BY_ID) {
      const listing = await this.listing.join(this.question(null), (shared) => this.list(shared), signal);
      const listed = listing.machines.get(instanceId);
      if (listed !== undefined && !this.forgottenSince(instanceId, listing.askedAt)) return listed;
    }
    return this.byId.join(
      this.question(instanceId),
      (shared) => {
        this.calls += 1;
        return this.api.getInstance(instanceId, { signal: shared });
      },
      signal,
    );
  }

  /** What was read so far of the machine does not serve any more. */
  forget(instanceId: string): void {
    this.byId.forget(this.question(instanceId));
    this.forgotten.set(instanceId, this.options.clock.monotonic());
  }

  /** An account that cannot be listed, for whatever reason, lists nothing; each machine by itself may tell another. */
  private async list(signal: AbortSignal): Promise<Listing> {
    const askedAt = this.options.clock.monotonic();
    try {
      const instances = await this.api.listInstances(
        {},
        { signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]) },
      );
      this.pages = Math.max(1, Math.ceil(instances.length / PAGE_SIZE));
      this.calls += this.pages;
      this.options.onListed(instances);
      return { askedAt, machines: new Map(instances.map((instance) => [instance.instanceId, instance])) };
    } catch {
      return { askedAt, machines: new Map() };
    }
  }

  private mayListAgain(): boolean {
    return this.calls + this.pages <= this.asked.size / 50 + 12;
  }

  private forgottenSince(instanceId: string, time: number): boolean {
    return (this.forgotten.get(instanceId) ?? -Infinity) >= time;
  }

  private question(instanceId: string | null) {
    return { service: this.api.product, action: "DescribeInstances", instanceId };
  }
}
