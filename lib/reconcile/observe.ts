// Look at one machine: what it is, and for each axis what is in force and what it is going to.

import type { CallOptions, Instance, InternetStatus, TypeStatus, ZenlayerClient } from "../api";
import { normaliseAxis, type Machine, type Product } from "../engine";

/** One look at a machine. `machine` is what the rules decide on, `instance` what is shown beside it. */
export interface Observation {
  readonly machine: Machine;
  readonly instance: Instance;
}

export interface ObserveOptions extends CallOptions {
  /** Ask for this machine by id, never answer from a listing. Used right before a call. */
  readonly fresh?: boolean;
}

/**
 * DescribeInstances and the status actions at the same time.
 *
 * @returns null when the machine does not exist or is not visible to this key
 * @throws ZenlayerError when the service cannot be asked
 */
export async function observe(
  client: ZenlayerClient,
  product: Product,
  instanceId: string,
  options: ObserveOptions = {},
): Promise<Observation | null> {
  const { signal, fresh = false } = options;
  const call: CallOptions = signal === undefined ? {} : { signal };
  const api = client[product];
  const [instance, internet, type] = await Promise.allSettled([
    api.getInstance(instanceId, { ...call, fresh }),
    api.describeInternetStatus(instanceId, call),
    product === "vm" ? client.vm.describeTypeStatus(instanceId, call) : null,
  ]);
  if (instance.status === "rejected") throw instance.reason;
  // A machine that has gone makes the status actions fail too; that is no second problem.
  if (instance.value === null) return null;
  if (internet.status === "rejected") throw internet.reason;
  if (type.status === "rejected") throw type.reason;
  return { instance: instance.value, machine: machineOf(instance.value, internet.value, type.value) };
}

/** The status actions decide; DescribeInstances lags behind them and only fills in what they leave empty. */
export function machineOf(instance: Instance, internet: InternetStatus, type: TypeStatus | null): Machine {
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
            instance_type: normaliseAxis("instance_type", {
              phase: type.status,
              effective: type.instanceType ?? instance.instanceType,
              target: type.modifiedInstanceType,
            }),
          }),
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
