// Data source `zenlayer_vm_instance_types`: the catalogue of a zone.

import type { DataSource } from "../../plugin";
import { dataSourceSchemas } from "../../schema";
import { reconcilerOf, type Connection } from "../connection";
import { textOf } from "../values";
import { clientError } from "../words";

const CHARGE_TYPES = ["PREPAID", "POSTPAID"];

export const vmInstanceTypes: DataSource<Connection> = {
  schema: dataSourceSchemas.zenlayer_vm_instance_types,
  validate(config, { diagnostics }) {
    const chargeType = textOf(config["instance_charge_type"]);
    if (chargeType !== null && !CHARGE_TYPES.includes(chargeType))
      diagnostics.error(
        `instance_charge_type ${JSON.stringify(chargeType)} is not known`,
        `Allowed: ${CHARGE_TYPES.map((each) => JSON.stringify(each)).join(" or ")}.`,
        ["instance_charge_type"],
      );
  },
  async read({ config }, { data, signal }) {
    const { client } = reconcilerOf(data);
    const zoneId = textOf(config["zone_id"]) ?? "";
    const instanceChargeType = textOf(config["instance_charge_type"]) ?? "PREPAID";
    const found = await client.vm
      .describeInstanceTypes({ zoneId, instanceChargeType }, { signal })
      .catch((error: unknown) => {
        throw clientError(error, `The types of zone ${zoneId} cannot be read`, ["zone_id"]);
      });
    const sorted = [...found].sort((a, b) => (a.instanceType < b.instanceType ? -1 : 1));
    return {
      zone_id: config["zone_id"] ?? null,
      instance_charge_type: config["instance_charge_type"] ?? null,
      instance_types: sorted.map((type) => ({
        instance_type: type.instanceType,
        instance_type_name: type.instanceTypeName,
        cpu_count: type.cpuCount,
        memory: type.memory,
        bandwidth_limit: type.bandwidthLimit,
        internet_charge_types: type.internetChargeTypes,
      })),
      ids: sorted.map((type) => type.instanceType),
    };
  },
};
