// Actions that a plan invokes (Terraform 1.14 or later): what runs beside the changes of resources, before, after or without them.
import { at, isObject, numberAt, objectsOf, textAt, type JsonObject } from "./json";

/** What makes an action run. */
type Trigger =
  | {
      readonly kind: "lifecycle";
      readonly address: string;
      /** As Terraform writes it, such as `AfterUpdate`. */
      readonly event: string;
      readonly blockIndex: number;
      readonly listIndex: number;
      readonly onFailure: string | null;
    }
  /** `-invoke`, by hand. */
  | { readonly kind: "invoke"; readonly address: string | null };

export interface ActionInvocation {
  readonly address: string;
  readonly type: string;
  readonly provider: string;
  readonly trigger: Trigger;
  /** Sensitive values stand in it in clear. */
  readonly config: JsonObject | null;
  readonly sensitive: unknown;
  readonly unknown: unknown;
  /** Why Terraform deferred it to a later plan; null where it did not. */
  readonly deferred: string | null;
}

export function actionInvocations(document: JsonObject): readonly ActionInvocation[] {
  return [
    ...objectsOf(document["action_invocations"]).map((item) => invocation(item, null)),
    ...objectsOf(document["deferred_action_invocations"]).flatMap((item) => {
      const inner = at(item, "action_invocation");
      return isObject(inner) ? [invocation(inner, textAt(item, "reason") ?? "unknown")] : [];
    }),
  ];
}

function invocation(item: JsonObject, deferred: string | null): ActionInvocation {
  const config = item["config_values"];
  return {
    address: textAt(item, "address") ?? "action",
    type: textAt(item, "type") ?? "",
    provider: textAt(item, "provider_name") ?? "",
    trigger: trigger(item),
    config: isObject(config) ? config : null,
    sensitive: item["config_sensitive"],
    unknown: item["config_unknown"],
    deferred,
  };
}

function trigger(item: JsonObject): Trigger {
  const lifecycle = item["lifecycle_action_trigger"];
  if (!isObject(lifecycle)) {
    return { kind: "invoke", address: textAt(item, "invoke_action_trigger", "calling_resource_address") };
  }
  return {
    kind: "lifecycle",
    address: textAt(lifecycle, "triggering_resource_address") ?? "",
    event: textAt(lifecycle, "action_trigger_event") ?? "",
    blockIndex: numberAt(lifecycle, "action_trigger_block_index") ?? 0,
    listIndex: numberAt(lifecycle, "actions_list_index") ?? 0,
    onFailure: textAt(lifecycle, "on_failure"),
  };
}
