// Which machines are meant. Decided here and not by the service: a listing costs one call per thousand machines, and the rules are ours.
import type { Instance } from "../../api";
import { matchesPattern } from "../../engine";

/** All that is given must hold; of several zones, names or resource groups, one. An empty list is not given. */
export interface MachineFilter {
  readonly zones?: readonly string[];
  /** Each must be there with this value. */
  readonly tags?: readonly Tag[];
  /** The whole name: `*` stands for any text, `?` for one character. */
  readonly names?: readonly string[];
  /** Id or name. */
  readonly resourceGroups?: readonly string[];
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export function matches(filter: MachineFilter, instance: Instance): boolean {
  const { zones = [], tags = [], names = [], resourceGroups = [] } = filter;
  const { zoneId, instanceName, resourceGroupId, resourceGroupName } = instance;
  if (!oneOf(zones, (zone) => zone === zoneId)) return false;
  if (!oneOf(names, (name) => matchesPattern(name, instanceName))) return false;
  if (!oneOf(resourceGroups, (group) => group === resourceGroupId || group === resourceGroupName)) return false;
  return tags.every(({ key, value }) => instance.tags.some((tag) => tag.key === key && tag.value === value));
}

function oneOf(wanted: readonly string[], fits: (each: string) => boolean): boolean {
  return wanted.length === 0 || wanted.some(fits);
}

/** The tag of `key=value`; null when it is not one. A value may hold further `=` or be empty. */
export function parseTag(text: string): Tag | null {
  const at = text.indexOf("=");
  return at < 1 ? null : { key: text.slice(0, at), value: text.slice(at + 1) };
}
