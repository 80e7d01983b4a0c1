// What is wrong with desired values without asking the API: ranges, steps, and axes that a product does not have.
import { AXES, type Axis, type AxisValue, type Desired, type Finding, type Product } from "./types";
import { describeValue, formatValue } from "./values";

/** Mbps. Far above any machine on sale: catches a value in the wrong unit (Kbps, bps). */
export const BANDWIDTH_SANITY_LIMIT = 1_000_000;
/** TB. Catches a value in the wrong unit (GB, bytes). */
export const PACKAGE_SANITY_LIMIT = 1_000_000;

/** Packages of bare-metal machines come in steps of 0.05 TB, that is in twentieths. */
const STEPS_PER_TB = 20;

const AXES_OF: { readonly [P in Product]: readonly Axis[] } = {
  vm: AXES,
  bmc: ["internet_max_bandwidth_out", "traffic_package_size"],
};

/** What no API call is needed for. Empty: nothing found. At most one finding per axis. */
export function validateDesired(product: Product, desired: Desired): Finding[] {
  const findings: Finding[] = [];
  for (const axis of AXES) {
    const value: AxisValue | undefined = desired[axis];
    if (value === undefined) continue;
    const finding = AXES_OF[product].includes(axis)
      ? checkValue(product, axis, value)
      : notOfProduct(product, axis, value);
    if (finding !== null) findings.push(finding);
  }
  return findings;
}

/** The finding for an axis that a product does not have. */
export function notOfProduct(product: Product, axis: Axis, value: AxisValue): Finding {
  const names = { vm: "virtual machine", bmc: "bare-metal machine" };
  return {
    code: "axis_not_of_product",
    axis,
    summary: `${axis} ${quote(value)}: a ${names[product]} has no such property that can be changed`,
    detail: `Of a ${names[product]} can be changed: ${AXES_OF[product].join(", ")}. Remove ${axis}.`,
  };
}

/** Whether a size is a whole number of twentieths of a TB, in integer arithmetic (0.15 × 20 is not 3 in floating point). */
export function isPackageStep(size: number): boolean {
  const twentieths = Math.round(size * STEPS_PER_TB);
  return Math.abs(size * STEPS_PER_TB - twentieths) < 1e-6;
}

/** The two sizes around one that is not a step, in prose: `0.05 or 0.1`. */
export function nearestPackageSteps(size: number): string {
  const lower = Math.floor(size * STEPS_PER_TB) / STEPS_PER_TB;
  const upper = Math.ceil(size * STEPS_PER_TB) / STEPS_PER_TB;
  return `${formatValue("traffic_package_size", lower)} or ${formatValue("traffic_package_size", upper)}`;
}

function checkValue(product: Product, axis: Axis, value: AxisValue): Finding | null {
  switch (axis) {
    case "instance_type":
      return checkType(value);
    case "internet_max_bandwidth_out":
      return checkBandwidth(value);
    case "traffic_package_size":
      return checkPackage(product, value);
  }
}

function checkType(value: AxisValue): Finding | null {
  if (typeof value === "string" && value !== "" && !/\s/.test(value)) return null;
  return {
    code: "instance_type_malformed",
    axis: "instance_type",
    summary: `instance_type ${quote(value)} is not a type id`,
    detail:
      "A type id is not empty and holds no white space, for example c.4c8g. Data source zenlayer_vm_instance_types lists the ids on sale in a zone.",
  };
}

function checkBandwidth(value: AxisValue): Finding | null {
  const axis = "internet_max_bandwidth_out";
  if (value === 0) {
    return {
      code: "bandwidth_out_of_range",
      axis,
      summary: `${axis} 0 cannot be set`,
      detail:
        "Allowed is a whole number of Mbps from 1. Unlimited bandwidth (which reads as 0) cannot be ordered; to keep an unlimited machine as it is, leave the attribute out.",
    };
  }
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
    return {
      code: "bandwidth_out_of_range",
      axis,
      summary: `${axis} ${quote(value)} is not a bandwidth`,
      detail: `Allowed is a whole number of Mbps from 1${roundingHint(value)}.`,
    };
  }
  if (value <= BANDWIDTH_SANITY_LIMIT) return null;
  return {
    code: "bandwidth_out_of_range",
    axis,
    summary: `${axis} ${quote(value)} is more than any machine has`,
    detail: `The unit is Mbps, and at most ${BANDWIDTH_SANITY_LIMIT} is accepted. Give the value in Mbps (1 Gbps is 1000).`,
  };
}

function roundingHint(value: AxisValue): string {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 1) return ", for example 100";
  return `: ${Math.floor(value)} or ${Math.ceil(value)}`;
}

function checkPackage(product: Product, value: AxisValue): Finding | null {
  const axis = "traffic_package_size";
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
    return {
      code: "package_out_of_range",
      axis,
      summary: `${axis} ${quote(value)} is not a package size`,
      detail: "Allowed is a number of TB from 0, for example 2.5.",
    };
  }
  if (value > PACKAGE_SANITY_LIMIT) {
    return {
      code: "package_out_of_range",
      axis,
      summary: `${axis} ${quote(value)} is more than any package on sale`,
      detail: `The unit is TB, and at most ${PACKAGE_SANITY_LIMIT} is accepted. Give the size in TB.`,
    };
  }
  if (product === "vm" || isPackageStep(value)) return null;
  return {
    code: "package_step",
    axis,
    summary: `${axis} ${quote(value)} is not a multiple of 0.05 TB`,
    detail: `Packages of bare-metal machines come in steps of 0.05 TB: use ${nearestPackageSteps(value)} instead of ${describeValue(axis, value)}.`,
  };
}

function quote(value: AxisValue): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
