// What a provider author writes against: values, schemas, providers, resources and data sources. Nothing of the wire.

/** JSON form of a Terraform type. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list", Type]
  | readonly ["set", Type]
  | readonly ["map", Type]
  | readonly ["object", { readonly [name: string]: Type }]
  | readonly ["tuple", readonly Type[]];

export interface AttributeSchema {
  readonly type: Type;
  readonly description: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  readonly deprecated?: string;
  /** A change of this attribute replaces the resource. */
  readonly requiresReplace?: boolean;
  /**
   * A computed attribute that an update does not change, such as an id: it is planned as it was. Others without a configured value are unknown
   * whenever an update changes anything.
   */
  readonly stable?: boolean;
}

export interface BlockSchema {
  readonly description?: string;
  readonly attributes: { readonly [name: string]: AttributeSchema };
  readonly blocks?: { readonly [name: string]: NestedBlockSchema };
}

export interface NestedBlockSchema {
  readonly nesting: "single" | "list" | "set" | "map" | "group";
  readonly block: BlockSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface ResourceSchema extends BlockSchema {
  readonly version: number;
}

/** Path of an attribute: names, list indexes (number) and map keys. */
export type AttributePath = readonly (string | number)[];

/** Collects what the user is told. Errors do not throw: the call goes on unless it throws itself. */
export interface Diagnostics {
  error(summary: string, detail?: string, path?: AttributePath): void;
  warning(summary: string, detail?: string, path?: AttributePath): void;
  readonly hasErrors: boolean;
}

export interface Logger {
  trace(message: string, fields?: Readonly<Record<string, unknown>>): void;
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** From now on the value appears as `***` in logs, diagnostics and crash reports of this process (4 characters or more). */
  redact(value: string): void;
}

/**
 * A decoded value. Numbers are `number` when decimal text survives the round trip, else `Decimal` (exact).
 * Unknown is an instance of `Unknown`. Objects, blocks and maps are plain objects; lists, sets and tuples are arrays.
 * Null is `null`; in a place of type `dynamic` it may be null with a type, so ask `isNull` there.
 */
export type Value =
  | null
  | string
  | boolean
  | number
  | DecimalValue
  | UnknownValue
  | NullValue
  | readonly Value[]
  | { readonly [key: string]: Value };
export type ObjectValue = { readonly [name: string]: Value };

export interface DecimalValue {
  readonly decimal: string;
}

/** Null with a type: what a place of type `dynamic` holds for `null` of an attribute with a type, say. */
export interface NullValue {
  readonly nullOf: Type;
}

/** A value that only apply will know; refinements are promises that must hold then. */
export interface UnknownValue {
  readonly unknown: true;
  readonly refinement: Refinement | null;
}

export interface Refinement {
  readonly notNull?: boolean;
  readonly prefix?: string;
  readonly lower?: readonly [bound: number, inclusive: boolean];
  readonly upper?: readonly [bound: number, inclusive: boolean];
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** What every call gets. `D` is what `Provider.configure` returned for this connection. */
export interface CallContext<D> {
  /** Throws a clear diagnostic when the provider is not configured. */
  readonly data: D;
  /** Aborted by StopProvider (Ctrl-C), or when Terraform has gone. One per connection. */
  readonly signal: AbortSignal;
  readonly diagnostics: Diagnostics;
  readonly log: Logger;
}

export interface ValidateContext {
  readonly diagnostics: Diagnostics;
  readonly log: Logger;
}

export interface Provider<D> {
  /** Full name without version, e.g. `registry.terraform.io/ns/name`. */
  readonly address: string;
  readonly version: string;
  readonly schema: BlockSchema;
  readonly resources: { readonly [typeName: string]: Resource<D> };
  readonly dataSources: { readonly [typeName: string]: DataSource<D> };
  validate?(config: ObjectValue, context: ValidateContext): void | Promise<void>;
  /** Called once per connection (several times in reattach mode, one per alias). The config may hold unknowns during plan. */
  configure(
    config: ObjectValue,
    context: ValidateContext & { readonly terraformVersion: string; readonly signal: AbortSignal },
  ): D | Promise<D>;
  /** The connection has gone. */
  close?(data: D): void;
}

/** Private data is JSON of the provider's own shape, kept per instance; the framework echoes it wherever a call returns none. */
export type Private = { readonly [key: string]: unknown } | null;

export interface Resource<D> {
  readonly schema: ResourceSchema;
  /** Return null when the object has gone. */
  read(request: { state: ObjectValue; private: Private }, context: CallContext<D>): Promise<StateResult>;
  /** Throwing returns no state at all: the object is not recorded. */
  create(
    request: { config: ObjectValue; planned: ObjectValue; private: Private },
    context: CallContext<D>,
  ): Promise<StateResult>;
  /**
   * Return the observed state together with `context.diagnostics.error(…)` when it failed half way; throwing keeps the prior
   * state. Private data is kept in both cases.
   */
  update(
    request: { config: ObjectValue; prior: ObjectValue; planned: ObjectValue; private: Private },
    context: CallContext<D>,
  ): Promise<StateResult>;
  delete(request: { prior: ObjectValue; private: Private }, context: CallContext<D>): Promise<void>;

  /** Checks of the configuration alone; values may be unknown. Runs unconfigured. */
  validate?(config: ObjectValue, context: ValidateContext): void | Promise<void>;
  /**
   * Changes the plan that the framework proposes: where anything is created or changed, every computed attribute without a configured value is
   * unknown, unless it exists and is `stable`; where nothing changes, all is as it was. Not called for a destroy (see `planDelete`).
   */
  plan?(request: PlanRequest, context: CallContext<D>): Promise<PlanResult>;
  /**
   * Warnings for a destroy, and private data for `delete`. Core does not ask for it when an object is replaced by deleting it first: `delete` then
   * gets the private data of the replacement's plan.
   */
  planDelete?(request: { prior: ObjectValue; private: Private }, context: CallContext<D>): Promise<DeletePlan>;
  importState?(request: { id: string }, context: CallContext<D>): Promise<{ state: ObjectValue; private?: Private }>;
  /** Makes an object of this type of one of another, for a `moved` block. Runs unconfigured; it is read afterwards. Throw for a source it does not know. */
  moveState?(request: MoveSource, context: ValidateContext): Promise<{ state: ObjectValue; private?: Private }>;
  /** State of an older `schema.version` as parsed JSON; missing attributes are filled with null afterwards. */
  upgradeState?(
    request: { version: number; state: { readonly [key: string]: unknown } },
    context: ValidateContext,
  ): Promise<{ readonly [key: string]: unknown }>;
}

/** What a `moved` block moves. */
export interface MoveSource {
  /** Full name of the provider that wrote it, e.g. `registry.terraform.io/ns/name`. */
  readonly providerAddress: string;
  readonly typeName: string;
  readonly schemaVersion: number;
  /** As parsed JSON, in that provider's shape. May hold its secrets. */
  readonly state: { readonly [key: string]: unknown };
}

export interface StateResult {
  readonly state: ObjectValue | null;
  /** undefined: keep what there was. */
  readonly private?: Private;
}

export interface PlanRequest {
  readonly config: ObjectValue;
  /** null: create. */
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
  readonly private: Private;
}

export interface DeletePlan {
  /** undefined: keep what there was. */
  readonly private?: Private;
}

export interface PlanResult {
  readonly planned: ObjectValue;
  readonly private?: Private;
  readonly requiresReplace?: readonly AttributePath[];
}

export interface DataSource<D> {
  readonly schema: BlockSchema;
  validate?(config: ObjectValue, context: ValidateContext): void | Promise<void>;
  read(request: { config: ObjectValue }, context: CallContext<D>): Promise<ObjectValue>;
}
