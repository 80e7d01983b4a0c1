// Look at one machine: what it is, and for each axis what is in force and what it is going to.

import {
  isZenlayerError,
  READS_DISAGREE,
  ZenlayerError,
  type BmcApi,
  type CallOptions,
  type Instance,
  type InternetStatus,
  type TypeStatus,
  type VmApi,
} from "../api";
import { normaliseAxis, type Machine, type Product } from "../engine";
import { isGone } from "./status";

/** One look at a machine. `machine` is what the rules decide on, `instance` what is shown beside it. */
export interface Observation {
  readonly machine: Machine;
  readonly instance: Instance;
}

/** The reads that a look is made of. */
export interface LookReads {
  readonly vm: Pick<VmApi, "getInstance" | "describeInternetStatus" | "describeTypeStatus">;
  readonly bmc: Pick<BmcApi, "getInstance" | "describeInternetStatus">;
}

/**
 * DescribeInstances and the status actions at the same time. A machine counts as gone only when the one leaves it out, asked by id, and the others
 * deny it; where they disagree, all are asked once more.
 *
 * @param reads of the first look
 * @param again what is asked where the first look contradicts itself: Zenlayer, and nothing that was kept. @default - the same
 * @returns null when the machine does not exist or is not visible to this key
 * @throws ZenlayerError when the service cannot be asked, or contradicts itself (`READS_DISAGREE`)
 */
export async function observe(
  reads: LookReads,
  product: Product,
  instanceId: string,
  options: CallOptions = {},
  again: LookReads = reads,
): Promise<Observation | null> {
  const first = await ask(reads, product, instanceId, options);
  if (typeof first !== "string") return first;
  const second = await ask(again, product, instanceId, options);
  if (typeof second !== "string") return second;
  throw disagreement(product, instanceId, second);
}

/** What DescribeInstances says that a status action contradicts. */
type Contradicted = "listed" | "left_out";

async function ask(
  reads: LookReads,
  product: Product,
  instanceId: string,
  call: CallOptions,
): Promise<Observation | null | Contradicted> {
  const api = reads[product];
  const [instance, ...statuses] = await Promise.allSettled([
    api.getInstance(instanceId, call),
    api.describeInternetStatus(instanceId, call),
    product === "vm" ? reads.vm.describeTypeStatus(instanceId, call) : null,
  ]);
  if (instance.status === "rejected") throw instance.reason;
  const listed = instance.value;
  const [internet, type] = statuses;
  const failed = statuses.find((each) => each.status === "rejected" && !isDenial(each.reason));
  if (failed?.status === "rejected") throw failed.reason;
  if (internet.status === "fulfilled" && type.status === "fulfilled" && listed !== null)
    return { instance: listed, machine: machineOf(listed, internet.value, type.value) };
  const denied = internet.status === "rejected" && (product === "bmc" || type.status === "rejected");
  if (listed === null) return denied ? null : "left_out";
  // In the recycle bin a machine is listed and has no status any more.
  if (denied && isGone(listed.instanceStatus))
    return { instance: listed, machine: machineOf(listed, NOTHING_KNOWN, null) };
  return "listed";
}

/** The status action says that there is no such machine, or not any more. */
function isDenial(error: unknown): boolean {
  return isZenlayerError(error) && error.outcome === "refused" && error.errorClass === "gone";
}

const NOTHING_KNOWN: Omit<InternetStatus, "instanceId"> = {
  instanceName: null,
  bandwidth: null,
  modifiedBandwidth: null,
  bandwidthStatus: "settled",
  trafficPackageSize: null,
  modifiedTrafficPackageSize: null,
  trafficPackageStatus: "settled",
};

const CONTRADICTIONS: Readonly<Record<Contradicted, string>> = {
  listed: "DescribeInstances lists it, and a status action denies it.",
  left_out: "DescribeInstances leaves it out, and a status action describes it.",
};

function disagreement(product: Product, instanceId: string, contradicted: Contradicted): ZenlayerError {
  const { code, errorClass, summary, cure } = READS_DISAGREE;
  return new ZenlayerError({
    code,
    errorClass,
    outcome: "unknown",
    action: "DescribeInstances",
    service: product,
    instanceId,
    summary: `${summary} ${CONTRADICTIONS[contradicted]}`,
    cure,
  });
}

/** The status actions decide; DescribeInstances lags behind them and only fills in what they leave empty. */
function machineOf(instance: Instance, internet: Omit<InternetStatus, "instanceId">, type: TypeStatus | null): Machine {
  return {
    product: instance.product,
    instanceId: instance.instanceId,
    instanceChargeType: instance.instanceChargeType,
    internetChargeType: instance.internetChargeType,
    expiredTime: instance.expiredTime,
    autoRenew: instance.autoRenew,
    axes: {
      ...(type === null
        ? {}
        : {
            // Stryker disable next-line StringLiteral: only the values of a package are compared in a way of their own.
            instance_type: normaliseAxis("instance_type", {
              phase: type.status,
              effective: type.instanceType ?? instance.instanceType,
              target: type.modifiedInstanceType,
            }),
          }),
      // Stryker disable next-line StringLiteral: only the values of a package are compared in a way of their own.
      internet_max_bandwidth_out: normaliseAxis("internet_max_bandwidth_out", {
        phase: internet.bandwidthStatus,
        effective: internet.bandwidth ?? instance.bandwidth,
        target: internet.modifiedBandwidth,
      }),
      traffic_package_size: normaliseAxis("traffic_package_size", {
        phase: internet.trafficPackageStatus,
        effective: internet.trafficPackageSize ?? instance.trafficPackageSize,
        target: internet.modifiedTrafficPackageSize,
      }),
    },
  };
}
