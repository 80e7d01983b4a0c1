// What a finding says, in the attribute names of whoever reads it.
import type { Finding } from "./finding";
import type { Axis, AxisValue, Product } from "./types";
import { describeValue, formatValue } from "./values";

/** Texts name the value, what is allowed and the cure. */
export interface FindingText {
  /** One line. */
  readonly summary: string;
  /** What is allowed, and the cure. */
  readonly detail: string;
}

/** How the reader calls an axis: the attribute of Terraform, the property of a construct. */
export type AxisNames = { readonly [A in Axis]: string };

/** As Terraform's configuration writes them. */
export const ATTRIBUTE_NAMES: AxisNames = {
  instance_type: "instance_type",
  internet_max_bandwidth_out: "internet_max_bandwidth_out",
  traffic_package_size: "traffic_package_size",
};

const MACHINES: { readonly [P in Product]: string } = { vm: "virtual machine", bmc: "bare-metal machine" };

/** @param names how the reader calls each axis; default: as Terraform does */
export function describeFinding(finding: Finding, names: AxisNames = ATTRIBUTE_NAMES): FindingText {
  const { axis } = finding;
  const name = names[axis];
  switch (finding.code) {
    case "axis_not_of_product": {
      const machine = MACHINES[finding.product];
      return {
        summary: `${name} ${quote(finding.value)}: a ${machine} has no such property that can be changed`,
        detail: `Of a ${machine} can be changed: ${finding.allowed.map((each) => names[each]).join(", ")}. Remove ${name}.`,
      };
    }
    case "instance_type_malformed":
      return {
        summary: `${name} ${quote(finding.value)} is not a type id`,
        detail:
          "A type id is not empty and holds no white space, for example c.4c8g. Data source zenlayer_vm_instance_types lists the ids on sale in a zone.",
      };
    case "bandwidth_out_of_range":
      return bandwidthOutOfRange(finding, name);
    case "package_out_of_range":
      return finding.problem === "no_size"
        ? {
            summary: `${name} ${quote(finding.value)} is not a package size`,
            detail: "Allowed is a number of TB from 0, for example 2.5.",
          }
        : {
            summary: `${name} ${quote(finding.value)} is more than any package on sale`,
            detail: `The unit is TB, and at most ${finding.limit} is accepted. Give the size in TB.`,
          };
    case "package_step":
      return packageStep(finding, name);
    case "instance_type_unknown":
      return {
        summary: `${name} "${finding.to}": Zenlayer does not know this type`,
        detail: `Use a type id that exists, for example one that data source zenlayer_vm_instance_types lists for the machine's zone, or keep "${finding.from}".`,
      };
    case "instance_type_series":
      return {
        summary: `${name} "${finding.from}" cannot become "${finding.to}": series s and h are never converted into each other`,
        detail: `Use a type of series ${finding.series}, or buy a new machine of the other series.`,
      };
    case "instance_type_bandwidth_limit":
      return {
        summary: `${name} "${finding.to}" allows at most ${finding.limit} Mbps, but the bandwidth is ${finding.bandwidth} Mbps`,
        detail: `Set ${names.internet_max_bandwidth_out} to ${finding.limit} or less together with the type, or use a type with a higher limit.`,
      };
    case "bandwidth_above_maximum":
      return bandwidthAboveMaximum(finding, name);
    case "package_charge_type":
      return {
        summary: `${name} ${formatValue(axis, finding.to)}: the network of this machine is billed ${finding.internetChargeType || "by an unknown model"}, and only ByTrafficPackage has traffic packages`,
        detail: `The network billing model of a machine cannot be changed by API. Remove ${name}.`,
      };
    case "package_postpaid":
      return {
        summary: `${name} ${formatValue(axis, finding.to)}: traffic packages are sold for PREPAID machines, this one is POSTPAID`,
        detail: `Zenlayer describes no package change for POSTPAID machines. Remove ${name}.`,
      };
    case "package_below_free":
      return {
        summary: `${name} ${formatValue(axis, finding.to)} is below the free package of ${describeValue(axis, finding.free)}`,
        detail: `The free package is part of the machine's price and cannot be given back: use ${formatValue(axis, finding.free)} TB or more.`,
      };
    case "no_current_value":
      return {
        summary: `${name} ${formatValue(axis, finding.to)}: this machine has no such value now`,
        detail: `Zenlayer reports none, so there is nothing to change. Remove ${name}, or check the machine in the console.`,
      };
    case "instance_type_not_on_sale":
      return {
        summary: `${name} "${finding.to}" is not on sale now in the zone of this machine (${finding.instanceChargeType})`,
        detail:
          "That may change until the apply, which fails if it does not. Data source zenlayer_vm_instance_types lists what is on sale.",
      };
    case "instance_type_internet_charge_type":
      return {
        summary: `${name} "${finding.to}" is not sold with network billing ${finding.internetChargeType}, which this machine has`,
        detail: `It is sold with ${finding.soldWith.join(", ")}. Zenlayer may refuse the change; a type sold with ${finding.internetChargeType} is safer.`,
      };
    case "leaving_unlimited_bandwidth":
      return {
        summary: `${name}: from unlimited to ${finding.to} Mbps cannot be undone`,
        detail: `Unlimited bandwidth cannot be ordered by API. To keep it, leave ${name} out, or set it to 0.`,
      };
    case "scheduled_without_renewal":
      return {
        summary: `${name}: the machine is not renewed${finding.expiredTime === null ? "" : ` after ${finding.expiredTime}`}, so the scheduled change never takes effect`,
        detail: "The machine ends instead. Turn auto-renewal on in the console if it should go on with the new value.",
      };
  }
}

function bandwidthOutOfRange(
  finding: Finding & { readonly code: "bandwidth_out_of_range" },
  name: string,
): FindingText {
  const { value } = finding;
  switch (finding.problem) {
    case "unlimited":
      return {
        summary: `${name} 0 cannot be set`,
        detail:
          "Unlimited bandwidth (which reads as 0) cannot be ordered: 0 is for a machine that is unlimited and stays so. Allowed is a whole number of Mbps from 1.",
      };
    case "no_bandwidth": {
      const around =
        typeof value === "number" && Number.isFinite(value) && value >= 1
          ? `: ${Math.floor(value)} or ${Math.ceil(value)}`
          : ", for example 100";
      return {
        summary: `${name} ${quote(value)} is not a bandwidth`,
        detail: `Allowed is a whole number of Mbps from 1${around}.`,
      };
    }
    case "too_large":
      return {
        summary: `${name} ${quote(value)} is more than any machine has`,
        detail: `The unit is Mbps, and at most ${finding.limit} is accepted. Give the value in Mbps (1 Gbps is 1000).`,
      };
  }
}

function bandwidthAboveMaximum(
  finding: Finding & { readonly code: "bandwidth_above_maximum" },
  name: string,
): FindingText {
  const { to, limit } = finding;
  switch (finding.bound) {
    case "model":
      return {
        summary: `${name} ${to} is above the maximum of this model`,
        detail: `Allowed is a whole number of Mbps from 1 to ${limit}.`,
      };
    case "type":
      return {
        summary: `${name} ${to} is above the limit of type "${finding.type}"`,
        detail: `Allowed is a whole number of Mbps from 1 to ${limit}; for more, use a type with a higher limit.`,
      };
    case "type_in_force":
      return {
        summary: `${name} ${to} is above the limit of type "${finding.inForce}", which stays in force until the next billing cycle`,
        detail: `Allowed is at most ${limit} Mbps until type "${finding.type}" takes effect${finding.expiredTime === null ? "" : ` (${finding.expiredTime})`}; raise the bandwidth after that.`,
      };
    case "type_before":
      return {
        summary: `${name} ${to} is above the limit of type "${finding.inForce}", which the machine still has when its bandwidth changes`,
        detail: `The machine has more than type "${finding.type}" allows, so that its bandwidth changes before its type. Allowed is at most ${limit} Mbps together with this type; raise the bandwidth in a later apply.`,
      };
  }
}

function packageStep(finding: Finding & { readonly code: "package_step" }, name: string): FindingText {
  const { axis, product, value } = finding;
  if (product === "vm")
    return {
      summary: `${name} ${formatValue(axis, value)} is not a multiple of 0.05 TB`,
      detail:
        "Bare-metal machines have steps of 0.05 TB; for virtual machines no step is documented, and Zenlayer may refuse this size. A multiple of 0.05 is safer.",
    };
  const nearest = finding.nearest.map((size) => formatValue(axis, size)).join(" or ");
  return {
    summary: `${name} ${quote(value)} is not a multiple of 0.05 TB`,
    detail: `Packages of bare-metal machines come in steps of 0.05 TB: use ${nearest} instead of ${describeValue(axis, value)}.`,
  };
}

function quote(value: AxisValue): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
