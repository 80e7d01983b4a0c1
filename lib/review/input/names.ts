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

/** The name, with a number when it is taken; it is taken from then on. */
export function uniqueName(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number += 1) candidate = `${name}-${number}`;
  taken.add(candidate);
  return candidate;
}
