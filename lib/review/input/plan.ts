// The JSON of a plan (`terraform show -json tfplan`) as typed data; whatever is missing or odd becomes empty, never an exception.
import { actionInvocations, type ActionInvocation } from "./actions";
import { failedChecks, type FailedCheck } from "./checks";
import { configuredResources, withModulesBelow, type ConfiguredResource } from "./configuration";
import { ReviewError } from "./errors";
import { encrypted, kindOf, parseDocument, type Input } from "./input";
import { at, flagAt, isObject, listOf, objectOf, objectsOf, textAt, textsOf, type JsonObject } from "./json";

export interface ResourceChange {
  readonly address: string;
  readonly previousAddress: string | null;
  readonly mode: string;
  readonly type: string;
  readonly provider: string;
  /** In the order of the plan; a replacement has two. An action unknown to us is kept. */
  readonly actions: readonly string[];
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly afterUnknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
  /** Null: no import. `id` is null where it is known only at apply, or where the import goes by identity. */
  readonly importing: { readonly id: string | null } | null;
  /** Key of a left-over object that is no longer the current one of its resource. */
  readonly deposed: string | null;
  /** Why Terraform deferred it to a later plan; null for what this plan does. */
  readonly deferred: string | null;
  readonly reason: string | null;
  /** Top-level attributes that force a replacement. */
  readonly replacedFor: readonly string[];
}

/** A resource or data source as a state lists it. */
export interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly provider: string;
  readonly values: JsonObject;
  readonly sensitive: unknown;
}

export interface Plan {
  readonly label: string;
  readonly bytes: Uint8Array;
  readonly formatVersion: string;
  readonly terraformVersion: string | null;
  readonly timestamp: string | null;
  readonly errored: boolean;
  /** Whether applying it would leave nothing to do; null: written by a version that does not say, such as OpenTofu. */
  readonly complete: boolean | null;
  /** Null: written by a version that does not say. */
  readonly applyable: boolean | null;
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  readonly deferred: readonly ResourceChange[];
  /** Whether it lists what does not change, too: a plan that only refreshes or invokes has no list at all. */
  readonly listsChanges: boolean;
  readonly prior: readonly StateResource[];
  readonly configured: readonly ConfiguredResource[];
  readonly hasConfiguration: boolean;
  readonly outputs: readonly { readonly name: string; readonly actions: readonly string[] }[];
  readonly failedChecks: readonly FailedCheck[];
  readonly actions: readonly ActionInvocation[];
  readonly document: JsonObject;
}

/** What must be a list of objects where it is there at all. */
const LISTS = [
  "resource_changes",
  "resource_drift",
  "deferred_changes",
  "action_invocations",
  "deferred_action_invocations",
];

export function parsePlan(input: Input): Plan {
  const document = parseDocument(input);
  const formatVersion = textAt(document, "format_version");
  const kind = kindOf(document);
  if (kind !== "plan" || formatVersion === null) throw notAPlan(input.label, kind);
  if (!/^1\.\d+$/.test(formatVersion)) {
    const written = formatVersion.startsWith("0.")
      ? "which Terraform 1.0 and older wrote: plan with Terraform 1.1 or later, or OpenTofu"
      : "this review understands 1.x (Terraform 1.1 or later, OpenTofu)";
    throw new ReviewError(
      "unsupported_format",
      `${input.label} has format_version ${JSON.stringify(formatVersion)}; ${written}.`,
    );
  }
  for (const key of LISTS) {
    const list = document[key];
    if (list !== undefined && list !== null && (!Array.isArray(list) || !list.every(isObject))) {
      throw new ReviewError("not_a_plan", `${input.label} is damaged: ${key} is not a list of objects.`);
    }
  }
  const changesOf = (key: string) => objectsOf(document[key]).map((item) => resourceChange(item, input.label));
  const root = at(document, "configuration", "root_module");
  return {
    label: input.label,
    bytes: input.bytes,
    formatVersion,
    terraformVersion: textAt(document, "terraform_version"),
    timestamp: textAt(document, "timestamp"),
    errored: flagAt(document, "errored") ?? false,
    complete: flagAt(document, "complete"),
    applyable: flagAt(document, "applyable"),
    changes: changesOf("resource_changes"),
    drift: changesOf("resource_drift"),
    deferred: objectsOf(document["deferred_changes"]).flatMap((item) => {
      const change = at(item, "resource_change");
      if (!isObject(change)) return [];
      return [{ ...resourceChange(change, input.label), deferred: textAt(item, "reason") ?? "unknown" }];
    }),
    listsChanges: listOf(document["resource_changes"]).length > 0,
    prior: stateResources(at(document, "prior_state", "values", "root_module")),
    hasConfiguration: isObject(root),
    configured: configuredResources(root),
    outputs: Object.entries(objectOf(document["output_changes"])).map(([name, change]) => ({
      name,
      actions: textsOf(at(change, "actions")),
    })),
    failedChecks: failedChecks(document["checks"]),
    actions: actionInvocations(document),
    document,
  };
}

/** Resources of a state's root module and of all modules below it. */
export function stateResources(rootModule: unknown): readonly StateResource[] {
  return withModulesBelow([rootModule].filter(isObject), (module) => objectsOf(module["child_modules"]))
    .flatMap((module) => objectsOf(module["resources"]))
    .map((item) => ({
      address: textAt(item, "address") ?? "",
      mode: textAt(item, "mode") ?? "managed",
      type: textAt(item, "type") ?? "",
      provider: textAt(item, "provider_name") ?? "",
      values: objectOf(item["values"]),
      sensitive: item["sensitive_values"],
    }));
}

/** An address without the indexes of modules and resources: `module.a["x"].t.n[0]` gives `module.a.t.n`. */
export function withoutIndexes(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, "");
}

function resourceChange(item: JsonObject, label: string): ResourceChange {
  const address = textAt(item, "address");
  const change = objectOf(item["change"]);
  const actions = textsOf(change["actions"]);
  if (address === null || actions.length === 0) {
    throw new ReviewError("not_a_plan", `${label} is damaged: a resource change has no address or no actions.`);
  }
  const importing = change["importing"];
  return {
    address,
    previousAddress: textAt(item, "previous_address"),
    mode: textAt(item, "mode") ?? "managed",
    type: textAt(item, "type") ?? "",
    provider: textAt(item, "provider_name") ?? "",
    actions,
    before: isObject(change["before"]) ? change["before"] : null,
    after: isObject(change["after"]) ? change["after"] : null,
    afterUnknown: change["after_unknown"],
    beforeSensitive: change["before_sensitive"],
    afterSensitive: change["after_sensitive"],
    importing: isObject(importing) ? { id: textAt(importing, "id") } : null,
    deposed: textAt(item, "deposed"),
    deferred: null,
    reason: textAt(item, "action_reason"),
    replacedFor: [...new Set(listOf(change["replace_paths"]).flatMap((path) => textsOf(path).slice(0, 1)))],
  };
}

function notAPlan(label: string, kind: string): ReviewError {
  if (kind === "encrypted") return encrypted(label);
  const cures: Readonly<Record<string, string>> = {
    state: `${label} is a state, not a plan; to see what was ordered, give it with --applied.`,
    raw_state: `${label} is a state file, not a plan; to see what was ordered, give it with --applied.`,
    log: `${label} is a log line of terraform plan -json, not a plan; give the log with --log.`,
    report: `${label} is a review report, not a plan; to compare with it, give it with --verify.`,
    approval: `${label} is an approval, not a plan; to compare with it, give it with --verify.`,
    stack: `${label} is a Terraform configuration, not a plan; give the output of terraform show -json tfplan.`,
  };
  return new ReviewError(
    "not_a_plan",
    cures[kind] ?? `${label} is JSON, but not a plan; give the output of terraform show -json tfplan.`,
  );
}
