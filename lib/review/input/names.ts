// What a stack is called when nobody says: by its file or the directory of it.
import { basename, dirname, resolve } from "node:path";

/** `cdktf.out/stacks/prod/plan.json` is called prod, `prod.json` too. */
export function stackName(file: string): string {
  if (file === "-") return "stdin";
  const name = basename(file)
    .replace(/\.(?:json|jsonl|log|txt)$/i, "")
    .replace(/\.(?:tf)?plan$/i, "");
  return /^(?:tf)?(?:plan|show|state|apply|terraform)$/i.test(name) ? basename(dirname(resolve(file))) || name : name;
}

/** A name that another stack has, too, with the directory that tells them apart: `dev/machines`. */
export function longerName(name: string, file: string): string {
  const parts = resolve(file)
    .split(/[\\/]/)
    .filter((part) => part !== "");
  const index = parts.lastIndexOf(name) >= 0 ? parts.lastIndexOf(name) : parts.length - 1;
  const parent = parts[index - 1];
  return file === "-" || parent === undefined ? name : `${parent}/${name}`;
}

/** The name, with a number when it is taken; it is taken from then on. */
export function uniqueName(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number += 1) candidate = `${name}-${number}`;
  taken.add(candidate);
  return candidate;
}
