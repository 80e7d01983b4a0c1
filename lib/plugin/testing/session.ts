// One connection to a provider, call by call: the codec and the handlers of the real calls, with the transport alone missing.
import { decodeMsgpack } from "../cty/decode";
import { encodeMsgpack } from "../cty/encode";
import { blockType } from "../cty/type";
import { isObject } from "../cty/values";
import type { Connection } from "../server/connection";
import { PROVIDER_METHODS } from "../server/methods";
import { completeObject, type DynamicMessage } from "../server/values";
import type { AttributePath, BlockSchema, ObjectValue, ResourceSchema } from "../types";
import * as messages from "../wire/call-messages";
import type { MessageTable } from "../wire/protobuf";
import type { AttributePathMessage, Diagnostic } from "../wire/value-messages";
import { normalize } from "./core/set-order";
import type { TestDiagnostic, TestMoveSource } from "./types";

const TERRAFORM_VERSION = "1.11.4";

type Messages = typeof messages;
type CallName = { [M in keyof Messages]: M extends `${infer Name}Request` ? Name : never }[keyof Messages];
type RequestOf<N extends CallName> = Parameters<Messages[`${N}Request`]["encode"]>[0];
type ResponseOf<N extends CallName> = ReturnType<Messages[`${N}Response`]["decode"]>;

interface Answer {
  readonly diagnostics: readonly TestDiagnostic[];
}

export interface StateAnswer extends Answer {
  readonly state: ObjectValue | null;
  readonly private: Buffer;
}

export interface PlanAnswer extends Answer {
  readonly planned: ObjectValue | null;
  readonly private: Buffer;
  readonly requiresReplace: readonly AttributePath[];
}

export class Session {
  public constructor(private readonly connection: Connection) {}

  public get providerSchema(): BlockSchema {
    return this.connection.provider.schema;
  }

  public schema(typeName: string): ResourceSchema {
    const resource = this.connection.provider.resources[typeName];
    if (resource === undefined) throw new TypeError(`the provider has no resource ${typeName}`);
    return resource.schema;
  }

  public dataSchema(typeName: string): BlockSchema {
    const source = this.connection.provider.dataSources[typeName];
    if (source === undefined) throw new TypeError(`the provider has no data source ${typeName}`);
    return source.schema;
  }

  public async validateProvider(config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    const request = { config: encode(this.providerSchema, config) };
    return diagnosticsOf(await this.call("ValidateProviderConfig", request));
  }

  public async configure(config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    const request = { terraform_version: TERRAFORM_VERSION, config: encode(this.providerSchema, config) };
    return diagnosticsOf(await this.call("ConfigureProvider", request));
  }

  public async validate(type_name: string, config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    const response = await this.call("ValidateResourceConfig", {
      type_name,
      config: encode(this.schema(type_name), config),
      client_capabilities: { write_only_attributes_allowed: true },
    });
    return diagnosticsOf(response);
  }

  public async validateDataSource(type_name: string, config: ObjectValue): Promise<readonly TestDiagnostic[]> {
    const request = { type_name, config: encode(this.dataSchema(type_name), config) };
    return diagnosticsOf(await this.call("ValidateDataResourceConfig", request));
  }

  public async plan(
    type_name: string,
    prior: ObjectValue | null,
    proposed: ObjectValue | null,
    config: ObjectValue | null,
    prior_private: Buffer,
  ): Promise<PlanAnswer> {
    const schema = this.schema(type_name);
    const response = await this.call("PlanResourceChange", {
      type_name,
      prior_state: encode(schema, prior),
      proposed_new_state: encode(schema, proposed),
      config: encode(schema, config),
      prior_private,
    });
    return {
      planned: decode(schema, response.planned_state),
      private: response.planned_private,
      requiresReplace: response.requires_replace.map(pathOf),
      diagnostics: diagnosticsOf(response),
    };
  }

  public async apply(
    type_name: string,
    prior: ObjectValue | null,
    planned: ObjectValue | null,
    config: ObjectValue | null,
    planned_private: Buffer,
  ): Promise<StateAnswer> {
    const schema = this.schema(type_name);
    const response = await this.call("ApplyResourceChange", {
      type_name,
      prior_state: encode(schema, prior),
      planned_state: encode(schema, planned),
      config: encode(schema, config),
      planned_private,
    });
    const state = decode(schema, response.new_state);
    return { state, private: response.private, diagnostics: diagnosticsOf(response) };
  }

  public async read(type_name: string, before: ObjectValue | null, data: Buffer): Promise<StateAnswer> {
    const schema = this.schema(type_name);
    const request = { type_name, current_state: encode(schema, before), private: data };
    const response = await this.call("ReadResource", request);
    const state = decode(schema, response.new_state);
    return { state, private: response.private, diagnostics: diagnosticsOf(response) };
  }

  /** The objects that an import gave. */
  public async importState(
    type_name: string,
    id: string,
  ): Promise<Answer & { readonly objects: readonly Omit<StateAnswer, "diagnostics">[] }> {
    const schema = this.schema(type_name);
    const response = await this.call("ImportResourceState", { type_name, id });
    const objects = response.imported_resources.map((each) => ({
      state: decode(schema, each.state),
      private: each.private,
    }));
    return { objects, diagnostics: diagnosticsOf(response) };
  }

  public async upgrade(type_name: string, version: number, json: string): Promise<Omit<StateAnswer, "private">> {
    const request = { type_name, version, raw_state: { json: Buffer.from(json) } };
    const response = await this.call("UpgradeResourceState", request);
    return { state: decode(this.schema(type_name), response.upgraded_state), diagnostics: diagnosticsOf(response) };
  }

  public async moveState(type_name: string, source: TestMoveSource): Promise<StateAnswer> {
    const response = await this.call("MoveResourceState", {
      source_provider_address: source.providerAddress,
      source_type_name: source.typeName,
      source_schema_version: source.schemaVersion ?? 0,
      source_state: { json: Buffer.from(source.json) },
      target_type_name: type_name,
    });
    const state = decode(this.schema(type_name), response.target_state);
    return { state, private: response.target_private, diagnostics: diagnosticsOf(response) };
  }

  public async readDataSource(type_name: string, config: ObjectValue): Promise<Omit<StateAnswer, "private">> {
    const schema = this.dataSchema(type_name);
    const response = await this.call("ReadDataSource", { type_name, config: encode(schema, config) });
    return { state: decode(schema, response.state), diagnostics: diagnosticsOf(response) };
  }

  public async stop(): Promise<void> {
    await this.call("StopProvider", {});
  }

  public async close(): Promise<void> {
    await this.connection.close();
  }

  private async call<N extends CallName>(name: N, values: RequestOf<N>): Promise<ResponseOf<N>> {
    const method = PROVIDER_METHODS.get(name);
    if (method === undefined) throw new TypeError(`there is no call ${name}`);
    const request = messages[`${name}Request` as const] as MessageTable<unknown, RequestOf<N>>;
    const response = messages[`${name}Response` as const] as MessageTable<ResponseOf<N>, unknown>;
    const bytes = await this.connection.track(() => method.handle(this.connection, request.encode(values)));
    return response.decode(bytes);
  }
}

/** As core sends it: complete, and with sets in its order. */
function encode(schema: BlockSchema, value: ObjectValue | null): { readonly msgpack: Buffer } {
  const type = blockType(schema);
  return { msgpack: encodeMsgpack(value === null ? null : normalize(completeObject(value, schema), type), type) };
}

function decode(schema: BlockSchema, message: DynamicMessage | undefined): ObjectValue | null {
  if (message?.msgpack === undefined || message.msgpack.length === 0) return null;
  const value = decodeMsgpack(message.msgpack, blockType(schema));
  return isObject(value) ? value : null;
}

function diagnosticsOf({ diagnostics }: WireDiagnostics): TestDiagnostic[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => ({
    severity: severity === 2 ? "warning" : "error",
    summary,
    detail,
    path: attribute === undefined ? [] : pathOf(attribute),
  }));
}

interface WireDiagnostics {
  readonly diagnostics: readonly ReturnType<typeof Diagnostic.decode>[];
}

function pathOf({ steps }: ReturnType<typeof AttributePathMessage.decode>): AttributePath {
  return steps.map((step) => step.attribute_name ?? step.element_key_string ?? step.element_key_int ?? 0);
}
