// The package: constructs for CDK for Terraform, and the L1 classes below them in a namespace of their own (the names are the same).
export * as l1 from "./bindings";
export {
  BmcBandwidth,
  BmcInstance,
  BmcTrafficPackage,
  ChangeHook,
  ChangeWaves,
  ForbidDowngrades,
  HookEngine,
  LimitImmediateCharge,
  MachineFleet,
  OnDestroy,
  OnDowngrade,
  Specification,
  SynthesisError,
  VmInstance,
  VmInstanceSpec,
  ZenlayerProvider,
} from "./constructs";
export type * from "./constructs";
