// The words of the simulator: machines, orders, account, keys and the request log (zenlayer-api A.2).

export type Product = "vm" | "bmc";
export type Service = "vm" | "bmc" | "zbc" | "zrm";
/** A property of a machine that can be changed. */
export type Axis = "type" | "bandwidth" | "package";
export const AXES: readonly Axis[] = ["type", "bandwidth", "package"];

export interface Tag {
  key: string;
  value: string;
  /** As the service writes moments; default: the machine's creation. */
  createdDate?: string;
}

/** What happens to one axis of one machine. At most one of the two is set. */
export interface AxisState<Value extends string | number = string | number> {
  /** Being executed; ends when the virtual clock reaches `dueAt` (milliseconds since 1970). */
  inFlight: { target: Value; dueAt: number; fails: boolean; orderNumber: string | null } | null;
  /** Waits for the next billing cycle. */
  scheduled: { target: Value; orderNumber: string | null } | null;
  /** What it showed before the last change, and stale reads still show; `scheduled` is the target of a visible plan. */
  before: { readonly value: string | number | null; readonly scheduled: string | number | null } | null;
  /** How many reads of the status action and of DescribeInstances still show that, see knob `readLag`. */
  stale: { statusReads: number; listReads: number } | null;
}

export interface DataDisk {
  readonly diskId: string;
  readonly diskName: string | null;
  /** GiB. */
  readonly diskSize: number;
  readonly diskCategory: string;
  readonly portable: boolean;
}

export interface Partition {
  readonly fsPath: string;
  readonly fsType: string;
  /** GB. */
  readonly size: number;
}

export interface RaidConfig {
  readonly raidType?: number | null;
  readonly customRaids?: readonly { readonly raidType: number; readonly diskSequence: readonly number[] }[] | null;
}

export interface Machine {
  readonly product: Product;
  readonly instanceId: string;
  instanceName: string;
  /** BMC only on the wire. */
  hostname: string;
  zoneId: string;
  /** VM: type id (`c.4c8g`). BMC: model id (`MDE`). */
  instanceType: string;
  instanceStatus: string;
  instanceChargeType: string;
  internetChargeType: string;
  /** Mbps in force now; 0 = unlimited. */
  bandwidth: number;
  /** TB in force now; null = no package. */
  trafficPackageSize: number | null;
  /** Mbps; BMC flat rate. */
  freeBandwidth: number;
  /** TB; the smallest package that is accepted. */
  freeTrafficPackage: number;
  /** Mbps. */
  maximumBandwidth: number;
  /** TB; null = the knob `maximumTrafficPackage`. */
  maximumTrafficPackage: number | null;
  cpuCount: number;
  /** GiB. */
  memory: number;
  /** Months; null when POSTPAID. */
  period: number | null;
  createTime: string;
  /** End of the billing cycle as the service writes it; null when POSTPAID. */
  expiredTime: string | null;
  autoRenew: boolean;
  resourceGroupId: string;
  resourceGroupName: string;
  imageId: string | null;
  imageName: string | null;
  /** VM: the machine's subnet. BMC: the one of its list. */
  subnetId: string | null;
  /** Key pair that was installed. */
  keyId: string | null;
  nicWanName: string;
  nicLanName: string;
  /** GiB; VM only on the wire. */
  systemDiskSize: number;
  systemDiskCategory: string;
  /** VM only. */
  dataDisks: DataDisk[];
  /** VM only. */
  securityGroupIds: string[];
  /** BMC only. */
  ipxeUrl: string | null;
  /** BMC only. */
  partitions: Partition[];
  /** BMC only. */
  raidConfig: RaidConfig | null;
  /** BMC only. */
  enableGatewayMode: boolean;
  publicIpAddresses: string[];
  publicIpv6Addresses: string[];
  privateIpAddresses: string[];
  tags: Tag[];
  /** Buying, stopping, starting, reinstalling or returning, as long as it takes; null when nothing of it is under way. */
  underway: { readonly to: string; readonly dueAt: number } | null;
  readonly axes: {
    type: AxisState<string>;
    bandwidth: AxisState<number>;
    package: AxisState<number>;
  };
}

export type OrderKind = "increase" | "scheduled_decrease" | "immediate";
export type OrderState = "paid" | "unpaid" | "scheduled" | "cancelled" | "applied";

export interface Order {
  /** Digits. */
  readonly number: string;
  readonly instanceId: string;
  readonly axis: Axis;
  /** `increase`: charged at once (PREPAID). `scheduled_decrease`: next billing cycle. `immediate`: at once, nothing charged. */
  readonly kind: OrderKind;
  readonly from: string | number | null;
  readonly to: string | number;
  /** Charged for it; 0 unless `increase`. */
  readonly amount: number;
  state: OrderState;
  /** Virtual time, ISO 8601. */
  readonly time: string;
}

export interface Transaction {
  orderSn: string;
  /** Virtual time as the service writes it. */
  transactionTime: string;
  transactionType: "CONSUME" | "RECHARGE" | "REFUND";
  description: string;
  /** In bills; the transactions of the service name no resource. */
  resourceId: string | null;
  /** Negative for what is charged. */
  amount: number;
  cashBalance: number;
}

export interface Account {
  accountUid: string;
  cash: number;
  credit: number;
  /** Held back for unpaid orders. */
  frozen: number;
  transactions: Transaction[];
}

export interface Permissions {
  /** Permitted actions, `*` as wildcard, optionally with service: `Describe*`, `vm:ModifyInstanceType`. Default all. */
  actions?: readonly string[];
  /** Refused actions, same patterns; wins over `actions`. */
  deniedActions?: readonly string[];
}

export interface AccessKey extends Permissions {
  id: string;
  password: string;
  /** Default true. */
  enabled?: boolean;
}

export interface AccessToken extends Permissions {
  value: string;
  /** Wall time, ISO 8601; default never. */
  expires?: string;
}

/** One API call as the simulator saw it. Holds no secret. */
export interface RequestEntry {
  /** Virtual time, ISO 8601. */
  readonly time: string;
  readonly service: string;
  readonly action: string;
  readonly version: string | null;
  readonly instanceId: string | null;
  /** Parsed JSON, else the raw text. */
  readonly body: unknown;
  /** HTTP status; 0 when no answer was sent. */
  readonly status: number;
  readonly code: string | null;
  /** Whether the action was carried out (a read answered, a write accepted), whatever the caller got to see. */
  readonly executed: boolean;
  /** Access key id, null with a token or when refused before the key was known. */
  readonly keyId: string | null;
  readonly orderNumber: string | null;
  /** The injected fault that hit this call. */
  readonly fault: string | null;
  /** Fields of the request that the action does not know and ignored, `systemDisk.diskType` for one inside an object. */
  readonly unknownFields: readonly string[];
}
