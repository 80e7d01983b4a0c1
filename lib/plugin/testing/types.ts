// What the test driver takes and gives: plain data that a test may keep and compare.
import type { AttributePath, ObjectValue } from "../types";

export interface TestDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly path: AttributePath;
}

/** An object in the state: what core stores. Plain data; may be kept and used again. */
export interface TestInstance {
  readonly state: ObjectValue | null;
  /** The bytes as the provider left them. */
  readonly private: Buffer;
  readonly tainted?: boolean;
}

export interface TestPlan {
  readonly action: "create" | "update" | "replace" | "delete" | "no-op";
  readonly config: ObjectValue | null;
  readonly prior: ObjectValue | null;
  /** null after an error and for a delete. */
  readonly planned: ObjectValue | null;
  readonly private: Buffer;
  /** What the prior object's calls start from; the apply phase plans again with it. */
  readonly priorPrivate: Buffer;
  readonly requiresReplace: readonly AttributePath[];
  readonly diagnostics: readonly TestDiagnostic[];
}

export interface TestResult {
  readonly instance: TestInstance;
  readonly diagnostics: readonly TestDiagnostic[];
}

/** An object of another type, as a `moved` block finds it. */
export interface TestMoveSource {
  readonly providerAddress: string;
  readonly typeName: string;
  /** @default 0 */
  readonly schemaVersion?: number;
  /** As the state file has it. */
  readonly json: string;
}

export interface TestDriver {
  configure(config?: ObjectValue): Promise<readonly TestDiagnostic[]>;
  validateProvider(config?: ObjectValue): Promise<readonly TestDiagnostic[]>;
  validate(typeName: string, config: ObjectValue): Promise<readonly TestDiagnostic[]>;
  validateDataSource(typeName: string, config: ObjectValue): Promise<readonly TestDiagnostic[]>;
  /** Plans a configuration (attributes left out are null); `config` null plans the destruction. */
  plan(typeName: string, config: ObjectValue | null, instance?: TestInstance | null): Promise<TestPlan>;
  /** Plans again as the apply phase does, with `config` if its unknown values have become known, and applies. */
  apply(typeName: string, plan: TestPlan, config?: ObjectValue | null): Promise<TestResult>;
  /** `plan` and `apply`; throws if the plan has errors. */
  applyConfig(typeName: string, config: ObjectValue | null, instance?: TestInstance | null): Promise<TestResult>;
  read(typeName: string, instance: TestInstance): Promise<TestResult>;
  /** Import and read. */
  importState(typeName: string, id: string): Promise<TestResult>;
  upgrade(typeName: string, version: number, json: string): Promise<TestResult>;
  /** What a `moved` block to this type makes of an object of another, not read yet. */
  moveState(typeName: string, source: TestMoveSource): Promise<TestResult>;
  readDataSource(
    typeName: string,
    config: ObjectValue,
  ): Promise<{ readonly state: ObjectValue | null; readonly diagnostics: readonly TestDiagnostic[] }>;
  /** StopProvider: what Ctrl-C does. */
  stop(): Promise<void>;
  close(): Promise<void>;
}
