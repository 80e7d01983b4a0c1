// Data sources about the account and the catalogue rather than about a machine.
import { computed, optional } from "./attributes";
import type { BlockSchema } from "./types";

export const balance: BlockSchema = {
  description: "The balance of the account that the credentials belong to.",
  attributes: {
    cash_balance: computed("number", "Cash."),
    credit_value: computed("number", "Credit granted by Zenlayer."),
    purchasing_power: computed("number", "What can be spent: cash plus credit."),
    frozen_amount: computed("number", "Part that is frozen for orders not yet paid."),
    currency: computed("string", "Currency of the amounts."),
  },
};

export const vmInstanceTypes: BlockSchema = {
  description:
    "VM types on sale in a zone. It says what is on sale, not to which of them a given machine can be changed.",
  attributes: {
    zone_id: { type: "string", required: true, description: "Zone, for example `SEL-A`." },
    instance_charge_type: optional("string", "`PREPAID` or `POSTPAID`. Default: `PREPAID`."),
    instance_types: computed(
      [
        "list",
        [
          "object",
          {
            instance_type: "string",
            instance_type_name: "string",
            cpu_count: "number",
            memory: "number",
            bandwidth_limit: "number",
            internet_charge_types: ["list", "string"],
          },
        ],
      ],
      "The types, sorted by id. `instance_type`: its id, as `zenlayer_vm_instance_spec` takes it. `cpu_count`: cores. `memory`: GiB. " +
        "`bandwidth_limit`: highest public bandwidth in Mbps, null when not limited. `internet_charge_types`: traffic billing models sold with it.",
    ),
    ids: computed(["list", "string"], "Ids of the types, in the order of `instance_types`."),
  },
};
