// The three properties of a machine that are managed, described once for resources, data sources and quotes.
import { computed } from "./attributes";
import type { SpecificationKind } from "./kinds";
import type { AttributeSchema, BlockSchema, Type } from "./types";

export type AxisName = "instance_type" | "internet_max_bandwidth_out" | "traffic_package_size";

interface AxisText {
  readonly type: Type;
  /** Noun with unit. */
  readonly noun: string;
  /** What may be desired. */
  readonly range: { readonly vm: string; readonly bmc: string };
  /** What a value that is read may mean besides. */
  readonly remark: string;
}

const TEXTS: { readonly [A in AxisName]: AxisText } = {
  instance_type: {
    type: "string",
    noun: "VM type id, for example `c.4c8g`",
    range: { vm: "", bmc: "" },
    remark: "",
  },
  internet_max_bandwidth_out: {
    type: "number",
    noun: "Outbound public bandwidth in Mbps",
    range: {
      vm: ", an integer from 1 to the limit of the VM type; 0 keeps a machine that is unlimited so",
      bmc: ", an integer from 1 to the limit of the model; 0 keeps a machine that is unlimited so",
    },
    remark: " 0 reads as unlimited.",
  },
  traffic_package_size: {
    type: "number",
    noun: "Traffic package in TB",
    range: {
      vm: ", 0 or more; only PREPAID machines billed `ByTrafficPackage` have one",
      bmc:
        ", a multiple of 0.05, at least the package included in the price; " +
        "only PREPAID machines billed `ByTrafficPackage` have one",
    },
    remark: " Null where the machine has none.",
  },
};

/**
 * The desired values of a kind: required where it has one axis.
 *
 * @param words - What follows the text of a value, with the full stop.
 * @param oneOfSeveral - What a value is that may be left out.
 */
export function desiredAttributes(
  { product, axes }: SpecificationKind,
  words: string,
  oneOfSeveral: (type: Type, text: string) => AttributeSchema,
): BlockSchema["attributes"] {
  const attributes = axes.map((axis): [string, AttributeSchema] => {
    const { type, noun, range } = TEXTS[axis];
    const text = `${noun}${range[product]}${words}`;
    return [axis, axes.length === 1 ? { type, required: true, description: text } : oneOfSeveral(type, text)];
  });
  return Object.fromEntries(attributes);
}

/** The values in force now, in contrast to the committed ones. */
export function effectiveAttributes(axes: readonly AxisName[]): BlockSchema["attributes"] {
  const attributes = axes.map((axis) => {
    const { type, noun, remark } = TEXTS[axis];
    const text = `${noun}: the value in force now. Differs from \`${axis}\` while a change is running or scheduled.${remark}`;
    return [`effective_${axis}`, computed(type, text)] as const;
  });
  return Object.fromEntries(attributes);
}

/** The committed value: where a running or scheduled change leads, else the value in force. */
export function committedAttribute(axis: AxisName): AttributeSchema {
  const { type, noun, remark } = TEXTS[axis];
  return computed(
    type,
    `${noun}: the value that the machine is committed to, that is, the target of a running or scheduled change, ` +
      `else the value in force.${remark}`,
  );
}
