// Drives the real Terraform from a test: providers served by the test's own process, a simulated account, assertions on plans.
export { TerraformWorkspace } from "./terraform-workspace";
export type { CommandOptions, WorkspaceOptions } from "./terraform-workspace";
export { TerraformMissingError } from "./terraform-process";
export type { RunOptions, RunResult } from "./terraform-process";
export { CommandResult, Plan } from "./plan";
export { expectChanges, expectNoChanges, expectNothingDestroyed, expectSuccess } from "./expectations";
export type { Diagnostic, TerraformEvent } from "./diagnostics";
export { resourcesOf } from "./plan-json";
export type {
  ChangeAction,
  JsonObject,
  JsonValue,
  OutputChange,
  PlanJson,
  ResourceChange,
  StateJson,
  StateModule,
  StateResource,
  StateValues,
} from "./plan-json";
export { ZenlayerTestbed } from "./zenlayer-testbed";
export type { TestbedOptions } from "./zenlayer-testbed";
