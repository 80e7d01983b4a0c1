// Terraform without Terraform, for unit tests: core's merge, the calls in core's order, and core's rules. Breaking one throws with core's words.
import { planProblems, type Problem } from "./check/plan-rules";
import { proposedNewState } from "./check/proposed";
import { resultProblems, unknownPaths } from "./check/result-rules";
import { decodeMsgpack } from "./cty/decode";
import { encodeMsgpack } from "./cty/encode";
import { blockType, pathText } from "./cty/type";
import { equalValues, isObject, isUnknown, isWhollyKnown } from "./cty/values";
import { createLogger } from "./log/logger";
import { Connection } from "./server/connection";
import { PROVIDER_METHODS } from "./server/methods";
import { completeObject, type DynamicMessage } from "./server/values";
import { writeOnlyPaths } from "./server/validate";
import type { AttributePath, BlockSchema, Logger, ObjectValue, Provider, ResourceSchema, Value } from "./types";
import * as messages from "./wire/call-messages";
import type { MessageTable } from "./wire/protobuf";

/** The provider broke a rule of Terraform's: a bug of the provider, which a user would read in these words. */
export class RuleViolation extends Error {
  public override readonly name = "RuleViolation";
}

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
  readDataSource(
    typeName: string,
    config: ObjectValue,
  ): Promise<{ readonly state: ObjectValue | null; readonly diagnostics: readonly TestDiagnostic[] }>;
  /** StopProvider: what Ctrl-C does. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

const NOTHING = Buffer.alloc(0);

export function createTestDriver<D>(provider: Provider<D>, options: { readonly log?: Logger } = {}): TestDriver {
  return new Driver(new Connection(provider as unknown as Provider<unknown>, options.log ?? createLogger({})));
}

class Driver implements TestDriver {
  public constructor(private readonly connection: Connection) {}

  public async configure(config: ObjectValue = {}): Promise<readonly TestDiagnostic[]> {
    const refused = await this.validateProvider(config);
    if (hasErrors(refused)) return refused;
    const response = await this.call(
      "ConfigureProvider",
      messages.ConfigureProviderRequest,
      messages.ConfigureProviderResponse,
      { terraform_version: "1.11.4", config: this.encode(this.connection.provider.schema, config) },
    );
    return [...refused, ...diagnosticsOf(response)];
  }

  public async validateProvider(config: ObjectValue = {}): Promise<readonly TestDiagnostic[]> {
    return diagnosticsOf(
      await this.call(
        "ValidateProviderConfig",
        messages.ValidateProviderConfigRequest,
        messages.ValidateProviderConfigResponse,
        { config: this.encode(this.connection.provider.schema, config) },
      ),
    );
  }

  public async validate(typeName: string, config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    return diagnosticsOf(
      await this.call(
        "ValidateResourceConfig",
        messages.ValidateResourceConfigRequest,
        messages.ValidateResourceConfigResponse,
        {
          type_name: typeName,
          config: this.encode(this.schema(typeName), config),
          client_capabilities: { write_only_attributes_allowed: true },
        },
      ),
    );
  }

  public async validateDataSource(typeName: string, config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    return diagnosticsOf(
      await this.call(
        "ValidateDataResourceConfig",
        messages.ValidateDataResourceConfigRequest,
        messages.ValidateDataResourceConfigResponse,
        { type_name: typeName, config: this.encode(this.dataSchema(typeName), config) },
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
    const response = await this.call("ReadResource", messages.ReadResourceRequest, messages.ReadResourceResponse, {
      type_name: typeName,
      current_state: this.encode(schema, instance.state),
      private: instance.private,
    });
    const diagnostics = diagnosticsOf(response);
    if (hasErrors(diagnostics)) return { instance, diagnostics };
    const state = this.decode(schema, response.new_state);
    this.requireStored(typeName, schema, state, "read");
    return { instance: { ...instance, state, private: response.private }, diagnostics };
  }

  public async importState(typeName: string, id: string): Promise<TestResult> {
    const response = await this.call(
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
    const state = this.decode(schema, imported.state);
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
    const response = await this.call(
      "UpgradeResourceState",
      messages.UpgradeResourceStateRequest,
      messages.UpgradeResourceStateResponse,
      { type_name: typeName, version, raw_state: { json: Buffer.from(json) } },
    );
    const diagnostics = diagnosticsOf(response);
    const schema = this.schema(typeName);
    const state = this.decode(schema, response.upgraded_state);
    if (!hasErrors(diagnostics)) this.requireStored(typeName, schema, state, "upgrade");
    return { instance: { state, private: NOTHING }, diagnostics };
  }

  public async readDataSource(typeName: string, config: ObjectValue) {
    const schema = this.dataSchema(typeName);
    const complete = completeObject(config, schema);
    const refused = await this.validateDataSource(typeName, complete);
    if (hasErrors(refused)) return { state: null, diagnostics: refused };
    const response = await this.call(
      "ReadDataSource",
      messages.ReadDataSourceRequest,
      messages.ReadDataSourceResponse,
      {
        type_name: typeName,
        config: this.encode(schema, complete),
      },
    );
    const diagnostics = [...refused, ...diagnosticsOf(response)];
    if (hasErrors(diagnostics)) return { state: null, diagnostics };
    const state = this.decode(schema, response.state);
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
    await this.call("StopProvider", messages.StopProviderRequest, messages.StopProviderResponse, {});
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
    const response = await this.call(
      "PlanResourceChange",
      messages.PlanResourceChangeRequest,
      messages.PlanResourceChangeResponse,
      {
        type_name: typeName,
        prior_state: this.encode(schema, prior),
        proposed_new_state: this.encode(schema, proposed),
        config: this.encode(schema, config),
        prior_private: priorPrivate,
      },
    );
    const diagnostics = diagnosticsOf(response);
    const common = { config, prior, priorPrivate, private: response.planned_private, diagnostics };
    if (hasErrors(diagnostics)) return { ...common, action: "no-op", planned: null, requiresReplace: [] };
    const planned = this.decode(schema, response.planned_state);
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
    const response = await this.call(
      "ApplyResourceChange",
      messages.ApplyResourceChangeRequest,
      messages.ApplyResourceChangeResponse,
      {
        type_name: typeName,
        prior_state: this.encode(schema, prior),
        planned_state: this.encode(schema, planned),
        config: this.encode(schema, config),
        planned_private: plannedPrivate,
      },
    );
    const diagnostics = diagnosticsOf(response);
    const state = this.decode(schema, response.new_state);
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
  private requireStored(typeName: string, schema: BlockSchema, state: ObjectValue | null, call: string): void {
    if (!isWhollyKnown(state)) {
      throw new RuleViolation(`Provider produced invalid object: the ${call} of ${typeName} returned unknown values`);
    }
    const [path] = writeOnlyPaths(schema, state);
    if (path !== undefined) {
      throw new RuleViolation(
        `Provider produced invalid object: the ${call} returned a value for the write-only attribute "${typeName}${pathText(path)}"`,
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

  private encode(schema: BlockSchema, value: ObjectValue | null): { readonly msgpack: Buffer } {
    const complete = value === null ? null : completeObject(value, schema);
    return { msgpack: encodeMsgpack(complete, blockType(schema)) };
  }

  private decode(schema: BlockSchema, message: DynamicMessage | undefined): ObjectValue | null {
    if (message?.msgpack === undefined || message.msgpack.length === 0) return null;
    const value = decodeMsgpack(message.msgpack, blockType(schema));
    return isObject(value) ? value : null;
  }

  /** Through the codec and the handler of the real call, so that only the transport is missing. */
  private async call<RequestOut, RequestIn, ResponseOut, ResponseIn>(
    name: string,
    request: MessageTable<RequestOut, RequestIn>,
    response: MessageTable<ResponseOut, ResponseIn>,
    values: RequestIn,
  ): Promise<ResponseOut> {
    const method = PROVIDER_METHODS.get(name);
    if (method === undefined) throw new TypeError(`there is no call ${name}`);
    const bytes = await this.connection.track(() => method.handle(this.connection, request.encode(values)));
    return response.decode(bytes);
  }
}

interface WireDiagnostics {
  readonly diagnostics: readonly {
    readonly severity: number;
    readonly summary: string;
    readonly detail: string;
    readonly attribute: { readonly steps: readonly WireStep[] } | undefined;
  }[];
}

interface WireStep {
  readonly attribute_name: string | undefined;
  readonly element_key_string: string | undefined;
  readonly element_key_int: number | undefined;
}

function diagnosticsOf({ diagnostics }: WireDiagnostics): TestDiagnostic[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => ({
    severity: severity === 2 ? "warning" : "error",
    summary,
    detail,
    path: pathOf(attribute?.steps ?? []),
  }));
}

function pathOf(steps: readonly WireStep[]): AttributePath {
  return steps.map((step) => step.attribute_name ?? step.element_key_string ?? step.element_key_int ?? 0);
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
