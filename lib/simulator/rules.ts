// Whether the service accepts a change and how it takes effect (zenlayer-api A.1 step 8, 5.2). Decides, changes nothing.
import { axisState, type AxisValue, committedValue, currentValue } from "./axis";
import { findVmType, isOnSale, typesConvert } from "./catalogue";
import { Refusal } from "./errors";
import { chargeFor, presentTermPrice, type Effect, purchasingPower } from "./transitions";
import { AXES, type Axis, type Machine } from "./types";
import type { World } from "./world";

/** The accepted change's effect, or null for an equal value that changes nothing. Refuses by throwing. */
export function judgeChange(world: World, machine: Machine, axis: Axis, target: AxisValue): Effect | null {
  refuseDead(machine, axis);
  switch (axis) {
    case "type":
      checkType(world, machine, String(target));
      break;
    case "bandwidth":
      checkBandwidth(world, machine, Number(target));
      break;
    case "package":
      checkPackage(world, machine, Number(target));
      break;
  }
  refuseWhileBusy(world, machine, axis);
  const current = currentValue(machine, axis);
  if (axis !== "type" && current !== null && Math.abs(Number(current) - Number(target)) < 1e-9) {
    if (world.knobs.equalValue === "accept") return null;
    throw new Refusal(400, "INVALID_PARAMETER_VALUE", `The ${axis} equals the current one.`);
  }
  const effect = effectOf(world, machine, axis, target);
  if (effect === "charged") refuseUnaffordable(world, "change", chargeFor(world, machine, axis, target));
  return effect;
}

/** Refuses a Cancel… that does not apply to the machine or finds no plan. */
export function judgeCancel(world: World, machine: Machine, axis: Axis): void {
  if (axis === "package" && machine.internetChargeType !== "ByTrafficPackage") throw chargeTypeNotSupported(machine);
  if (axis === "bandwidth" && machine.internetChargeType !== "ByBandwidth") throw chargeTypeNotSupported(machine);
  if (axisState(machine, axis).scheduled !== null) return;
  const status = world.knobs.downgradeNotExistStatus;
  throw new Refusal(
    status === "by_action" ? (axis === "package" ? 404 : 403) : status,
    "OPERATION_DENIED_DOWNGRADE_NOT_EXIST",
    `Instance ${machine.instanceId} has no scheduled downgrade.`,
  );
}

/** Refuses an early renewal of what has no term, is gone, or cannot be paid. The code for POSTPAID is ASM. */
export function judgeRenewal(world: World, machine: Machine): void {
  refuseDead(machine);
  if (machine.instanceChargeType !== "PREPAID" || machine.expiredTime === null) {
    throw new Refusal(403, "OPERATION_DENIED_INSTANCE_SUBSCRIPTION", "Only a subscription can be renewed.");
  }
  refuseUnaffordable(world, "renewal", presentTermPrice(world, machine));
}

export function chargeTypeNotSupported(machine: Machine): Refusal {
  return new Refusal(
    403,
    "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT",
    `The internet charge type ${machine.internetChargeType} does not support this operation.`,
  );
}

/** Limits of a package size, shared with the price inquiry. */
export function checkPackageSize(world: World, machine: Machine, size: number): void {
  const steps = machine.product === "bmc" || world.knobs.vmPackageStep;
  if (steps && Math.abs(size * 20 - Math.round(size * 20)) > 1e-6) {
    throw new Refusal(400, "INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR", "trafficPackageSize must be a multiple of 0.05.");
  }
  if (size < machine.freeTrafficPackage - 1e-9) {
    throw new Refusal(
      400,
      "INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS",
      `trafficPackageSize is below the default ${machine.freeTrafficPackage}.`,
    );
  }
  const maximum = machine.maximumTrafficPackage ?? world.knobs.maximumTrafficPackage;
  if (size > maximum + 1e-9) {
    throw new Refusal(
      400,
      "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED",
      `trafficPackageSize is above the maximum ${maximum}.`,
    );
  }
}

/** Refuses what is done to a machine in the recycle bin. Type changes have a code of their own. */
export function refuseDead(machine: Machine, axis?: Axis): void {
  if (!/^RECYCL/.test(machine.instanceStatus)) return;
  const message = "The instance is in the recycle bin.";
  if (axis === "type") throw new Refusal(400, "UNSUPPORTED_OPERATION_INSTANCE_BEING_RECYCLE", message);
  if (machine.product === "bmc") throw new Refusal(403, "OPERATION_DENIED_INSTANCE_RECYCLED", message);
  throw new Refusal(400, "OPERATION_FAILED_FOR_RECYCLE_RESOURCE", message);
}

function checkType(world: World, machine: Machine, target: string): void {
  const { catalogue, knobs } = world;
  if (knobs.zonesWithoutTypeChange.split(",").some((zone) => zone.trim() === machine.zoneId)) {
    throw new Refusal(
      400,
      "UNSUPPORTED_OPERATION_ZONE_NOT_SUPPORT",
      `Zone ${machine.zoneId} does not support this operation.`,
    );
  }
  if (machine.instanceStatus !== "RUNNING" && machine.instanceStatus !== "STOPPED") {
    throw new Refusal(
      400,
      "UNSUPPORTED_OPERATION_INSTANCE_STATUS",
      `Status ${machine.instanceStatus} does not allow a type change.`,
    );
  }
  const type = findVmType(catalogue, target);
  if (type === undefined) throw productNotFound(target);
  if (target === machine.instanceType) {
    throw new Refusal(
      knobs.typeNotChangedStatus,
      "INVALID_INSTANCE_TYPE_NOT_CHANGED",
      "The target type equals the current type.",
    );
  }
  // A type that is not sold in the zone is treated like one that does not exist (ASM).
  if (!isOnSale(catalogue, machine.zoneId, target)) throw productNotFound(target);
  if (
    !typesConvert(machine.instanceType, target) ||
    Number(committedValue(machine, "bandwidth")) > type.bandwidthLimit
  ) {
    throw new Refusal(
      400,
      "OPERATION_FAILED_INSTANCE_TYPE_UNSUPPORTED",
      `${machine.instanceType} cannot become ${target}.`,
    );
  }
}

export function productNotFound(instanceType: string): Refusal {
  return new Refusal(404, "INVALID_PRODUCT_NOT_FOUND", `The product ${instanceType} does not exist.`);
}

function checkBandwidth(world: World, machine: Machine, target: number): void {
  if (machine.instanceStatus !== "RUNNING") {
    throw new Refusal(
      403,
      "OPERATION_DENIED_INSTANCE_NOT_RUNNING",
      `The instance is ${machine.instanceStatus}, not RUNNING.`,
    );
  }
  const other = machine.product === "bmc" && machine.internetChargeType !== "ByBandwidth";
  if (other && world.knobs.bmcBandwidthOtherChargeTypes === "refuse") throw chargeTypeNotSupported(machine);
  if (target > machine.maximumBandwidth) {
    throw new Refusal(
      400,
      "INVALID_PARAMETER_BANDWIDTH_EXCEED",
      `The bandwidth is above the maximum ${machine.maximumBandwidth} Mbps.`,
    );
  }
}

function checkPackage(world: World, machine: Machine, target: number): void {
  if (machine.instanceStatus !== "RUNNING" && machine.instanceStatus !== "STOPPED") {
    throw new Refusal(
      403,
      "OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT",
      `Status ${machine.instanceStatus} does not allow this operation.`,
    );
  }
  if (machine.internetChargeType !== "ByTrafficPackage") throw chargeTypeNotSupported(machine);
  const postpaid = machine.instanceChargeType === "POSTPAID";
  if (postpaid ? !world.knobs.postpaidPackages : machine.trafficPackageSize === null) {
    const code = `OPERATION_${world.knobs.notExistPackageSpelling}_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE`;
    throw new Refusal(403, code, "The instance has no traffic package.");
  }
  checkPackageSize(world, machine, target);
}

function refuseWhileBusy(world: World, machine: Machine, axis: Axis): void {
  const others = (active: boolean): readonly Axis[] => (active ? AXES : [axis]);
  if (
    others(world.knobs.processingBlocksOtherAxes).some((candidate) => axisState(machine, candidate).inFlight !== null)
  ) {
    throw new Refusal(403, processingCode(world, machine, axis), "A change of this instance is being processed.");
  }
  if (others(world.knobs.planBlocksOtherAxes).some((candidate) => axisState(machine, candidate).scheduled !== null)) {
    throw new Refusal(403, PLAN_CODES[axis], "A scheduled change exists; cancel it first.");
  }
}

const PLAN_CODES: Readonly<Record<Axis, string>> = {
  type: "OPERATION_DENIED_INSTANCE_EXIST_PLAN",
  bandwidth: "OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH",
  package: "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE",
};

function processingCode(world: World, machine: Machine, axis: Axis): string {
  if (axis === "type") return "OPERATION_DENIED_INSTANCE_PLAN_PROCESSING";
  if (axis === "package") return "OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING";
  const { bandwidthProcessingSpelling } = world.knobs;
  const byProduct = machine.product === "vm" ? "DENIED" : "FAILED";
  const word = bandwidthProcessingSpelling === "by_product" ? byProduct : bandwidthProcessingSpelling;
  return `OPERATION_${word}_INSTANCE_BANDWIDTH_PROCESSING`;
}

function effectOf(world: World, machine: Machine, axis: Axis, target: AxisValue): Effect {
  if (machine.instanceChargeType !== "PREPAID") return "free";
  switch (axis) {
    case "type": {
      const price = (type: string): number => findVmType(world.catalogue, type)?.listPrice ?? 0;
      const difference = price(String(target)) - price(machine.instanceType);
      if (difference === 0) return world.knobs.equalPriceTypeChange === "scheduled" ? "scheduled" : "charged";
      return difference > 0 ? "charged" : "scheduled";
    }
    case "bandwidth": {
      if (machine.internetChargeType !== "ByBandwidth") return "free";
      const before = machine.bandwidth === 0 ? Infinity : machine.bandwidth;
      const after = Number(target);
      if (machine.product === "bmc" && before <= machine.freeBandwidth && after <= machine.freeBandwidth) return "free";
      return after > before ? "charged" : "scheduled";
    }
    case "package":
      return Number(target) > (machine.trafficPackageSize ?? 0) ? "charged" : "scheduled";
  }
}

export function refuseUnaffordable(world: World, what: string, amount: number): void {
  const power = purchasingPower(world);
  if (!world.knobs.insufficientBalance && amount <= power) return;
  throw new Refusal(
    403,
    "SIM_BALANCE_TOO_LOW",
    `The ${what} costs ${amount}, the account has ${power}. (Invented by the simulator.)`,
  );
}
