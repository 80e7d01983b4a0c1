// The parts of Terraform's JSON output (format 1.x) that tests look at, in Terraform's own words.

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

export type ChangeAction = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** One entry of `resource_changes` or `resource_drift`. */
export interface ResourceChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name: string;
  readonly change: {
    readonly actions: readonly ChangeAction[];
    readonly before: JsonObject | null;
    readonly after: JsonObject | null;
    /** `true` wherever a value will be known only after the apply. */
    readonly after_unknown: JsonObject;
    readonly before_sensitive: JsonValue;
    readonly after_sensitive: JsonValue;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    readonly importing?: { readonly id?: string };
  };
  readonly action_reason?: string;
}

export interface OutputChange {
  readonly actions: readonly ChangeAction[];
  readonly before: JsonValue;
  readonly after: JsonValue;
  readonly after_unknown: JsonValue;
}

/** What `terraform show -json PLANFILE` prints. */
export interface PlanJson {
  readonly format_version: string;
  readonly terraform_version: string;
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: { readonly [name: string]: OutputChange };
  readonly prior_state?: StateJson;
  readonly planned_values?: StateValues;
  readonly checks?: JsonValue;
  readonly errored?: boolean;
  readonly applyable?: boolean;
  readonly complete?: boolean;
}

export interface StateResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly values: JsonObject;
  readonly tainted?: boolean;
}

export interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

export interface StateValues {
  readonly outputs?: { readonly [name: string]: { readonly value: JsonValue; readonly sensitive: boolean } };
  readonly root_module?: StateModule;
}

/** What `terraform show -json` prints for the state. */
export interface StateJson {
  readonly format_version?: string;
  readonly terraform_version?: string;
  readonly values?: StateValues;
}

/** All resources of a state, those of modules included. */
export function resourcesOf(state: StateJson): readonly StateResource[] {
  const collect = (module: StateModule): readonly StateResource[] => [
    ...(module.resources ?? []),
    ...(module.child_modules ?? []).flatMap(collect),
  ];
  return state.values?.root_module === undefined ? [] : collect(state.values.root_module);
}
