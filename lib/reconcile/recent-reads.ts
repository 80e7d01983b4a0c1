// The reads of recent looks: what was asked within the last seconds, by whomever or ahead, is not asked again. One clock and one age for all.
import {
  SharedCalls,
  type Clock,
  type Instance,
  type InternetStatus,
  type ProductApi,
  type Question,
  type TypeStatus,
  type ZenlayerClient,
} from "../api";
import type { Product } from "../engine";
import type { LookReads } from "./observe";
import { ReadingAhead, type AheadRead } from "./reading-ahead";
import { RecentInstances } from "./recent-instances";
import { isGone } from "./status";

/** An answer this young, ms, may be shared between the resource, its sibling and its quote, or have been read ahead. */
const SHARED_FOR = 10_000;

const STATUS_ACTIONS = {
  vm: ["DescribeInstanceInternetStatus", "DescribeInstanceTypeStatus"],
  bmc: ["DescribeInstanceInternetStatus"],
} as const;

type StatusAction = (typeof STATUS_ACTIONS)[Product][number];

export class RecentReads implements LookReads {
  readonly vm: LookReads["vm"];
  readonly bmc: LookReads["bmc"];
  private readonly instances: Record<Product, RecentInstances>;
  private readonly internet: SharedCalls<InternetStatus>;
  private readonly types: SharedCalls<TypeStatus>;
  private readonly ahead: ReadingAhead | null;

  constructor(
    private readonly client: Pick<ZenlayerClient, "vm" | "bmc" | "traffic">,
    clock: Pick<Clock, "monotonic">,
  ) {
    const options = { clock, keepFor: SHARED_FOR };
    this.internet = new SharedCalls(options);
    this.types = new SharedCalls(options);
    const instances = (api: ProductApi): RecentInstances =>
      new RecentInstances(api, { ...options, onListed: (listed) => this.readAhead(listed) });
    this.instances = { vm: instances(client.vm), bmc: instances(client.bmc) };
    this.ahead = client.traffic === undefined ? null : new ReadingAhead({ ...options, traffic: client.traffic });
    this.vm = {
      ...this.shared("vm"),
      describeTypeStatus: (instanceId, { signal } = {}) => this.typeStatus(instanceId, signal),
    };
    this.bmc = this.shared("bmc");
  }

  /** Whoever looks next asks again. */
  forget(product: Product, instanceId: string): void {
    this.instances[product].forget(instanceId);
    this.internet.forget(question(product, instanceId, "DescribeInstanceInternetStatus"));
    this.types.forget(question(product, instanceId, "DescribeInstanceTypeStatus"));
  }

  private shared(product: Product): LookReads["bmc"] {
    return {
      getInstance: (instanceId, { signal } = {}) => {
        // Of a look this is the first read; the others follow at once.
        this.ahead?.use(
          machineKey(product, instanceId),
          STATUS_ACTIONS[product].map((action) => statusKey(product, instanceId, action)),
        );
        return this.instances[product].get(instanceId, signal);
      },
      describeInternetStatus: (instanceId, { signal } = {}) => this.internetStatus(product, instanceId, signal),
    };
  }

  private readAhead(listed: readonly Instance[]): void {
    this.ahead?.offer(
      listed
        .filter(({ instanceStatus }) => !isGone(instanceStatus))
        .flatMap(({ product, instanceId }) =>
          STATUS_ACTIONS[product].map((action): AheadRead => ({
            machine: machineKey(product, instanceId),
            key: statusKey(product, instanceId, action),
            start: (signal) =>
              action === "DescribeInstanceTypeStatus"
                ? this.typeStatus(instanceId, signal)
                : this.internetStatus(product, instanceId, signal),
          })),
        ),
    );
  }

  private internetStatus(product: Product, instanceId: string, signal?: AbortSignal): Promise<InternetStatus> {
    return this.internet.join(
      question(product, instanceId, "DescribeInstanceInternetStatus"),
      (shared) => this.client[product].describeInternetStatus(instanceId, { signal: shared }),
      signal,
    );
  }

  private typeStatus(instanceId: string, signal?: AbortSignal): Promise<TypeStatus> {
    return this.types.join(
      question("vm", instanceId, "DescribeInstanceTypeStatus"),
      (shared) => this.client.vm.describeTypeStatus(instanceId, { signal: shared }),
      signal,
    );
  }
}

function question(product: Product, instanceId: string, action: StatusAction): Question {
  return { service: product, action, instanceId };
}

function machineKey(product: Product, instanceId: string): string {
  return `${product}/${instanceId}`;
}

function statusKey(product: Product, instanceId: string, action: StatusAction): string {
  return `${machineKey(product, instanceId)}/${action}`;
}
