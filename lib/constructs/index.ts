// What a user writes: constructs for CDK for Terraform that hold the desired specification of machines that exist already.
export { ZenlayerProvider } from "./zenlayer-provider";
export type { ZenlayerProviderProps } from "./zenlayer-provider";
export { VmInstanceSpec } from "./vm-instance-spec";
export type { VmInstanceSpecProps } from "./vm-instance-spec";
export { BmcTrafficPackage } from "./bmc-traffic-package";
export type { BmcTrafficPackageProps } from "./bmc-traffic-package";
export { BmcBandwidth } from "./bmc-bandwidth";
export type { BmcBandwidthProps } from "./bmc-bandwidth";
export { Specification } from "./specification";
export type { ISpecification, SpecificationKind, SpecificationQuote, SpecificationResource } from "./specification";
export type { QuoteProps, SpecificationProps, SpecificationTimeouts } from "./specification-props";
export { VmInstance } from "./vm-instance";
export type { VmInstanceProps } from "./vm-instance";
export { BmcInstance } from "./bmc-instance";
export type { BmcInstanceProps } from "./bmc-instance";
export type { IBmcInstance, IMachine, IVmInstance } from "./machine-reference";
export { ChangeHook } from "./change-hook";
export type { ChangeHookFullProps, ChangeHookProps } from "./change-hook";
export { ChangeWaves } from "./change-waves";
export type { ChangeWavesProps } from "./change-waves";
export { MachineFleet } from "./machine-fleet";
export type {
  FleetDefaults,
  FleetMachine,
  FleetRename,
  FleetSpecification,
  FleetSpecifications,
  FleetWaves,
  MachineFleetProps,
} from "./machine-fleet";
export type { WaveSize } from "./private/wave-sizes";
export { ForbidDowngrades, LimitImmediateCharge } from "./guards";
export type { GuardProps } from "./guards";
export { SynthesisError } from "../rendering";
export type { SynthesisErrorCode } from "../rendering";
export { HookEngine, OnDestroy, OnDowngrade } from "./choices";
