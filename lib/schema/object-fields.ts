// What each field of a nested object means: attribute → field → sentence. For the bindings' hover texts; the schema itself has one description per attribute.

type Fields = { readonly [field: string]: string };

const FROM_TO: Fields = {
  from: "Value before, as text; unlimited bandwidth is `0`.",
  to: "Value after, as text; unlimited bandwidth is `0`.",
};

const PRICES: Fields = {
  axis: "The attribute that the price is for, for example `internet_max_bandwidth_out`.",
  value: "The value that the price is for, as text.",
  list_price: "Price before discount, in `currency`, 0 or more; null when it cannot be had.",
  price: "Price after discount, in `currency`, 0 or more; null when it cannot be had.",
  currency: "Currency of the prices, for example `USD`; null without a price.",
  unit: "What the price is for: `PERIOD` (the whole subscription period), `HOUR`, `DAY` or `MONTH`; null without a price.",
  estimated: "True when Zenlayer has no inquiry action for it and the price is worked out from others.",
  reason: "Why the price is null, for example `unchanged`; else null.",
};

/** Attribute → field → what it means. */
export const OBJECT_FIELDS: { readonly [attribute: string]: Fields } = {
  pending: {
    axis: "The attribute that is being changed, for example `internet_max_bandwidth_out`.",
    ...FROM_TO,
    phase: "`processing` (being executed) or `scheduled` (waits for the next billing cycle).",
    effective_at: "When a scheduled change takes effect, as Zenlayer writes it; else null.",
  },
  changes: {
    step: "Place in the order of the calls: 1, 2, …",
    action: "The API action, for example `ModifyInstanceBandwidth`.",
    axis: "The attribute that the call changes, for example `internet_max_bandwidth_out`.",
    ...FROM_TO,
    direction: "`upgrade`, `downgrade`, `lateral` or `cancel` (of a scheduled downgrade).",
    takes_effect: "`immediately`, `next_billing_cycle` or `decided_by_zenlayer`.",
    effective_at: "When a scheduled change takes effect, as Zenlayer writes it; else null.",
    charge: "`charged_now`, `none`, `usage_based` or `unknown`.",
  },
  prices: PRICES,
  current_prices: PRICES,
  committed_prices: PRICES,
  instances: {
    instance_id: "Id of the machine.",
    instance_name: "Name of the machine.",
    instance_status: "Status of the machine, for example `RUNNING` or `STOPPED`.",
    zone_id: "Zone of the machine, for example `SEL-A`.",
    instance_type: "VM type id of a virtual machine, model of a bare-metal one, in force now.",
    internet_max_bandwidth_out:
      "Outbound public bandwidth in force now, in Mbps; 0 is unlimited, null where there is none.",
    traffic_package_size: "Traffic package in force now, in TB; null where there is none.",
    instance_charge_type: "`PREPAID` (subscription) or `POSTPAID` (pay as you go).",
    internet_charge_type: "How public traffic is billed, for example `ByBandwidth`.",
    expired_time: "End of the billing cycle, as Zenlayer writes it; null when POSTPAID.",
    auto_renew: "Whether the subscription is renewed at the end of the cycle; null when POSTPAID.",
    resource_group_id: "Id of the resource group that it is in; null where it is in none.",
    tags: "Tags of the machine, by key.",
  },
  instance_types: {
    instance_type: "Id of the type, as `zenlayer_vm_instance_spec` takes it, for example `c.4c8g`.",
    instance_type_name: "Name of the type.",
    cpu_count: "Number of cores.",
    memory: "Memory in GiB.",
    bandwidth_limit: "Highest public bandwidth in Mbps; null when not limited.",
    internet_charge_types: "The ways in which public traffic can be billed with this type, for example `ByBandwidth`.",
  },
};
