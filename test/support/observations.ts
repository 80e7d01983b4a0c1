// Observations of machines to plan for and to store: ordinary ones, of which a test changes what it is about.
import type { Instance } from "../../lib/api";
import type { Machine } from "../../lib/engine";
import type { Observation } from "../../lib/reconcile";
import { vm } from "../engine/machines";

export function observation(machine: Machine = vm(), instance: Partial<Instance> = {}): Observation {
  return {
    machine,
    instance: {
      product: machine.product,
      instanceId: machine.instanceId,
      instanceName: "web-1",
      zoneId: "SEL-A",
      instanceType: "c.4c8g",
      instanceStatus: "RUNNING",
      instanceChargeType: machine.instanceChargeType,
      internetChargeType: machine.internetChargeType,
      bandwidth: 400,
      trafficPackageSize: null,
      period: 1,
      expiredTime: machine.expiredTime,
      autoRenew: machine.autoRenew,
      resourceGroupId: null,
      resourceGroupName: null,
      systemDiskSize: 50,
      maximumBandwidth: null,
      cpuCount: 4,
      memory: 8,
      tags: [],
      ...instance,
    },
  };
}
