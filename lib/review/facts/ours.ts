// Which resources are ours, which are machines of Zenlayer, and what our resources say of their machine.
import { AXES, type Axis, type Product } from "../../engine";
import { kindOf } from "../../schema";
import type { GuardName, MachineFact } from "./facts";
import { at, flagAt, textAt } from "../input/json";
import type { Plan, ResourceChange, StateResource } from "../input/plan";
import { HIDDEN, isHidden, isSensitive, isUnknown } from "./sensitive";

export const GUARDS: readonly GuardName[] = ["on_downgrade", "max_immediate_charge"];

/** What a user can set besides the values of the axes. */
export const SETTINGS: readonly string[] = [...GUARDS, "on_destroy", "timeouts"];

/** Product of one of our resource types; null for everything that is not ours. */
export function productOf(resource: { readonly mode: string; readonly type: string }): Product | null {
  return resource.mode === "managed" ? (kindOf(resource.type)?.product ?? null) : null;
}

/** Our resources of a plan with their product. */
export function ours(
  changes: readonly ResourceChange[],
): readonly { readonly change: ResourceChange; readonly product: Product }[] {
  return changes.flatMap((change) => {
    const product = productOf(change);
    return product === null ? [] : [{ change, product }];
  });
}

/** Our resources outside the targets of a plan, which stand only in the prior state. */
export function oursInStateOnly(
  plan: Plan,
): readonly { readonly resource: StateResource; readonly product: Product }[] {
  const planned = new Set(plan.changes.map(({ address }) => address));
  return plan.prior.flatMap((resource) => {
    const product = productOf(resource);
    return product === null || planned.has(resource.address) ? [] : [{ resource, product }];
  });
}

/** A machine that destroying would release: any provider of Zenlayer, any type with "instance" in its name, but not ours. */
export function isMachine(resource: {
  readonly mode: string;
  readonly type: string;
  readonly provider: string;
}): boolean {
  if (resource.mode !== "managed" || productOf(resource) !== null) return false;
  return isZenlayer(resource) && /instance/i.test(resource.type);
}

/** Anything of a provider of Zenlayer, by the name of the provider or of the type. */
export function isZenlayer({ provider, type }: { readonly provider: string; readonly type: string }): boolean {
  return /zenlayer/i.test(`${provider.split("/").at(-1) ?? ""} ${type.split("_")[0] ?? ""}`);
}

export function isAxis(name: string): name is Axis {
  return (AXES as readonly string[]).includes(name);
}

export function axisUnit(axis: string): string | null {
  if (axis === "internet_max_bandwidth_out") return "Mbps";
  return axis === "traffic_package_size" ? "TB" : null;
}

/** The machine as the plan leaves it, filled up with what was known before; sensitive values are hidden. */
export function machineOf(change: ResourceChange, product: Product): MachineFact {
  return machineFrom(product, (name) => {
    if (isHidden(change, name)) return HIDDEN;
    if (change.after !== null) {
      const planned = at(change.after, name);
      if (planned !== undefined && planned !== null) return planned;
      // An unknown id may be another machine: what was before must not stand in for it.
      if (name === "instance_id" && isUnknown(change.afterUnknown, name)) return null;
      if (isUnknown(change.afterUnknown, "instance_id")) return null;
    }
    return at(change.before, name) ?? null;
  });
}

export function machineOfState(resource: StateResource, product: Product): MachineFact {
  return machineFrom(product, (name) => (isSensitive(resource.sensitive, name) ? HIDDEN : at(resource.values, name)));
}

/** The machine's real id, hidden or not: for the digest and for finding quotes, never for showing. */
export function realInstanceId(change: ResourceChange): string | null {
  if (change.after === null) return textAt(change.before, "instance_id");
  return isUnknown(change.afterUnknown, "instance_id") ? null : textAt(change.after, "instance_id");
}

function machineFrom(product: Product, value: (name: string) => unknown): MachineFact {
  const text = (name: string) => textAt({ [name]: value(name) }, name);
  return {
    product,
    id: text("instance_id"),
    name: text("instance_name"),
    zone_id: text("zone_id"),
    status: text("instance_status"),
    instance_charge_type: text("instance_charge_type"),
    internet_charge_type: text("internet_charge_type"),
    expired_time: text("expired_time"),
    auto_renew: flagAt({ value: value("auto_renew") }, "value"),
  };
}
