// The Zenlayer API on loopback, written from the fact page alone: the oracle of the tests and a way to try things without an account.
export { startSimulator, Simulator, type SimulatorOptions } from "./simulator";
export { sampleFleet } from "./sample-fleet";
export type { FleetSpec, MachineSpec, OutOfBandChange, PendingValues } from "./fleet";
export { MACHINE_FIELDS, parseFleet } from "./fleet-file";
export { defaultKnobs, isKnobName, KNOBS, setKnob, type KnobFact, type KnobGroup, type Knobs } from "./knobs";
export { FAULTS, isFaultKind, type Fault, type FaultFact, type FaultHandle, type FaultKind } from "./faults";
export { CONTROL_ROUTES } from "./control";
export { SimulatorError } from "./errors";
export type { BmcModel, BmcResource, Catalogue, VmType, Zone } from "./catalogue";
export type { ClockOptions, VirtualClock } from "./clock";
export type {
  AccessKey,
  AccessToken,
  Account,
  Axis,
  AxisState,
  DataDisk,
  Machine,
  Order,
  OrderKind,
  OrderState,
  Partition,
  Product,
  RaidConfig,
  RequestEntry,
  Service,
  Tag,
  Transaction,
} from "./types";
