// What the Zenlayer client takes and gives. Numbers are numbers and absent values are null here, however the wire spelled them.

export type Product = "vm" | "bmc";

/** One machine of DescribeInstances, the fields of this project only. */
export interface Instance {
  readonly product: Product;
  readonly instanceId: string;
  readonly instanceName: string;
  readonly zoneId: string;
  /** VM: type id (`c.4c8g`). BMC: model id (`MDE`, wire field `instanceTypeId`). */
  readonly instanceType: string;
  readonly instanceStatus: string;
  readonly instanceChargeType: string;
  readonly internetChargeType: string;
  /** Mbps, 0 = unlimited. Wire: `internetMaxBandwidthOut` (VM), `bandwidthOutMbps` (BMC). */
  readonly bandwidth: number | null;
  /** TB. */
  readonly trafficPackageSize: number | null;
  /** Months. */
  readonly period: number | null;
  readonly expiredTime: string | null;
  readonly autoRenew: boolean | null;
  readonly resourceGroupId: string | null;
  readonly resourceGroupName: string | null;
  /** GiB; VM only. */
  readonly systemDiskSize: number | null;
  /** BMC: the model's cap, Mbps (`instanceType.maximumBandwidth`). */
  readonly maximumBandwidth: number | null;
  readonly cpuCount: number | null;
  /** GiB. */
  readonly memory: number | null;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export interface InstanceFilter {
  readonly zoneId?: string;
  /** Exact, or a prefix with a trailing `*`. */
  readonly instanceName?: string;
  readonly resourceGroupId?: string;
  readonly internetChargeType?: string;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

/** Normalised change status (zenlayer-api 3.4): Processing/Process, WaitToEnable, everything else. */
export type ChangeStatus = "processing" | "scheduled" | "settled";

export interface TypeStatus {
  readonly instanceId: string;
  readonly instanceName: string | null;
  readonly instanceType: string | null;
  readonly modifiedInstanceType: string | null;
  readonly status: ChangeStatus;
}

export interface InternetStatus {
  readonly instanceId: string;
  readonly instanceName: string | null;
  readonly bandwidth: number | null;
  readonly modifiedBandwidth: number | null;
  readonly bandwidthStatus: ChangeStatus;
  readonly trafficPackageSize: number | null;
  readonly modifiedTrafficPackageSize: number | null;
  readonly trafficPackageStatus: ChangeStatus;
}

/** One entry of DescribeZoneInstanceConfigInfos (VM). */
export interface InstanceTypeQuota {
  readonly zoneId: string;
  readonly instanceType: string;
  readonly instanceTypeName: string | null;
  readonly cpuCount: number | null;
  readonly memory: number | null;
  /** Mbps; null when the type cannot be limited (-1 on the wire) or unknown. */
  readonly bandwidthLimit: number | null;
  readonly internetChargeTypes: readonly string[];
}

/** One entry of DescribeAvailableResources (BMC). */
export interface AvailableResource {
  readonly zoneId: string;
  readonly instanceTypeId: string;
  readonly sellStatus: string | null;
  readonly internetChargeTypes: readonly string[];
  readonly maximumBandwidth: number | null;
  /** Free bandwidth, Mbps. */
  readonly defaultBandwidth: number | null;
  /** Free package, TB. */
  readonly defaultTrafficPackageSize: number | null;
}

/** One entry of a price answer (zenlayer-api 2.5). Overage has none of the amounts. */
export interface Price {
  /** Percentage actually paid; 95 = pay 95 %. */
  readonly discount: number | null;
  readonly originalPrice: number | null;
  readonly discountPrice: number | null;
  readonly unitPrice: number | null;
  readonly discountUnitPrice: number | null;
  /** `HOUR`, `DAY`, `MONTH`. */
  readonly chargeUnit: string | null;
  /** Where the entry names one; none that is documented does. */
  readonly currency: string | null;
  /** False: something in it is no amount, so nothing of it may be believed. */
  readonly readable: boolean;
  /** When the service gave this answer, by its `Date` header, else by this clock; ms since 1970. */
  readonly askedAt: number;
}

export interface CreateInstanceInquiry {
  readonly zoneId: string;
  readonly instanceType: string;
  readonly instanceChargeType: string;
  readonly internetChargeType: string;
  /** Months; PREPAID. */
  readonly period?: number;
  /** GiB. */
  readonly systemDiskSize: number;
  readonly bandwidth?: number;
  readonly trafficPackageSize?: number;
}

export interface Balance {
  readonly accountUid: string | null;
  readonly cashBalance: number | null;
  readonly creditValue: number | null;
  readonly purchasingPower: number | null;
  readonly orderFrozenAmount: number | null;
}

/** What an accepted Modify… or Cancel… returns. */
export interface Accepted {
  readonly requestId: string;
  /** null when absent or empty (nothing billed, or a cancel). */
  readonly orderNumber: string | null;
}

export interface CallOptions {
  /** Ends waiting and retrying at once. A write already sent is not taken back. */
  readonly signal?: AbortSignal | undefined;
}

export interface WriteOptions extends CallOptions {
  /**
   * Milliseconds that the call may wait for its turn under a rate limit; then it rejects with `TURN_TOO_LATE` and was not sent.
   * @default no limit
   */
  readonly sendWithin?: number;
}

/** A listing of which page 1 is read. */
export interface BegunListing {
  /** Reads the other pages. */
  all(options?: CallOptions): Promise<readonly Instance[]>;
}

/**
 * Actions that both products share. Writes are sent once and never repeated, not even after a 429: an error whose `sendAgainAfter` is not null
 * says that nothing was executed, and after how long the caller may look, decide and send again.
 */
export interface ProductApi {
  readonly product: Product;
  /** All pages, filtered by the service; several at a time where there are many. */
  listInstances(filter?: InstanceFilter, options?: CallOptions): Promise<readonly Instance[]>;
  /** Page 1 of the whole account, for whoever will probably want all of it. */
  beginListing(options?: CallOptions): Promise<BegunListing>;
  /**
   * One machine asked for by id, null when it does not exist or is not visible. Asked for while another is under way, it shares the next
   * DescribeInstances, of up to 100 ids.
   */
  getInstance(instanceId: string, options?: CallOptions): Promise<Instance | null>;
  describeInternetStatus(instanceId: string, options?: CallOptions): Promise<InternetStatus>;
  inquiryPriceBandwidth(instanceId: string, bandwidth: number, options?: CallOptions): Promise<readonly Price[]>;
  inquiryPriceTrafficPackage(
    instanceId: string,
    trafficPackageSize: number,
    options?: CallOptions,
  ): Promise<readonly Price[]>;
  modifyBandwidth(instanceId: string, bandwidth: number, options?: WriteOptions): Promise<Accepted>;
  cancelBandwidthDowngrade(instanceId: string, options?: WriteOptions): Promise<Accepted>;
  modifyTrafficPackage(instanceId: string, trafficPackageSize: number, options?: WriteOptions): Promise<Accepted>;
  cancelTrafficPackageDowngrade(instanceId: string, options?: WriteOptions): Promise<Accepted>;
}

export interface VmApi extends ProductApi {
  readonly product: "vm";
  describeTypeStatus(instanceId: string, options?: CallOptions): Promise<TypeStatus>;
  modifyType(instanceId: string, instanceType: string, options?: WriteOptions): Promise<Accepted>;
  cancelTypeDowngrade(instanceId: string, options?: WriteOptions): Promise<Accepted>;
  /** DescribeZoneInstanceConfigInfos; answers of one zone, charge type and client are kept for the life of the client. */
  describeInstanceTypes(
    query: { zoneId: string; instanceChargeType: string },
    options?: CallOptions,
  ): Promise<readonly InstanceTypeQuota[]>;
  /** What the machine itself costs, without network and disks. */
  inquiryPriceCreateInstance(inquiry: CreateInstanceInquiry, options?: CallOptions): Promise<readonly Price[]>;
}

export interface BmcApi extends ProductApi {
  readonly product: "bmc";
  /** DescribeAvailableResources; kept for the life of the client like `describeInstanceTypes`. */
  describeAvailableResources(
    query: { instanceChargeType: string; instanceTypeId?: string; zoneId?: string },
    options?: CallOptions,
  ): Promise<readonly AvailableResource[]>;
}

export interface BillingApi {
  describeCustomerBalance(options?: CallOptions): Promise<Balance>;
}

/** How Zenlayer is being asked by one client. */
export interface Traffic {
  /** Requests sent so far, repetitions included. */
  readonly requests: number;
  /** A rate limit was set by the user, or Zenlayer refused because of its own. */
  readonly limited: boolean;
  /** Milliseconds of the fastest answer so far; Infinity before the first. */
  readonly fastest: number;
}

export interface ZenlayerClient {
  readonly vm: VmApi;
  readonly bmc: BmcApi;
  readonly billing: BillingApi;
  /** The same for looks at a change that is waited for: after a refusal of the credentials they are still made, a few times. */
  readonly patient?: { readonly vm: VmApi; readonly bmc: BmcApi };
  /** Where it is not told, nothing is read ahead. */
  readonly traffic?: () => Traffic;
}

/** How an error is to be handled (zenlayer-api 4.2). */
export type ErrorClass = "config" | "wait" | "user" | "gone" | "noop" | "retry" | "unsure";

/**
 * What is known of a call that failed.
 * `refused`: definitely not executed, the service said no. `not_sent`: definitely not executed, no byte left or 429.
 * `unknown`: it may have been executed.
 */
export type Outcome = "refused" | "not_sent" | "unknown";
