// What is known of a machine besides its specification, and the changes under way: the same in resources and data sources.
import { computed } from "./attributes";
import type { AttributeSchema, BlockSchema, Type } from "./types";

/** Object of `pending`. */
const PENDING_TYPE: Type = [
  "list",
  ["object", { axis: "string", from: "string", to: "string", phase: "string", effective_at: "string" }],
];

export const pendingAttribute: AttributeSchema = computed(
  PENDING_TYPE,
  "Changes that are running or scheduled; empty when all is settled. `axis`: the attribute. `from`, `to`: values as text. " +
    "`phase`: `processing` (being executed) or `scheduled` (waits for the next billing cycle). " +
    "`effective_at`: when a scheduled change takes effect, as Zenlayer writes it; else null.",
);

/** Facts of the machine that our resources and the single-machine data sources show alike. */
export const machineFacts: BlockSchema["attributes"] = {
  instance_name: computed("string", "Name of the machine."),
  instance_status: computed("string", "Status of the machine, for example `RUNNING` or `STOPPED`."),
  zone_id: computed("string", "Zone of the machine, for example `SEL-A`."),
  instance_charge_type: computed(
    "string",
    "How the machine is billed: `PREPAID` (subscription) or `POSTPAID` (pay as you go).",
  ),
  internet_charge_type: computed(
    "string",
    "How public traffic is billed, for example `ByBandwidth` or `ByTrafficPackage`.",
  ),
  expired_time: computed(
    "string",
    "End of the billing cycle as Zenlayer writes it; scheduled changes take effect then. Null when POSTPAID.",
  ),
  auto_renew: computed("bool", "Whether the subscription is renewed at the end of the cycle."),
};
