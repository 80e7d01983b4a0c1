// Copies of this package and of CDKTF in one program: which can work together, and the words for those that cannot.
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { PROVIDER_VERSION } from "../schema";
import { SynthesisError } from "./errors";
import { CURE, LIBRARY, OWN_NAME } from "./library";

/** Raised when guards and specifications of two versions no longer understand each other. */
const PROTOCOL = 1;

/** Which copy of this package made something. */
export interface Copy {
  readonly protocol: number;
  readonly version: string;
  /** Directory of the copy. */
  readonly home: string;
}

/** This copy. */
export const COPY: Copy = { protocol: PROTOCOL, version: PROVIDER_VERSION, home: packageOf(__dirname) };

/** @throws when something was made by a copy that this one cannot work with. */
export function requireSameProtocol(other: Copy, what: string, path: string): void {
  if (other.protocol === PROTOCOL) return;
  throw new SynthesisError(
    "INCOMPATIBLE_COPIES",
    path,
    `${what} comes from another copy of cdktf-zenlayer that this one cannot work with: ${other.version} in ${other.home}, ` +
      `and ${COPY.version} in ${COPY.home}: let all packages ask for one version, then run \`npm dedupe\` ` +
      `(\`npm ls cdktf-zenlayer\` shows who asks for which)`,
  );
}

/**
 * The stack of a construct.
 *
 * @throws when the stack was made by another copy of the library than the one this package uses: both would recognise each other's
 * constructs, and fail late and unhelpfully.
 */
export function stackOf(scope: IConstruct): TerraformStack {
  const stack: unknown = TerraformStack.of(scope);
  if (stack instanceof TerraformStack) return stack;
  const [ours, theirs] = [homeOf(TerraformStack), homeOf(classOf(stack))];
  const places = ours !== null && theirs !== null ? ` (${theirs}, and ${ours} for ${OWN_NAME})` : "";
  throw new SynthesisError(
    "INCOMPATIBLE_COPIES",
    scope.node.path,
    `this stack was made by another copy of cdktf, or by its successor cdktn, than the one that ${OWN_NAME} uses${places}, ` +
      `and the two cannot be mixed: keep one copy in node_modules (\`npm ls ${LIBRARY}\` shows who asks for which, \`npm dedupe\` ` +
      `merges them); ${CURE}`,
  );
}

function classOf(stack: unknown): unknown {
  for (let each: unknown = stack; typeof each === "object" && each !== null; each = Object.getPrototypeOf(each)) {
    const { constructor } = each as { readonly constructor: unknown };
    if (homeOf(constructor) !== null) return constructor;
  }
  return null;
}

/** Directory of the package that a class `TerraformStack` was loaded from; null where the loader does not tell. */
function homeOf(stackClass: unknown): string | null {
  if (typeof require !== "function") return null;
  for (const [file, loaded] of Object.entries(require.cache)) {
    const exported: unknown = loaded?.exports;
    if (typeof exported !== "object" || exported === null || !file.endsWith("terraform-stack.js")) continue;
    if ((exported as { readonly TerraformStack?: unknown }).TerraformStack === stackClass) return packageOf(file);
  }
  return null;
}

/** The directory of a package, from a path inside its `lib` or `dist`. */
function packageOf(path: string): string {
  return path.replace(/^(.*)[\\/](?:lib|cdktn)[\\/].*$/s, "$1").replace(/[\\/]dist$/, "");
}
