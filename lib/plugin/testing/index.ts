// Terraform without Terraform, for the unit tests of a provider. A subpath of its own, so that no provider carries it.
export { createTestDriver, RuleViolation } from "./driver";
export type { TestDiagnostic, TestDriver, TestInstance, TestPlan, TestResult } from "./types";
