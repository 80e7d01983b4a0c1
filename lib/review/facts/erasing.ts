// Which attributes the official provider changes by installing the machine anew: the plan says "update", and the disk is erased.
import { isObject, objectOf } from "../input/json";
import type { ResourceChange } from "../input/plan";
import { isUnknown } from "./sensitive";

const VM = ["image_id", "key_id"];

/** By resource type without the name of its provider. */
const ERASING: Readonly<Record<string, readonly string[]>> = {
  zvm_instance: VM,
  instance: VM,
  bmc_instance: [
    // Its default is Terraform-Instance: a machine that is imported without it is erased by the first apply.
    "hostname",
    "image_id",
    "key_id",
    "nic_lan_name",
    "nic_wan_name",
    "partitions",
    "password",
    "raid_config_custom",
    "raid_config_type",
    "ssh_keys",
    "user_data",
  ],
  zec_instance: ["disable_qga_agent", "image_id", "key_id", "time_zone"],
};

/** Attributes whose change erases the machine's disk; empty when it stays. */
export function erasingAttributes(change: ResourceChange): readonly string[] {
  if (!change.actions.includes("update")) return [];
  const match = /^zenlayer[a-z]*_(.+)$/.exec(change.type);
  const names = match?.[1] !== undefined && Object.hasOwn(ERASING, match[1]) ? (ERASING[match[1]] ?? []) : [];
  const [before, after] = [objectOf(change.before), objectOf(change.after)];
  return names.filter(
    (name) => isUnknown(change.afterUnknown, name) || !same(before[name] ?? null, after[name] ?? null),
  );
}

/** The provider's framework makes no difference between a value that is not set and an empty one. */
function same(a: unknown, b: unknown): boolean {
  return (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
