// Pure rules: what a machine's specification is committed to, and which calls bring it to the desired one.
export { AXES } from "./types";
export type {
  Product,
  Axis,
  AxisValue,
  AxisValues,
  AxisState,
  Phase,
  Machine,
  Desired,
  Facts,
  TypeFacts,
  Direction,
  TakesEffect,
  Charge,
  ModifyAction,
  CancelAction,
  Step,
  Wait,
  Decision,
  PendingChange,
} from "./types";
export {
  committed,
  normaliseAxis,
  sameValue,
  formatValue,
  describeValue,
  isUnlimited,
  PACKAGE_TOLERANCE,
} from "./values";
export type { RawAxisStatus } from "./values";
export { directionOf, directionOfTypeChange } from "./direction";
export type { ModifyDirection } from "./direction";
export { decide } from "./decide";
export { validateDesired } from "./validate";
export type { Finding, FindingCode } from "./finding";
export { ATTRIBUTE_NAMES, describeFinding } from "./finding-words";
export type { AxisNames, FindingText } from "./finding-words";
export { chargeOf, daysLeft, upToCents } from "./charge";
export type { ChargeAmount } from "./charge";
export { matchesPattern } from "./glob";
export { pendingChanges } from "./pending";
export { summarise, summariseStep } from "./summary";
export { sameDecision } from "./compare";
export type { PlannedStep, Comparison } from "./compare";
export { outcomeOf, modifySteps, mayCharge } from "./outcome";
export type { Outcome } from "./outcome";
