// Which machines are meant. Decided here and not by the service: a listing costs one call per thousand machines, and the rules are ours.
import type { Instance } from "../../api";
import { matchesPattern } from "../../engine";

/** All that is given must hold. */
export interface MachineFilter {
  readonly zone?: string;
  /** Each must be there with this value. */
  readonly tags?: readonly Tag[];
  /** The whole name: `*` stands for any text, `?` for one character. */
  readonly name?: string;
  /** Id or name. */
  readonly resourceGroup?: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export function matches(filter: MachineFilter, instance: Instance): boolean {
  const { zone, tags = [], name, resourceGroup } = filter;
  if (zone !== undefined && instance.zoneId !== zone) return false;
  if (name !== undefined && !matchesPattern(name, instance.instanceName)) return false;
  if (
    resourceGroup !== undefined &&
    instance.resourceGroupId !== resourceGroup &&
    instance.resourceGroupName !== resourceGroup
  )
    return false;
  return tags.every(({ key, value }) => instance.tags.some((tag) => tag.key === key && tag.value === value));
}

/** The tag of `key=value`; null when it is not one. A value may hold further `=` or be empty. */
export function parseTag(text: string): Tag | null {
  const at = text.indexOf("=");
  return at < 1 ? null : { key: text.slice(0, at), value: text.slice(at + 1) };
}
