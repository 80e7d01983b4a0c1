// What is wrong with desired values without asking the API: ranges, steps, and axes that a product does not have.
import type { Finding } from "./finding";
import { AXES, type Axis, type AxisValue, type Desired, type Product } from "./types";

/** Mbps. Far above any machine on sale: catches a value in the wrong unit (Kbps, bps). */
const BANDWIDTH_SANITY_LIMIT = 1_000_000;
/** TB. Catches a value in the wrong unit (GB, bytes). */
const PACKAGE_SANITY_LIMIT = 1_000_000;

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
  return { code: "axis_not_of_product", axis, product, allowed: AXES_OF[product], value };
}

/** Whether a size is a whole number of twentieths of a TB, in integer arithmetic (0.15 × 20 is not 3 in floating point). */
export function isPackageStep(size: number): boolean {
  const twentieths = Math.round(size * STEPS_PER_TB);
  return Math.abs(size * STEPS_PER_TB - twentieths) < 1e-6;
}

/** A size that is not a step, with the two steps around it. */
export function notAStep(product: Product, size: number): Finding {
  return {
    code: "package_step",
    axis: "traffic_package_size",
    product,
    value: size,
    nearest: [Math.floor(size * STEPS_PER_TB) / STEPS_PER_TB, Math.ceil(size * STEPS_PER_TB) / STEPS_PER_TB],
  };
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
  return { code: "instance_type_malformed", axis: "instance_type", value };
}

function checkBandwidth(value: AxisValue): Finding | null {
  // 0 is unlimited, which a machine may be already.
  if (!Number.isInteger(value) || Number(value) < 0) return badBandwidth(value, "no_bandwidth");
  return Number(value) <= BANDWIDTH_SANITY_LIMIT ? null : badBandwidth(value, "too_large");
}

/** A bandwidth that cannot be set: unlimited, of a machine that is not. */
export function notUnlimited(): Finding {
  return badBandwidth(0, "unlimited");
}

function badBandwidth(value: AxisValue, problem: "unlimited" | "no_bandwidth" | "too_large"): Finding {
  const axis = "internet_max_bandwidth_out";
  return { code: "bandwidth_out_of_range", axis, value, problem, limit: BANDWIDTH_SANITY_LIMIT };
}

function checkPackage(product: Product, value: AxisValue): Finding | null {
  const finding = {
    code: "package_out_of_range",
    axis: "traffic_package_size",
    value,
    limit: PACKAGE_SANITY_LIMIT,
  } as const;
  if (!Number.isFinite(value) || Number(value) < 0) return { ...finding, problem: "no_size" };
  const size = Number(value);
  if (size > PACKAGE_SANITY_LIMIT) return { ...finding, problem: "too_large" };
  return product === "vm" || isPackageStep(size) ? null : notAStep(product, size);
}
