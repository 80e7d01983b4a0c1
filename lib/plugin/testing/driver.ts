// Terraform without Terraform, for unit tests: core's merge, the calls in core's order, and core's verdicts.
import { createLogger } from "../log/logger";
import { Connection } from "../server/connection";
import { completeObject } from "../server/values";
import type { Logger, ObjectValue, Provider } from "../types";
import { pathText } from "../cty/type";
import { deadPaths, plannedAction } from "./core/action";
import { proposedNewState } from "./core/proposed-state";
import { Session } from "./session";
import type { TestDiagnostic, TestDriver, TestInstance, TestMoveSource, TestPlan, TestResult } from "./types";
import { judgeFinalPlan, judgePlan, judgeResult, judgeStored, refuseWriteOnly, RuleViolation } from "./verdict";

const NOTHING = Buffer.alloc(0);
const NONE: TestInstance = { state: null, private: NOTHING };

export function createTestDriver<D>(provider: Provider<D>, options: { readonly log?: Logger } = {}): TestDriver {
  const connection = new Connection(provider, options.log ?? createLogger({}));
  return new Driver(new Session(connection));
}

class Driver implements TestDriver {
  public constructor(private readonly session: Session) {}

  public async configure(config: ObjectValue = {}): Promise<readonly TestDiagnostic[]> {
    const refused = await this.validateProvider(config);
    return hasErrors(refused) ? refused : [...refused, ...(await this.session.configure(config))];
  }

  public validateProvider(config: ObjectValue = {}): Promise<readonly TestDiagnostic[]> {
    return this.session.validateProvider(config);
  }

  public validate(typeName: string, config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    return this.session.validate(typeName, config);
  }

  public validateDataSource(typeName: string, config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    return this.session.validateDataSource(typeName, config);
  }

  public async plan(
    typeName: string,
    config: ObjectValue | null,
    instance: TestInstance | null = null,
  ): Promise<TestPlan> {
    const complete = this.complete(typeName, config);
    // A tainted object is replaced: it is planned as if it did not exist, without private data.
    const tainted = instance?.tainted === true && instance.state !== null && complete !== null;
    const first = await this.planOnce(typeName, complete, tainted || instance === null ? NONE : instance);
    if (hasErrors(first.diagnostics)) return { ...first, prior: instance?.state ?? null };
    const replaced = { prior: instance?.state ?? null, priorPrivate: instance?.private ?? NOTHING };
    if (tainted) return { ...first, ...replaced, action: "replace" };
    if (first.action !== "replace" || complete === null) return first;
    // The object that comes is planned too, and only this plan counts. Core takes it as it is, and shows its errors alone.
    const schema = this.session.schema(typeName);
    const proposed = proposedNewState(schema, null, complete);
    const second = await this.session.plan(typeName, null, proposed, complete, first.private);
    const diagnostics = hasErrors(second.diagnostics)
      ? [...first.diagnostics, ...second.diagnostics]
      : first.diagnostics;
    if (!hasErrors(diagnostics)) refuseWriteOnly(typeName, schema, second.planned, "during planning");
    return { ...first, planned: second.planned, private: second.private, diagnostics };
  }

  public async apply(typeName: string, plan: TestPlan, config: ObjectValue | null = plan.config): Promise<TestResult> {
    if (hasErrors(plan.diagnostics)) throw new TypeError("a plan with errors cannot be applied");
    const kept: TestInstance = { state: plan.prior, private: plan.priorPrivate };
    if (plan.action === "no-op") return { instance: kept, diagnostics: [] };
    if (plan.action === "delete") return this.applyOnce(typeName, kept, null, null, plan.private);
    if (plan.action !== "replace") return this.applyAgain(typeName, plan, kept, config);
    const deleted = await this.applyOnce(typeName, kept, null, null, plan.private);
    if (hasErrors(deleted.diagnostics)) return deleted;
    const created = await this.applyAgain(typeName, { ...plan, action: "create" }, NONE, config);
    return { ...created, diagnostics: [...deleted.diagnostics, ...created.diagnostics] };
  }

  public async applyConfig(
    typeName: string,
    config: ObjectValue | null,
    instance: TestInstance | null = null,
  ): Promise<TestResult> {
    const plan = await this.plan(typeName, config, instance);
    if (hasErrors(plan.diagnostics)) throw new Error(`the plan failed: ${describe(plan.diagnostics)}`);
    const result = await this.apply(typeName, plan);
    return { ...result, diagnostics: [...plan.diagnostics, ...result.diagnostics] };
  }

  public async read(typeName: string, instance: TestInstance): Promise<TestResult> {
    const { diagnostics, ...read } = await this.session.read(typeName, instance.state, instance.private);
    if (hasErrors(diagnostics)) return { instance, diagnostics };
    judgeStored(typeName, this.session.schema(typeName), read.state, "read");
    return { instance: { ...instance, ...read }, diagnostics };
  }

  public async importState(typeName: string, id: string): Promise<TestResult> {
    const { objects, diagnostics } = await this.session.importState(typeName, id);
    if (hasErrors(diagnostics)) return { instance: NONE, diagnostics };
    const [imported, ...others] = objects;
    if (imported === undefined || others.length > 0)
      throw new RuleViolation(`${typeName}: an import must return exactly one object`);
    if (imported.state === null) throw new RuleViolation(`${typeName}: the import of ${id} returned a null object`);
    judgeStored(typeName, this.session.schema(typeName), imported.state, "import");
    const read = await this.read(typeName, imported);
    if (read.instance.state !== null) return { ...read, diagnostics: [...diagnostics, ...read.diagnostics] };
    const missing = {
      severity: "error",
      summary: "Cannot import non-existent remote object",
      detail: `While attempting to import an existing object to ${typeName}, the provider detected that no object exists with the given id.`,
      path: [],
    } as const;
    return { ...read, diagnostics: [...diagnostics, ...read.diagnostics, missing] };
  }

  public async upgrade(typeName: string, version: number, json: string): Promise<TestResult> {
    const { state, diagnostics } = await this.session.upgrade(typeName, version, json);
    if (!hasErrors(diagnostics)) judgeStored(typeName, this.session.schema(typeName), state, "upgrade");
    return { instance: { state, private: NOTHING }, diagnostics };
  }

  public async moveState(typeName: string, source: TestMoveSource): Promise<TestResult> {
    const { diagnostics, ...instance } = await this.session.moveState(typeName, source);
    if (hasErrors(diagnostics)) return { instance: NONE, diagnostics };
    if (instance.state === null) throw new RuleViolation(`${typeName}: a move returned a null object`);
    judgeStored(typeName, this.session.schema(typeName), instance.state, "move");
    return { instance, diagnostics };
  }

  public async readDataSource(typeName: string, config: ObjectValue) {
    const refused = await this.validateDataSource(typeName, config);
    if (hasErrors(refused)) return { state: null, diagnostics: refused };
    const read = await this.session.readDataSource(typeName, config);
    const diagnostics = [...refused, ...read.diagnostics];
    if (hasErrors(diagnostics)) return { state: null, diagnostics };
    if (read.state === null) throw new RuleViolation(`Provider produced null object: data source ${typeName}`);
    judgeStored(`data.${typeName}`, this.session.dataSchema(typeName), read.state, "read");
    return { state: read.state, diagnostics };
  }

  public stop(): Promise<void> {
    return this.session.stop();
  }

  public close(): Promise<void> {
    return this.session.close();
  }

  /** Validates and plans once, as core does in the plan phase and again in the apply phase. */
  private async planOnce(typeName: string, config: ObjectValue | null, before: TestInstance): Promise<TestPlan> {
    const schema = this.session.schema(typeName);
    const { state: prior, private: priorPrivate } = before;
    const common = { config, prior, priorPrivate };
    const refused = config === null ? [] : await this.validate(typeName, config);
    const failed = { ...common, action: "no-op", planned: null, private: priorPrivate, requiresReplace: [] } as const;
    if (hasErrors(refused)) return { ...failed, diagnostics: refused };
    const proposed = config === null ? null : proposedNewState(schema, prior, config);
    const answer = await this.session.plan(typeName, prior, proposed, config, priorPrivate);
    const diagnostics = [...refused, ...answer.diagnostics];
    if (hasErrors(diagnostics)) return { ...failed, diagnostics };
    const { planned, requiresReplace } = answer;
    refuseWriteOnly(typeName, schema, planned, "during planning");
    judgePlan(typeName, schema, prior, config, planned);
    const [dead] = deadPaths(prior, planned, requiresReplace);
    if (dead !== undefined) {
      throw new RuleViolation(
        `Provider produced invalid plan: the provider has indicated "requires replacement" on ${typeName} for a non-existent attribute path ${pathText(dead)}.`,
      );
    }
    const gone = prior === null ? "no-op" : "delete";
    const action = config === null ? gone : plannedAction(schema, prior, planned, requiresReplace);
    return { ...common, ...answer, action, diagnostics };
  }

  /** Plans again, as the apply phase does with what is known by then, and applies. */
  private async applyAgain(
    typeName: string,
    plan: TestPlan,
    before: TestInstance,
    config: ObjectValue | null,
  ): Promise<TestResult> {
    const second = await this.planOnce(typeName, this.complete(typeName, config), before);
    if (hasErrors(second.diagnostics)) return { instance: before, diagnostics: second.diagnostics };
    judgeFinalPlan(typeName, this.session.schema(typeName), plan, second);
    if (second.action === "no-op") return { instance: before, diagnostics: second.diagnostics };
    const applied = await this.applyOnce(typeName, before, second.planned, second.config, second.private);
    return { ...applied, diagnostics: [...second.diagnostics, ...applied.diagnostics] };
  }

  private async applyOnce(
    typeName: string,
    before: TestInstance,
    planned: ObjectValue | null,
    config: ObjectValue | null,
    plannedPrivate: Buffer,
  ): Promise<TestResult> {
    const answer = await this.session.apply(typeName, before.state, planned, config, plannedPrivate);
    const { diagnostics, ...instance } = answer;
    if (!hasErrors(diagnostics)) {
      judgeResult(typeName, this.session.schema(typeName), planned, instance.state);
      return { instance, diagnostics };
    }
    // Nothing in the answer: what was there stays. An object whose creation failed half way is tainted.
    if (instance.state === null) return { instance: before, diagnostics };
    return { instance: before.state === null ? { ...instance, tainted: true } : instance, diagnostics };
  }

  private complete(typeName: string, config: ObjectValue | null): ObjectValue | null {
    return config === null ? null : completeObject(config, this.session.schema(typeName));
  }
}

function hasErrors(diagnostics: readonly TestDiagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function describe(diagnostics: readonly TestDiagnostic[]): string {
  return diagnostics.map(({ summary, detail }) => `${summary}. ${detail}`).join("; ");
}
