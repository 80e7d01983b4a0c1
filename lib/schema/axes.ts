// The three properties of a machine that are managed, described once for resources, data sources and quotes.
import type { AttributeSchema, Type } from "./types";

export type AxisName = "instance_type" | "internet_max_bandwidth_out" | "traffic_package_size";

interface AxisText {
  readonly type: Type;
  /** Noun with unit and range. */
  readonly vm: string;
  readonly bmc: string;
}

export const AXIS_TEXTS: { readonly [A in AxisName]: AxisText } = {
  instance_type: {
    type: "string",
    vm: "VM type id, for example `c.4c8g`",
    bmc: "Model id of the machine, for example `MDE`",
  },
  internet_max_bandwidth_out: {
    type: "number",
    vm: "Outbound public bandwidth in Mbps, an integer from 1 to the limit of the VM type",
    bmc: "Outbound public bandwidth in Mbps, an integer from 1 to the limit of the model",
  },
  traffic_package_size: {
    type: "number",
    vm: "Traffic package in TB, 0 or more; only PREPAID machines billed `ByTrafficPackage` have one",
    bmc:
      "Traffic package in TB, a multiple of 0.05, at least the package included in the price; " +
      "only PREPAID machines billed `ByTrafficPackage` have one",
  },
};

const UNLIMITED: { readonly [A in AxisName]: string } = {
  instance_type: "",
  internet_max_bandwidth_out: " 0 reads as unlimited.",
  traffic_package_size: "",
};

/** The value in force now, in contrast to the committed one. */
export function effectiveAttribute(axis: AxisName, product: "vm" | "bmc"): AttributeSchema {
  return {
    type: AXIS_TEXTS[axis].type,
    computed: true,
    description:
      `${AXIS_TEXTS[axis][product]}: the value in force now. Differs from \`${axis}\` while a change is running or scheduled.` +
      UNLIMITED[axis],
  };
}

/** The committed value: where a running or scheduled change leads, else the value in force. */
export function committedAttribute(axis: AxisName, product: "vm" | "bmc"): AttributeSchema {
  return {
    type: AXIS_TEXTS[axis].type,
    computed: true,
    description:
      `${AXIS_TEXTS[axis][product]}: the value that the machine is committed to, that is, the target of a running or scheduled change, ` +
      `else the value in force.` +
      UNLIMITED[axis],
  };
}
