// Every switch of the simulator in one table (zenlayer-api A.5): name, group, default, what is allowed, what it does.
// docs/simulator.md repeats the table and a test compares the two.
import { SimulatorError } from "./errors";
import { parseDuration } from "./durations";
import type { Proration } from "./prices";

export type KnobGroup = "spelling" | "shape" | "timing" | "outcome" | "rules" | "transport";

export interface KnobFact<Value> {
  readonly group: KnobGroup;
  readonly default: Value;
  /** In words, for documentation and error messages. */
  readonly allowed: string;
  readonly description: string;
  /** The value of an outside text or JSON value; undefined when not allowed. */
  readonly parse: (value: unknown) => Value | undefined;
}

function choice<Value extends string | number>(
  group: KnobGroup,
  choices: readonly [Value, ...Value[]],
  description: string,
): KnobFact<Value> {
  return {
    group,
    default: choices[0],
    allowed: choices.join(", "),
    description,
    parse: (value) => choices.find((candidate) => String(candidate) === String(value)),
  };
}

function flag(group: KnobGroup, description: string): KnobFact<boolean> {
  return {
    group,
    default: false,
    allowed: "true, false",
    description,
    parse: (value) => (String(value) === "true" ? true : String(value) === "false" ? false : undefined),
  };
}

function text(group: KnobGroup, initial: string, description: string): KnobFact<string> {
  return {
    group,
    default: initial,
    allowed: "any text",
    description,
    parse: (value) => (typeof value === "string" ? value : undefined),
  };
}

function textOrNull(group: KnobGroup, description: string): KnobFact<string | null> {
  return {
    group,
    default: null,
    allowed: "any text, or null",
    description,
    parse: (value) => (value === null || value === "null" ? null : typeof value === "string" ? value : undefined),
  };
}

function amount(group: KnobGroup, initial: number, description: string): KnobFact<number> {
  return {
    group,
    default: initial,
    allowed: "a number ≥ 0",
    description,
    parse: (value) => {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof number === "number" && number >= 0 && Number.isFinite(number) ? number : undefined;
    },
  };
}

function duration(initial: number, description: string): KnobFact<number> {
  return {
    group: "timing",
    default: initial,
    allowed: "milliseconds ≥ 0, a text such as 20s, or Infinity",
    description,
    parse: (value) => {
      if (value === Infinity || value === "Infinity") return Infinity;
      if (typeof value !== "number" && typeof value !== "string") return undefined;
      try {
        return parseDuration(value);
      } catch {
        return undefined;
      }
    },
  };
}

/** The table: one row per knob. */
export const KNOBS = {
  /** How the code for "no package" is spelled (contradiction C7). */
  notExistPackageSpelling: choice(
    "spelling",
    ["FAILED", "FILED"],
    "spelling of `OPERATION_…_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE` (C7)",
  ),
  /** Code of a bandwidth change in flight (C32): VM DENIED and BMC FAILED, or one for both. */
  bandwidthProcessingSpelling: choice(
    "spelling",
    ["by_product", "DENIED", "FAILED"],
    "spelling of `OPERATION_…_INSTANCE_BANDWIDTH_PROCESSING` (C32); by_product: DENIED for VM, FAILED for BMC",
  ),
  /** Whether codes are sent in upper snake case or in the dotted mixed case of the Go SDK (zenlayer-api 4.1). */
  codeSpelling: choice(
    "spelling",
    ["snake", "dotted"],
    "codes in upper snake case, or dotted and mixed like the Go SDK's constants",
  ),
  /** HTTP status of INVALID_INSTANCE_TYPE_NOT_CHANGED (C17). */
  typeNotChangedStatus: choice("spelling", [400, 403], "HTTP status of `INVALID_INSTANCE_TYPE_NOT_CHANGED` (C17)"),
  /** HTTP status of OPERATION_DENIED_DOWNGRADE_NOT_EXIST (C31); by_action: 403, and 404 for packages. */
  downgradeNotExistStatus: choice<"by_action" | 403 | 404>(
    "spelling",
    ["by_action", 403, 404],
    "HTTP status of `OPERATION_DENIED_DOWNGRADE_NOT_EXIST` (C31); by_action: 404 for packages, else 403",
  ),

  /** Integers and sizes of DescribeInstanceInternetStatus as strings (C22). */
  numbersAsStrings: flag("shape", "numbers of DescribeInstanceInternetStatus as strings (C22)"),
  /** `bandwidthPrice` as one object instead of an array (C23). */
  bandwidthPriceAsObject: flag("shape", "`bandwidthPrice` as one object instead of an array (C23)"),
  /** What an empty response field looks like. */
  nulls: choice("shape", ["null", "absent", "empty"], "an empty response field is null, absent, or an empty string"),
  /** Word for a change being executed; `Process` is the old alias. */
  processingWord: text(
    "shape",
    "Processing",
    "status word of a change being executed; `Process` is the old alias (C20)",
  ),
  /** Word for a settled axis; `Disable` or an unknown word may be tried. */
  settledWord: text("shape", "Enable", "status word of a settled axis; try `Disable` or an unknown word"),
  /** Word for a settled type only; null means as `settledWord`. */
  settledTypeWord: textOrNull("shape", "status word of a settled type only, such as `Disable`; null: as settledWord"),
  /** What the `modified…` field of a settled axis shows: null, or the current value (C21). */
  settledTarget: choice(
    "shape",
    ["null", "current"],
    "the `modified…` field of a settled axis is null, or repeats the current value (C21)",
  ),
  /** Whether an accepted Modify… returns its order number. */
  orderNumber: choice("shape", ["present", "absent", "empty"], "whether an accepted Modify… returns its order number"),
  /** How DescribeInstances writes `expiredTime`; billing goes by the real one. */
  expiredTime: choice(
    "shape",
    ["present", "null", "absent", "unreadable"],
    "`expiredTime` in DescribeInstances; billing goes by the real one",
  ),
  /** How the inquiries for a machine and for a purchase write prices; charges go by the real ones. */
  prices: choice(
    "shape",
    ["normal", "hourly", "negative", "null", "missing", "in_parts", "overage_first"],
    "prices of the inquiries: per hour even for PREPAID, below zero, with nothing in them, no entries at all, one price as two entries, or an overage entry first; charges go by the real ones",
  ),
  /** The `Date` header of answers: the simulated clock's time, none, or something that is no date. */
  dateHeader: choice(
    "shape",
    ["clock", "absent", "unreadable"],
    "the `Date` header of answers: the simulated clock's time, none, or no date",
  ),

  /** Virtual milliseconds from acceptance of a type change until it is in force; Infinity waits for `settle`. */
  typeLatency: duration(20_000, "virtual time that a type change is being executed; Infinity: until settled by hand"),
  /** The same for bandwidth. */
  bandwidthLatency: duration(2_000, "the same for bandwidth"),
  /** The same for traffic packages. */
  packageLatency: duration(2_000, "the same for traffic packages"),
  /** Virtual milliseconds that buying, stopping, starting, rebooting and reinstalling a machine take. */
  lifecycleLatency: duration(
    2_000,
    "virtual time that buying, stopping, starting, rebooting and reinstalling a machine take",
  ),
  /** Reads of the status action that still show the old value and Enable after an acceptance. */
  readLag: amount(
    "timing",
    0,
    "reads of the status action after an acceptance that still show the old value and `Enable`",
  ),
  /** The same after an accepted Cancel…: reads that still show the plan. */
  cancelReadLag: amount("timing", 0, "reads of the status action after an accepted Cancel… that still show the plan"),
  /** Reads of DescribeInstances that still show the old value after an acceptance. */
  describeInstancesLag: amount(
    "timing",
    0,
    "reads of DescribeInstances after an acceptance that still show the old value",
  ),
  /** Wall milliseconds added to every answer. */
  responseDelay: duration(0, "wall time added to every answer"),

  /** Which changes accepted from now on fail while being executed: the axis settles on its old value. */
  failInFlight: choice(
    "outcome",
    ["none", "type", "bandwidth", "package", "all"],
    "changes accepted from now on fail while being executed: the axis settles on its old value, a charge is given back",
  ),
  /** Charged increases are accepted but stay unpaid and invisible until the order is paid. */
  unpaidOrders: flag("outcome", "charged increases are accepted but stay unpaid and invisible until the order is paid"),
  /** Every charged increase is refused with the invented code SIM_BALANCE_TOO_LOW (403). */
  insufficientBalance: flag(
    "outcome",
    "every charged increase is refused with `SIM_BALANCE_TOO_LOW` (an invented code, 403)",
  ),

  /** A bandwidth or package equal to the current one: accepted without effect, or refused with INVALID_PARAMETER_VALUE. */
  equalValue: choice(
    "rules",
    ["accept", "refuse"],
    "bandwidth or package equal to the current one: accepted without effect and order number, or refused with `INVALID_PARAMETER_VALUE`",
  ),
  /** Another type of the same list price on a PREPAID machine (VT4). */
  equalPriceTypeChange: choice(
    "rules",
    ["immediate", "scheduled"],
    "another type of the same list price on a PREPAID machine (VT4)",
  ),
  /** A plan of one axis refuses changes of the others too. */
  planBlocksOtherAxes: flag("rules", "a scheduled change of one axis refuses changes of the others"),
  /** A change in flight refuses changes of the other axes too. */
  processingBlocksOtherAxes: flag("rules", "a change in flight refuses changes of the other axes"),
  /** POSTPAID machines may change their package (VP4, BP4), at once. */
  postpaidPackages: flag("rules", "POSTPAID machines may change their package, at once (VP4, BP4)"),
  /** VM packages must be multiples of 0.05 TB too. */
  vmPackageStep: flag("rules", "VM packages must be multiples of 0.05 TB too"),
  /** BMC bandwidth of machines that are not ByBandwidth (BB6). */
  bmcBandwidthOtherChargeTypes: choice(
    "rules",
    ["immediate", "refuse"],
    "BMC bandwidth of machines that are not ByBandwidth (BB6)",
  ),
  /** TB; for machines without a maximum of their own. */
  maximumTrafficPackage: amount("rules", 1_000, "largest package in TB, for machines without a maximum of their own"),
  /** Zones, separated by commas, that refuse type changes with UNSUPPORTED_OPERATION_ZONE_NOT_SUPPORT. */
  zonesWithoutTypeChange: text(
    "rules",
    "",
    "zones, separated by commas, that refuse type changes with `UNSUPPORTED_OPERATION_ZONE_NOT_SUPPORT`",
  ),
  /** How DescribeInstances answers when none of the given ids exists. */
  missingInstances: choice(
    "rules",
    ["empty", "error"],
    "DescribeInstances with ids of which none exists: an empty list, or `INVALID_INSTANCE_NOT_FOUND`",
  ),
  /** Percentage actually paid of list prices (not of overage). */
  discount: amount("rules", 95, "percentage actually paid of list prices (not of overage)"),
  /** What an increase charges: for the days left until `expiredTime`, in months of 30 days, or for the full period. */
  proration: choice<Proration>(
    "rules",
    ["thirtyDays", "full"],
    "an increase charges the monthly difference × the days until `expiredTime` / 30, or the difference for the full period",
  ),

  /** Calls per wall second before a 429; 0 = no limit. */
  requestsPerSecond: amount("transport", 0, "calls per wall second before a 429; 0: no limit"),
  /** Seconds in the Retry-After header of those 429; 0 = no header. */
  rateLimitRetryAfter: amount("transport", 0, "seconds in the Retry-After header of these 429; 0: no header"),
} as const;

/** What every knob is set to. */
export type Knobs = {
  -readonly [Name in keyof typeof KNOBS]: (typeof KNOBS)[Name]["default"];
};

export function defaultKnobs(): Knobs {
  return Object.fromEntries(Object.entries(KNOBS).map(([name, fact]) => [name, fact.default])) as unknown as Knobs;
}

export function isKnobName(name: string): name is keyof Knobs {
  return Object.hasOwn(KNOBS, name);
}

/** Sets one knob from an outside value (a JSON value or a text); says what is allowed when it is not. */
export function setKnob(knobs: Knobs, name: string, value: unknown): void {
  if (!isKnobName(name)) {
    throw new SimulatorError(`There is no knob ${JSON.stringify(name)}. Knobs: ${Object.keys(KNOBS).join(", ")}.`);
  }
  const { parse, allowed }: KnobFact<unknown> = KNOBS[name];
  const parsed = parse(value);
  if (parsed === undefined) {
    throw new SimulatorError(`Knob ${name}: ${JSON.stringify(value)} is not allowed; allowed is ${allowed}.`);
  }
  Object.assign(knobs, { [name]: parsed });
}
