// Terraform without Terraform, for unit tests: core's merge, the calls in core's order, and core's rules. Breaking one throws with core's words.
import { planProblems, type Problem } from "./core/plan-rules";
import { proposedNewState } from "./core/proposed-state";
import { resultProblems, unknownPaths } from "./core/result-rules";
import { blockType, pathText } from "../cty/type";
import { equalValues, isObject, isUnknown, isWhollyKnown } from "../cty/values";
import { createLogger } from "../log/logger";
import { Connection } from "../server/connection";
import { completeObject } from "../server/values";
import { writeOnlyPaths } from "../server/validate";
import type { TestDiagnostic, TestDriver, TestInstance, TestPlan, TestResult } from "./types";
import { call, decode, diagnosticsOf, encode, pathOf } from "./wire";
import type { AttributePath, BlockSchema, Logger, ObjectValue, Provider, ResourceSchema, Value } from "../types";
import * as messages from "../wire/call-messages";

/** The provider broke a rule of Terraform's: a bug of the provider, which a user would read in these words. */
export class RuleViolation extends Error {
  public override readonly name = "RuleViolation";
}

const NOTHING = Buffer.alloc(0);

export function createTestDriver<D>(provider: Provider<D>, options: { readonly log?: Logger } = {}): TestDriver {
  return new Driver(new Connection(provider, options.log ?? createLogger({})));
}

class Driver implements TestDriver {
  public constructor(private readonly connection: Connection) {}

  public async configure(config: ObjectValue = {}): Promise<readonly TestDiagnostic[]> {
    const refused = await this.validateProvider(config);
    if (hasErrors(refused)) return refused;
    const response = await call(
      this.connection,
      "ConfigureProvider",
      messages.ConfigureProviderRequest,
      messages.ConfigureProviderResponse,
      { terraform_version: "1.11.4", config: encode(this.connection.provider.schema, config) },
    );
    return [...refused, ...diagnosticsOf(response)];
  }

  public async validateProvider(config: ObjectValue = {}): Promise<readonly TestDiagnostic[]> {
    return diagnosticsOf(
      await call(
        this.connection,
        "ValidateProviderConfig",
        messages.ValidateProviderConfigRequest,
        messages.ValidateProviderConfigResponse,
        { config: encode(this.connection.provider.schema, config) },
      ),
    );
  }

  public async validate(typeName: string, config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    return diagnosticsOf(
      await call(
        this.connection,
        "ValidateResourceConfig",
        messages.ValidateResourceConfigRequest,
        messages.ValidateResourceConfigResponse,
        {
          type_name: typeName,
          config: encode(this.schema(typeName), config),
          client_capabilities: { write_only_attributes_allowed: true },
        },
      ),
    );
  }

  public async validateDataSource(typeName: string, config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    return diagnosticsOf(
      await call(
        this.connection,
        "ValidateDataResourceConfig",
        messages.ValidateDataResourceConfigRequest,
        messages.ValidateDataResourceConfigResponse,
        { type_name: typeName, config: encode(this.dataSchema(typeName), config) },
      ),
    );
  }

  public async plan(
    typeName: string,
    config: ObjectValue | null,
    instance: TestInstance | null = null,
  ): Promise<TestPlan> {
    const schema = this.schema(typeName);
    const complete = config === null ? null : completeObject(config, schema);
    if (complete !== null) {
      const refused = await this.validate(typeName, complete);
      if (hasErrors(refused)) return emptyPlan(complete, instance, refused);
    }
    // A tainted object is replaced: it is planned as if it did not exist, without private data.
    const tainted = instance?.tainted === true && complete !== null;
    const prior = tainted ? null : (instance?.state ?? null);
    const first = await this.planOnce(typeName, complete, prior, tainted ? NOTHING : (instance?.private ?? NOTHING));
    if (hasErrors(first.diagnostics)) return first;
    if (tainted && instance.state !== null) return { ...first, action: "replace", prior: instance.state };
    if (first.action !== "replace") return first;
    const again = await this.planOnce(typeName, complete, null, NOTHING);
    const errors = again.diagnostics.filter(({ severity }) => severity === "error");
    return {
      ...first,
      planned: again.planned,
      private: again.private,
      diagnostics: [...first.diagnostics, ...errors],
    };
  }

  public async apply(typeName: string, plan: TestPlan, config: ObjectValue | null = plan.config): Promise<TestResult> {
    const kept: TestInstance = { state: plan.prior, private: plan.priorPrivate };
    if (hasErrors(plan.diagnostics)) throw new TypeError("a plan with errors cannot be applied");
    if (plan.action === "no-op") return { instance: kept, diagnostics: [] };
    if (plan.action === "delete") {
      return this.applyOnce(typeName, null, plan.prior, null, plan.private);
    }
    const schema = this.schema(typeName);
    const complete = config === null ? null : completeObject(config, schema);
    let prior = plan.prior;
    let start = plan.priorPrivate;
    let diagnostics: readonly TestDiagnostic[] = [];
    if (plan.action === "replace") {
      const deleted = await this.applyOnce(typeName, null, prior, null, plan.priorPrivate);
      if (hasErrors(deleted.diagnostics)) return deleted;
      ({ diagnostics } = deleted);
      prior = null;
      start = NOTHING;
    }
    const second = await this.planOnce(typeName, complete, prior, start);
    if (hasErrors(second.diagnostics)) {
      return { instance: { state: prior, private: start }, diagnostics: [...diagnostics, ...second.diagnostics] };
    }
    refuse(
      resultProblems(plan.planned, second.planned, blockType(schema)),
      ({ path, problem }) =>
        `Provider produced inconsistent final plan: When expanding the plan for ${typeName} to include new values learned so far ` +
        `during apply, the provider produced an invalid new value for ${pathText(path)}: ${problem}.`,
    );
    const applied = await this.applyOnce(typeName, complete, prior, second.planned, second.private);
    return { instance: applied.instance, diagnostics: [...diagnostics, ...second.diagnostics, ...applied.diagnostics] };
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
    const schema = this.schema(typeName);
    const response = await call(
      this.connection,
      "ReadResource",
      messages.ReadResourceRequest,
      messages.ReadResourceResponse,
      {
        type_name: typeName,
        current_state: encode(schema, instance.state),
        private: instance.private,
      },
    );
    const diagnostics = diagnosticsOf(response);
    if (hasErrors(diagnostics)) return { instance, diagnostics };
    const state = decode(schema, response.new_state);
    this.requireStored(typeName, schema, state, "read");
    return { instance: { ...instance, state, private: response.private }, diagnostics };
  }

  public async importState(typeName: string, id: string): Promise<TestResult> {
    const response = await call(
      this.connection,
      "ImportResourceState",
      messages.ImportResourceStateRequest,
      messages.ImportResourceStateResponse,
      { type_name: typeName, id },
    );
    const diagnostics = diagnosticsOf(response);
    if (hasErrors(diagnostics)) return { instance: { state: null, private: NOTHING }, diagnostics };
    const [imported, ...others] = response.imported_resources;
    if (imported === undefined || others.length > 0) {
      throw new RuleViolation(`${typeName}: an import must return exactly one object`);
    }
    const schema = this.schema(typeName);
    const state = decode(schema, imported.state);
    if (state === null) throw new RuleViolation(`${typeName}: the import of ${id} returned a null object`);
    this.requireStored(typeName, schema, state, "import");
    const read = await this.read(typeName, { state, private: imported.private });
    if (read.instance.state === null) {
      const detail = `While attempting to import an existing object to ${typeName}, the provider detected that no object exists with the given id.`;
      const missing = {
        severity: "error",
        summary: "Cannot import non-existent remote object",
        detail,
        path: [],
      } as const;
      return { ...read, diagnostics: [...diagnostics, ...read.diagnostics, missing] };
    }
    return { ...read, diagnostics: [...diagnostics, ...read.diagnostics] };
  }

  public async upgrade(typeName: string, version: number, json: string): Promise<TestResult> {
    const response = await call(
      this.connection,
      "UpgradeResourceState",
      messages.UpgradeResourceStateRequest,
      messages.UpgradeResourceStateResponse,
      { type_name: typeName, version, raw_state: { json: Buffer.from(json) } },
    );
    const diagnostics = diagnosticsOf(response);
    const schema = this.schema(typeName);
    const state = decode(schema, response.upgraded_state);
    if (!hasErrors(diagnostics)) this.requireStored(typeName, schema, state, "upgrade");
    return { instance: { state, private: NOTHING }, diagnostics };
  }

  public async readDataSource(typeName: string, config: ObjectValue) {
    const schema = this.dataSchema(typeName);
    const complete = completeObject(config, schema);
    const refused = await this.validateDataSource(typeName, complete);
    if (hasErrors(refused)) return { state: null, diagnostics: refused };
    const response = await call(
      this.connection,
      "ReadDataSource",
      messages.ReadDataSourceRequest,
      messages.ReadDataSourceResponse,
      {
        type_name: typeName,
        config: encode(schema, complete),
      },
    );
    const diagnostics = [...refused, ...diagnosticsOf(response)];
    if (hasErrors(diagnostics)) return { state: null, diagnostics };
    const state = decode(schema, response.state);
    if (state === null) throw new RuleViolation(`Provider produced null object: data source ${typeName}`);
    const where = (path: AttributePath): string => `data.${typeName}${pathText(path)}`;
    for (const path of unknownPaths(state)) {
      throw new RuleViolation(`Provider produced invalid object: the value of ${where(path)} is not wholly known`);
    }
    refuse(
      planProblems(schema, null, complete, state),
      ({ path, problem }) => `Provider produced invalid object: an invalid value for ${where(path)}: ${problem}`,
    );
    return { state, diagnostics };
  }

  public async stop(): Promise<void> {
    await call(this.connection, "StopProvider", messages.StopProviderRequest, messages.StopProviderResponse, {});
  }

  public async close(): Promise<void> {
    await this.connection.close();
  }

  private async planOnce(
    typeName: string,
    config: ObjectValue | null,
    prior: ObjectValue | null,
    priorPrivate: Buffer,
  ): Promise<TestPlan> {
    const schema = this.schema(typeName);
    const proposed = config === null ? null : proposedNewState(schema, prior, config);
    const response = await call(
      this.connection,
      "PlanResourceChange",
      messages.PlanResourceChangeRequest,
      messages.PlanResourceChangeResponse,
      {
        type_name: typeName,
        prior_state: encode(schema, prior),
        proposed_new_state: encode(schema, proposed),
        config: encode(schema, config),
        prior_private: priorPrivate,
      },
    );
    const diagnostics = diagnosticsOf(response);
    const common = { config, prior, priorPrivate, private: response.planned_private, diagnostics };
    if (hasErrors(diagnostics)) return { ...common, action: "no-op", planned: null, requiresReplace: [] };
    const planned = decode(schema, response.planned_state);
    if (config === null) {
      if (planned !== null) throw new RuleViolation(`${typeName}: planned a non-null destroy value`);
      return { ...common, action: prior === null ? "no-op" : "delete", planned, requiresReplace: [] };
    }
    refuse(
      planProblems(schema, prior, config, planned),
      ({ path, problem }) =>
        `Provider produced invalid plan: the provider planned an invalid value for ${typeName}${pathText(path)}: ${problem}.`,
    );
    const requiresReplace = response.requires_replace.map(({ steps }) => pathOf(steps));
    const type = blockType(schema);
    const same = prior !== null && equalValues(prior, planned, type);
    const replace = requiresReplace.some((path) => differs(prior, planned, path));
    const action = prior === null ? "create" : same ? "no-op" : replace ? "replace" : "update";
    return { ...common, action, planned, requiresReplace };
  }

  private async applyOnce(
    typeName: string,
    config: ObjectValue | null,
    prior: ObjectValue | null,
    planned: ObjectValue | null,
    plannedPrivate: Buffer,
  ): Promise<TestResult> {
    const schema = this.schema(typeName);
    const response = await call(
      this.connection,
      "ApplyResourceChange",
      messages.ApplyResourceChangeRequest,
      messages.ApplyResourceChangeResponse,
      {
        type_name: typeName,
        prior_state: encode(schema, prior),
        planned_state: encode(schema, planned),
        config: encode(schema, config),
        planned_private: plannedPrivate,
      },
    );
    const diagnostics = diagnosticsOf(response);
    const state = decode(schema, response.new_state);
    if (hasErrors(diagnostics)) {
      // An object whose creation failed half way is tainted; the rules are not checked.
      const tainted = prior === null && state !== null ? { tainted: true } : {};
      return { instance: { state, private: response.private, ...tainted }, diagnostics };
    }
    if (planned === null && state !== null) {
      throw new RuleViolation(
        `Provider returned invalid result object after apply: a non-null object for the destroyed ${typeName}`,
      );
    }
    const [unknownPath] = unknownPaths(state);
    if (unknownPath !== undefined) {
      throw new RuleViolation(
        `Provider returned invalid result object after apply: the provider still indicated an unknown value for ${typeName}${pathText(unknownPath)}`,
      );
    }
    this.requireStored(typeName, schema, state, "apply");
    refuse(
      resultProblems(planned, state, blockType(schema)),
      ({ path, problem }) =>
        `Provider produced inconsistent result after apply: When applying changes to ${typeName}, the provider produced an unexpected new ` +
        `value: ${path.length === 0 ? "" : `${pathText(path)}: `}${problem}.`,
    );
    return { instance: { state, private: response.private }, diagnostics };
  }

  /** What goes to the state is wholly known and holds no write-only value. */
  private requireStored(typeName: string, schema: BlockSchema, state: ObjectValue | null, step: string): void {
    if (!isWhollyKnown(state)) {
      throw new RuleViolation(`Provider produced invalid object: the ${step} of ${typeName} returned unknown values`);
    }
    const [path] = writeOnlyPaths(schema, state);
    if (path !== undefined) {
      throw new RuleViolation(
        `Provider produced invalid object: the ${step} returned a value for the write-only attribute "${typeName}${pathText(path)}"`,
      );
    }
  }

  private schema(typeName: string): ResourceSchema {
    const resource = this.connection.provider.resources[typeName];
    if (resource === undefined) throw new TypeError(`the provider has no resource ${typeName}`);
    return resource.schema;
  }

  private dataSchema(typeName: string): BlockSchema {
    const source = this.connection.provider.dataSources[typeName];
    if (source === undefined) throw new TypeError(`the provider has no data source ${typeName}`);
    return source.schema;
  }
}

function hasErrors(diagnostics: readonly TestDiagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function describe(diagnostics: readonly TestDiagnostic[]): string {
  return diagnostics.map(({ summary, detail }) => `${summary}. ${detail}`).join("; ");
}

function emptyPlan(
  config: ObjectValue,
  instance: TestInstance | null,
  diagnostics: readonly TestDiagnostic[],
): TestPlan {
  const kept = instance?.private ?? NOTHING;
  return {
    action: "no-op",
    config,
    prior: instance?.state ?? null,
    planned: null,
    private: kept,
    priorPrivate: kept,
    requiresReplace: [],
    diagnostics,
  };
}

function refuse(problems: readonly Problem[], text: (problem: Problem) => string): void {
  if (problems.length > 0) throw new RuleViolation(problems.map(text).join("\n"));
}

function differs(prior: ObjectValue | null, planned: ObjectValue | null, path: AttributePath): boolean {
  const before = at(prior, path);
  const after = at(planned, path);
  return isUnknown(after) || !equalValues(before, after);
}

function at(value: Value, path: AttributePath): Value | undefined {
  let current: Value | undefined = value;
  for (const step of path) {
    if (Array.isArray(current)) current = (current as readonly Value[])[Number(step)];
    else current = isObject(current) ? current[String(step)] : undefined;
  }
  return current;
}
