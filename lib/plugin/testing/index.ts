// Terraform without Terraform, for the unit tests of a provider. A subpath of its own, so that no provider carries it.
export { createTestDriver } from "./driver";
export { RuleViolation } from "./verdict";
export type { TestDiagnostic, TestDriver, TestInstance, TestMoveSource, TestPlan, TestResult } from "./types";
