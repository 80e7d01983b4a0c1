// Data sources that find machines: one by id or name, many by filters.
import { computed, optional } from "./attributes";
import { committedAttribute, effectiveAttributes, type AxisName } from "./axes";
import { machineFacts, pendingAttribute } from "./machine";
import type { BlockSchema, Type } from "./types";

type Product = "vm" | "bmc";

const NOUN: { readonly [P in Product]: string } = { vm: "virtual machine", bmc: "bare-metal machine" };

/** Axes that the product's status actions report; the model of a BMC machine cannot change. */
const AXES_OF: { readonly [P in Product]: readonly AxisName[] } = {
  vm: ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"],
  bmc: ["internet_max_bandwidth_out", "traffic_package_size"],
};

export function oneMachine(product: Product): BlockSchema {
  const { instance_name: _name, ...facts } = machineFacts;
  return {
    description: `One ${NOUN[product]}, found by its id or by its exact name. Give one of the two.`,
    attributes: {
      id: computed("string", "The same as `instance_id`."),
      instance_id: {
        type: "string",
        optional: true,
        computed: true,
        description: "Id of the machine. Give this or `instance_name`.",
      },
      instance_name: {
        type: "string",
        optional: true,
        computed: true,
        description:
          "Exact name of the machine; it is an error when none or several machines have it. Give this or `instance_id`.",
      },
      instance_type:
        product === "vm"
          ? committedAttribute("instance_type")
          : computed("string", "Model id of the machine, for example `MDE`."),
      internet_max_bandwidth_out: committedAttribute("internet_max_bandwidth_out"),
      traffic_package_size: committedAttribute("traffic_package_size"),
      ...effectiveAttributes(AXES_OF[product]),
      pending: pendingAttribute,
      ...facts,
      resource_group_id: computed("string", "Resource group of the machine."),
      tags: computed(["map", "string"], "Tags of the machine."),
    },
  };
}

/** Object of `instances`: what one listing call gives, without the status actions. */
const LISTED_INSTANCE_TYPE: Type = [
  "object",
  {
    instance_id: "string",
    instance_name: "string",
    instance_status: "string",
    zone_id: "string",
    instance_type: "string",
    internet_max_bandwidth_out: "number",
    traffic_package_size: "number",
    instance_charge_type: "string",
    internet_charge_type: "string",
    expired_time: "string",
    auto_renew: "bool",
    resource_group_id: "string",
    tags: ["map", "string"],
  },
];

export function manyMachines(product: Product): BlockSchema {
  return {
    description: `The ${NOUN[product]}s that are visible to the key, narrowed by filters; all of them without a filter. Several filters must hold together.`,
    attributes: {
      zone_id: optional("string", "Only machines of this zone."),
      name_pattern: optional(
        "string",
        "Only machines whose whole name fits; `*` stands for any text, for example `web-*`.",
      ),
      tags: optional(["map", "string"], "Only machines that have all of these tags with these values."),
      resource_group_id: optional("string", "Only machines of this resource group."),
      instance_charge_type: optional("string", "Only machines billed so: `PREPAID` or `POSTPAID`."),
      internet_charge_type: optional(
        "string",
        "Only machines whose traffic is billed so, for example `ByTrafficPackage`.",
      ),
      instances: computed(
        ["list", LISTED_INSTANCE_TYPE],
        "The machines, sorted by id. `internet_max_bandwidth_out` (Mbps, 0 = unlimited), `traffic_package_size` (TB) and `instance_type` " +
          "are the values in force now; the other fields mean the same as in the data source of one machine.",
      ),
      ids: computed(["list", "string"], "Ids of the machines, in the order of `instances`."),
    },
  };
}
