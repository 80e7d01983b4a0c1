// DescribeInstances for recent looks: the first machines by id, and as soon as they are many from one listing of the account.
import { PAGE_SIZE, SharedCalls, type BegunListing, type Clock, type Instance, type ProductApi } from "../api";

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

interface Begun {
  readonly askedAt: number;
  readonly listing: BegunListing;
}

interface Listing {
  readonly askedAt: number;
  readonly machines: ReadonlyMap<string, Instance>;
}

/** Of n machines that are all listed, at most n/50 + 12 calls in a minute, pages included; a listing of more than two pages is paid by as many machines. */
export class RecentInstances {
  private readonly asked = new Set<string>();
  private readonly byId: SharedCalls<Instance | null>;
  private readonly begun: SharedCalls<Begun>;
  private readonly listing: SharedCalls<Listing>;
  private readonly forgotten = new Map<string, number>();
  /** Calls so far, and those of the last listing. */
  private calls = 0;
  private pages = 1;
  /** How much older than its listing the first page of the last one is, ms. */
  private headStart = 0;

  constructor(
    private readonly api: Pick<ProductApi, "product" | "getInstance" | "beginListing">,
    private readonly options: RecentInstancesOptions,
  ) {
    const { clock, keepFor } = options;
    this.byId = new SharedCalls({ clock, keepFor });
    this.begun = new SharedCalls({ clock, keepFor });
    const listedFor = (): number => (this.mayListAgain() ? keepFor : OLDEST) - this.headStart;
    this.listing = new SharedCalls({ clock, keepFor: listedFor });
  }

  /** Null: asked for by id, the machine is not there. */
  async get(instanceId: string, signal?: AbortSignal): Promise<Instance | null> {
    this.ask(instanceId);
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

  private ask(instanceId: string): void {
    const before = this.asked.size;
    this.asked.add(instanceId);
    // Whoever has so many has probably more, and they will wait for it. Why it fails, if it does, they will hear.
    if (before < BY_ID && this.asked.size === BY_ID) this.begin(AbortSignal.timeout(LONGEST)).catch(() => undefined);
  }

  /** Page 1 of a listing, which may be under way or read already. */
  private begin(signal: AbortSignal): Promise<Begun> {
    const start = async (shared: AbortSignal): Promise<Begun> => {
      this.calls += 1;
      const askedAt = this.options.clock.monotonic();
      return { askedAt, listing: await this.api.beginListing({ signal: shared }) };
    };
    return this.begun.join(this.question(null), start, signal);
  }

  /** An account that cannot be listed, for whatever reason, lists nothing; each machine by itself may tell another. */
  private async list(signal: AbortSignal): Promise<Listing> {
    const now = this.options.clock.monotonic();
    const until = AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]);
    this.headStart = 0;
    try {
      const { askedAt, listing } = await this.begin(until);
      this.headStart = now - askedAt;
      const instances = await listing.all({ signal: until });
      this.pages = Math.max(1, Math.ceil(instances.length / PAGE_SIZE));
      this.calls += this.pages - 1;
      this.options.onListed(instances);
      return { askedAt, machines: new Map(instances.map((instance) => [instance.instanceId, instance])) };
    } catch {
      return { askedAt: now, machines: new Map() };
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
