// Builders of plan JSON as Terraform 1.11 writes it, so that a test says only what it is about.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Values = { readonly [name: string]: Json };

export interface Change {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    readonly after_unknown: Json;
    readonly before_sensitive: Json;
    readonly after_sensitive: Json;
    readonly importing?: Values;
  };
  readonly action_reason?: string;
  readonly deposed?: string;
}

export interface StepValues {
  readonly step: number;
  readonly action: string;
  readonly axis: string;
  readonly from: string | null;
  readonly to: string;
  readonly direction: string;
  readonly takes_effect: string;
  readonly effective_at: string | null;
  readonly charge: string;
}

const OURS = "registry.terraform.io/cdktf-zenlayer/zenlayer";
export const CYCLE = "2026-12-01T00:00:00Z";

export const upgrade: StepValues = {
  step: 1,
  action: "ModifyInstanceBandwidth",
  axis: "internet_max_bandwidth_out",
  from: "200",
  to: "400",
  direction: "upgrade",
  takes_effect: "immediately",
  effective_at: null,
  charge: "charged_now",
};

export const downgrade: StepValues = {
  step: 1,
  action: "ModifyInstanceTrafficPackage",
  axis: "traffic_package_size",
  from: "10",
  to: "2.5",
  direction: "downgrade",
  takes_effect: "next_billing_cycle",
  effective_at: CYCLE,
  charge: "none",
};

export const cancel: StepValues = {
  step: 1,
  action: "CancelInstanceBandwidthDowngrade",
  axis: "internet_max_bandwidth_out",
  from: "100",
  to: "200",
  direction: "cancel",
  takes_effect: "immediately",
  effective_at: null,
  charge: "none",
};

export function step(base: StepValues, overrides: Partial<StepValues> = {}): Values {
  return { ...base, ...overrides };
}

/** Attributes of a VM as the provider shows them. */
export function vm(overrides: Values = {}): Values {
  return {
    id: "900000000000000001",
    instance_id: "900000000000000001",
    instance_name: "web-1",
    instance_status: "RUNNING",
    zone_id: "SEL-A",
    instance_charge_type: "PREPAID",
    internet_charge_type: "ByBandwidth",
    expired_time: CYCLE,
    auto_renew: true,
    instance_type: "c.2c4g",
    internet_max_bandwidth_out: 200,
    traffic_package_size: null,
    effective_instance_type: "c.2c4g",
    effective_internet_max_bandwidth_out: 200,
    effective_traffic_package_size: null,
    on_downgrade: null,
    max_immediate_charge: null,
    on_destroy: null,
    timeouts: null,
    pending: [],
    changes: [],
    plan_summary: "",
    order_numbers: [],
    change_count: 0,
    ...overrides,
  };
}

export function bmc(overrides: Values = {}): Values {
  return vm({
    id: "900000000000000002",
    instance_id: "900000000000000002",
    instance_name: "edge-1",
    internet_charge_type: "ByTrafficPackage",
    traffic_package_size: 10,
    effective_traffic_package_size: 10,
    ...overrides,
  });
}

export function change(
  address: string,
  actions: readonly string[],
  before: Values | null,
  after: Values | null,
  extra: Partial<Change["change"]> & {
    readonly provider?: string;
    readonly reason?: string;
    readonly previous?: string;
  } = {},
): Change {
  const { provider, reason, previous, ...rest } = extra;
  const [type = "", name = ""] = address.replace(/^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/, "").split(".");
  return {
    address,
    ...(previous === undefined ? {} : { previous_address: previous }),
    mode: "managed",
    type,
    name: name.replace(/\[.*$/, ""),
    provider_name: provider ?? (type.startsWith("zenlayer_") ? OURS : "registry.terraform.io/hashicorp/null"),
    change: { actions, before, after, after_unknown: {}, before_sensitive: {}, after_sensitive: {}, ...rest },
    ...(reason === undefined ? {} : { action_reason: reason }),
  };
}

/** A VM whose bandwidth goes from 200 to 400 Mbps, or whatever the steps say. */
export function vmUpdate(steps: readonly Values[] = [step(upgrade)], after: Values = {}, before: Values = {}): Change {
  return change(
    "zenlayer_vm_instance_spec.web",
    ["update"],
    vm(before),
    vm({ ...before, changes: steps, change_count: 1, ...after }),
    {
      after_unknown: { pending: true, instance_status: true, order_numbers: true },
    },
  );
}

export function bmcUpdate(steps: readonly Values[] = [step(downgrade)], after: Values = {}): Change {
  return change(
    "zenlayer_bmc_traffic_package.edge",
    ["update"],
    bmc(),
    bmc({ changes: steps, change_count: 1, ...after }),
  );
}

/** An action as Terraform 1.14 and later list it; without `lifecycle` it was invoked by hand. */
export function action(overrides: Values & { readonly lifecycle?: readonly [string, string] } = {}): Values {
  const { lifecycle, ...values } = overrides;
  return {
    address: "action.acme_reboot.now",
    type: "acme_reboot",
    name: "now",
    config_values: {},
    config_sensitive: {},
    config_unknown: {},
    provider_name: "registry.terraform.io/acme/acme",
    ...(lifecycle === undefined
      ? { invoke_action_trigger: {} }
      : {
          lifecycle_action_trigger: {
            triggering_resource_address: lifecycle[0],
            action_trigger_event: lifecycle[1],
            action_trigger_block_index: 0,
            actions_list_index: 0,
            on_failure: "halt",
          },
        }),
    ...values,
  };
}

export interface PriceValues {
  readonly value: string;
  readonly price: number | null;
  readonly axis?: string;
  readonly unit?: string;
  readonly estimated?: boolean;
  readonly reason?: string;
  readonly currency?: string | null;
}

/** A quote data source in the prior state. */
export function quote(
  type: string,
  instanceId: string,
  current: readonly PriceValues[],
  desired: readonly PriceValues[],
  period: number | null = 1,
): Values {
  const prices = (items: readonly PriceValues[]) =>
    items.map((item) => ({
      axis: item.axis ?? "internet_max_bandwidth_out",
      value: item.value,
      list_price: item.price,
      price: item.price,
      currency: item.currency === undefined ? "USD" : item.currency,
      unit: item.unit ?? "PERIOD",
      estimated: item.estimated ?? false,
      reason: item.reason ?? null,
    }));
  return data(type, { instance_id: instanceId, current_prices: prices(current), prices: prices(desired), period });
}

export function data(type: string, values: Values, sensitive: Json = {}): Values {
  return {
    address: `data.${type}.q`,
    mode: "data",
    type,
    name: "q",
    provider_name: OURS,
    values,
    sensitive_values: sensitive,
  };
}

export const webQuote = quote(
  "zenlayer_vm_spec_quote",
  "900000000000000001",
  [{ value: "200", price: 24 }],
  [{ value: "400", price: 36 }],
);

/** The same change for 12.0004, which is between two cents. */
export const unevenQuote = quote(
  "zenlayer_vm_spec_quote",
  "900000000000000001",
  [{ value: "200", price: 24 }],
  [{ value: "400", price: 36.0004 }],
);

export interface PlanOptions {
  readonly changes?: readonly Change[];
  readonly prior?: readonly Values[];
  readonly drift?: readonly Change[];
  readonly deferred?: readonly Change[];
  readonly configuration?: Json;
  readonly variables?: Values;
  readonly outputs?: Values;
  readonly checks?: Json;
  readonly errored?: boolean;
  readonly complete?: boolean;
  readonly applyable?: boolean;
  readonly overrides?: Values;
}

export function planJson(options: PlanOptions = {}): Values {
  const changes = options.changes ?? [];
  const errored = options.errored ?? false;
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    ...(options.variables === undefined ? {} : { variables: options.variables }),
    planned_values: { root_module: {} },
    ...(options.drift === undefined ? {} : { resource_drift: options.drift as unknown as Json }),
    ...(options.deferred === undefined
      ? {}
      : {
          deferred_changes: options.deferred.map((item) => ({
            reason: "provider_config_unknown",
            resource_change: item as unknown as Json,
          })),
        }),
    resource_changes: changes as unknown as Json,
    output_changes: options.outputs ?? {},
    prior_state: {
      format_version: "1.0",
      terraform_version: "1.11.4",
      values: { root_module: { resources: options.prior ?? [] } },
    },
    configuration: options.configuration ?? { root_module: {} },
    ...(options.checks === undefined ? {} : { checks: options.checks }),
    timestamp: "2026-11-21T07:00:00Z",
    applyable:
      options.applyable ??
      (!errored &&
        changes.some(
          (item) => item.change.importing !== undefined || item.change.actions.some((action) => action !== "no-op"),
        )),
    complete: options.complete ?? !errored,
    errored,
    ...options.overrides,
  };
}

export function stateJson(resources: readonly Values[]): Values {
  return { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: { resources } } };
}

export function stateResource(address: string, values: Values, sensitive: Json = {}): Values {
  const [type = "", name = ""] = address.split(".");
  return { address, mode: "managed", type, name, provider_name: OURS, values, sensitive_values: sensitive };
}

export interface DiagnosticValues {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  /** File and line. */
  readonly at?: readonly [string, number];
}

/** `terraform plan -json` with these diagnostics. */
export function logText(diagnostics: readonly DiagnosticValues[], more: readonly Values[] = []): string {
  const lines: Values[] = [
    { "@level": "info", "@message": "Terraform 1.11.4", type: "version", terraform: "1.11.4", ui: "1.2" },
    ...more,
    {
      "@level": "info",
      "@message": "Plan",
      type: "change_summary",
      changes: { add: 0, change: 0, import: 0, remove: 0, operation: "plan" },
    },
    ...diagnostics.map((item) => ({
      "@level": item.severity === "error" ? "error" : "warn",
      "@message": `${item.severity}: ${item.summary}`,
      type: "diagnostic",
      diagnostic: {
        severity: item.severity,
        summary: item.summary,
        detail: item.detail ?? "",
        ...(item.address === undefined ? {} : { address: item.address }),
        ...(item.at === undefined
          ? {}
          : { range: { filename: item.at[0], start: { line: item.at[1], column: 3, byte: 20 } } }),
      },
    })),
  ];
  return lines.map((line) => JSON.stringify(line)).join("\n");
}

/** `terraform apply -json` that came to its end: with errors there is no summary. */
export function applyLog(lines: readonly Values[] = [], diagnostics: readonly DiagnosticValues[] = []): string {
  const text = logText(diagnostics, lines).replace('"operation":"plan"', '"operation":"apply"');
  const failed = diagnostics.some(({ severity }) => severity === "error");
  return failed ? cutLog(lines, diagnostics) : text;
}

/** Without the summary of changes: what is left of an apply that was killed. */
export function cutLog(lines: readonly Values[] = [], diagnostics: readonly DiagnosticValues[] = []): string {
  return logText(diagnostics, lines)
    .split("\n")
    .filter((line) => !line.includes("change_summary"))
    .join("\n");
}

export function applyLine(
  address: string,
  action: string,
  type: "apply_start" | "apply_complete" | "apply_errored" = "apply_complete",
): Values {
  return { "@level": "info", "@message": address, type, hook: { resource: { addr: address }, action } };
}
