// Data sources `zenlayer_vm_instances` and `zenlayer_bmc_instances`: the machines of the account, narrowed by filters.

import type { Instance, InstanceFilter } from "../../api";
import { matchesPattern, type Product } from "../../engine";
import type { DataSource, ObjectValue } from "../../plugin";
import { isGone } from "../../reconcile";
import { dataSourceSchemas } from "../../schema";
import { reconcilerOf, type Connection } from "../connection";
import { objectOf, textOf } from "../values";
import { clientError } from "../words";

const FILTERS = [
  "zone_id",
  "name_pattern",
  "tags",
  "resource_group_id",
  "instance_charge_type",
  "internet_charge_type",
];

export function machines(product: Product): DataSource<Connection> {
  return {
    schema: dataSourceSchemas[product === "vm" ? "zenlayer_vm_instances" : "zenlayer_bmc_instances"],
    async read({ config }, { data, signal }) {
      const { client } = reconcilerOf(data);
      const found = await client[product].listInstances(filterOf(config), { signal }).catch((error: unknown) => {
        throw clientError(error, "The machines of the account cannot be listed", FILTERS);
      });
      // The service filters first; what it cannot filter by, or reads more loosely, is narrowed here.
      const fitting = found
        .filter((instance) => !isGone(instance.instanceStatus) && fits(instance, config))
        .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
      return {
        ...Object.fromEntries(FILTERS.map((name) => [name, config[name] ?? null])),
        instances: fitting.map(listed),
        ids: fitting.map((instance) => instance.instanceId),
      };
    },
  };
}

function filterOf(config: ObjectValue): InstanceFilter {
  const zoneId = textOf(config["zone_id"]);
  const resourceGroupId = textOf(config["resource_group_id"]);
  const internetChargeType = textOf(config["internet_charge_type"]);
  return {
    ...(zoneId === null ? {} : { zoneId }),
    ...(resourceGroupId === null ? {} : { resourceGroupId }),
    ...(internetChargeType === null ? {} : { internetChargeType }),
  };
}

function fits(instance: Instance, config: ObjectValue): boolean {
  const same = (name: string, value: string | null): boolean => {
    const wanted = textOf(config[name]);
    return wanted === null || wanted === value;
  };
  const pattern = textOf(config["name_pattern"]);
  const tags = Object.entries(objectOf(config["tags"]) ?? {});
  return (
    same("zone_id", instance.zoneId) &&
    same("resource_group_id", instance.resourceGroupId) &&
    same("instance_charge_type", instance.instanceChargeType) &&
    same("internet_charge_type", instance.internetChargeType) &&
    (pattern === null || matchesPattern(pattern, instance.instanceName, "*")) &&
    tags.every(([key, value]) => instance.tags.some((tag) => tag.key === key && tag.value === value))
  );
}

function listed(instance: Instance): ObjectValue {
  return {
    instance_id: instance.instanceId,
    instance_name: instance.instanceName,
    instance_status: instance.instanceStatus,
    zone_id: instance.zoneId,
    instance_type: instance.instanceType,
    internet_max_bandwidth_out: instance.bandwidth,
    traffic_package_size: instance.trafficPackageSize,
    instance_charge_type: instance.instanceChargeType,
    internet_charge_type: instance.internetChargeType,
    expired_time: instance.expiredTime,
    auto_renew: instance.autoRenew,
    resource_group_id: instance.resourceGroupId,
    tags: Object.fromEntries(instance.tags.map((tag) => [tag.key, tag.value])),
  };
}
