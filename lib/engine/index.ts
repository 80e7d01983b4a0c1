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
  Finding,
  Wait,
  Decision,
  PendingChange,
} from "./types";
