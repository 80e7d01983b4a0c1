// The parts of Terraform's JSON output (format 1.x) that tests look at, in Terraform's own words.

/** Any value of JSON. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
/** An object of JSON. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** What Terraform does to a resource; a replacement is two of them, in order. */
export type ChangeAction = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** One entry of `resource_changes` or `resource_drift`. */
export interface ResourceChange {
  /** Address with the index, for example `zenlayer_vm_instance_spec.web`. */
  readonly address: string;
  /** `managed` for a resource, `data` for a data source. */
  readonly mode: "managed" | "data";
  /** Terraform's type, for example `zenlayer_vm_instance_spec`. */
  readonly type: string;
  /** Name in the configuration. */
  readonly name: string;
  /** Key of `for_each`, or number of `count`. */
  readonly index?: string | number;
  /** Address of its provider. */
  readonly provider_name: string;
  /** What changes, and the values. */
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
  /** Why, where the actions alone do not tell, for example `replace_because_tainted`. */
  readonly action_reason?: string;
}

/** One entry of `output_changes`. */
export interface OutputChange {
  /** What happens to the output. */
  readonly actions: readonly ChangeAction[];
  /** Its value now; null where there is none. */
  readonly before: JsonValue;
  /** Its value afterwards. */
  readonly after: JsonValue;
  /** `true` where it will be known only after the apply. */
  readonly after_unknown: JsonValue;
}

/** What `terraform show -json PLANFILE` prints. */
export interface PlanJson {
  /** Version of the format, for example `1.2`. */
  readonly format_version: string;
  /** Version of the program that planned. */
  readonly terraform_version: string;
  /** An entry per resource, also where nothing changes. */
  readonly resource_changes?: readonly ResourceChange[];
  /** What was found different from the state while refreshing. */
  readonly resource_drift?: readonly ResourceChange[];
  /** An entry per output. */
  readonly output_changes?: { readonly [name: string]: OutputChange };
  /** The state before, refreshed. */
  readonly prior_state?: StateJson;
  /** The values afterwards, as far as they are known. */
  readonly planned_values?: StateValues;
  /** Results of checks, as Terraform gives them. */
  readonly checks?: JsonValue;
  /** Whether planning failed. */
  readonly errored?: boolean;
  /** Whether there is anything to apply. */
  readonly applyable?: boolean;
  /** Whether it covers everything: false with `-target`. */
  readonly complete?: boolean;
}

/** A resource in the state. */
export interface StateResource {
  /** Address with the index. */
  readonly address: string;
  /** `managed` for a resource, `data` for a data source. */
  readonly mode: "managed" | "data";
  /** Terraform's type. */
  readonly type: string;
  /** Name in the configuration. */
  readonly name: string;
  /** All attributes. */
  readonly values: JsonObject;
  /** Whether the next plan replaces it. */
  readonly tainted?: boolean;
}

/** A module in the state. */
export interface StateModule {
  /** Resources and data sources of this module. */
  readonly resources?: readonly StateResource[];
  /** The modules that it calls. */
  readonly child_modules?: readonly StateModule[];
}

/** What a state or a plan holds. */
export interface StateValues {
  /** Outputs by name. */
  readonly outputs?: { readonly [name: string]: { readonly value: JsonValue; readonly sensitive: boolean } };
  /** The module in which Terraform runs; absent in an empty state. */
  readonly root_module?: StateModule;
}

/** What `terraform show -json` prints for the state. */
export interface StateJson {
  /** Version of the format. */
  readonly format_version?: string;
  /** Version of the program that wrote it. */
  readonly terraform_version?: string;
  /** What it holds; absent where it is empty. */
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
