// Eight machines to try things with: one of every kind of billing that matters.
import type { FleetSpec } from "./fleet";

/** A fresh description of the sample machines; PREPAID ones expire a month after the clock's start. */
export function sampleFleet(): FleetSpec {
  return {
    machines: [
      {
        product: "vm",
        instanceId: "900000000000000001",
        instanceName: "vm-one",
        zoneId: "SEL-A",
        instanceType: "c.4c8g",
        internetChargeType: "ByBandwidth",
        bandwidth: 100,
        tags: [{ key: "env", value: "test" }],
      },
      {
        product: "bmc",
        instanceId: "900000000000000002",
        instanceName: "bm-one",
        zoneId: "MOW-B",
        instanceType: "MDE",
        internetChargeType: "ByTrafficPackage",
        bandwidth: 50,
        trafficPackageSize: 10,
      },
      {
        product: "vm",
        instanceId: "900000000000000003",
        instanceName: "vm-package",
        instanceType: "g.2c8g",
        internetChargeType: "ByTrafficPackage",
        bandwidth: 200,
        trafficPackageSize: 5,
      },
      {
        product: "vm",
        instanceId: "900000000000000004",
        instanceName: "vm-postpaid",
        instanceType: "c.2c4g",
        instanceChargeType: "POSTPAID",
        internetChargeType: "ByBandwidth",
        bandwidth: 50,
      },
      {
        product: "bmc",
        instanceId: "900000000000000005",
        instanceName: "bm-bandwidth",
        internetChargeType: "ByBandwidth",
        bandwidth: 200,
      },
      {
        product: "bmc",
        instanceId: "900000000000000006",
        instanceName: "bm-postpaid",
        instanceChargeType: "POSTPAID",
        internetChargeType: "ByBandwidth",
        bandwidth: 100,
      },
      {
        product: "bmc",
        instanceId: "900000000000000007",
        instanceName: "bm-95th",
        internetChargeType: "ByInstanceBandwidth95",
        bandwidth: 1000,
      },
      {
        product: "vm",
        instanceId: "900000000000000008",
        instanceName: "vm-stopped",
        instanceType: "c.2c4g",
        instanceStatus: "STOPPED",
        internetChargeType: "ByBandwidth",
        bandwidth: 100,
      },
    ],
  };
}
