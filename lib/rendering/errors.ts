// What synthesis refuses is told in one class with a code, so that a program can tell one mistake from another.
import type { IConstruct } from "constructs";

/** Every kind of mistake: code and meaning. docs/errors.md shows the same rows; a test compares them. */
export const SYNTHESIS_ERRORS = {
  INVALID_VALUE: "A value that can never be right.",
  UNKNOWN_PROPERTY: "A property that does not exist, mostly a misspelt one.",
  MISSING_PROPERTY: "A property that is needed and was not given.",
  BROKEN_TOKEN: "A number that was computed from a token and is no token any more.",
  LITERAL_SECRET: "A secret that would stand in clear text in the synthesised files.",
  DUPLICATE_MACHINE: "Two constructs manage the same thing of one machine.",
  DUPLICATE_NAME: "Two constructs have one name in Terraform, or two providers one alias.",
  INVALID_NAME: "A name that Terraform does not accept.",
  GUARD_BYPASSED: "A guard that cannot act on something it should.",
  INCOMPATIBLE_COPIES: "Copies of this package, or of CDKTF, that cannot work together.",
  OTHER_STACK: "Something of another stack where Terraform cannot reach it.",
  CONTRADICTION: "Waves, hooks and the like that contradict each other.",
  UNSUPPORTED: "Something that this construct cannot do.",
  PACKAGE_INCOMPLETE: "The package's own files are missing.",
} as const;

/** What kind of mistake was found; the codes are stable. */
export type SynthesisErrorCode = keyof typeof SYNTHESIS_ERRORS;

const BRAND = Symbol.for("cdktf-zenlayer/SynthesisError");

/** A mistake found at synthesis. `instanceof` knows errors of other copies of this package, too. */
export class SynthesisError extends Error {
  // Not as a member: its declaration would ask for ES2015 of programs that are compiled without a tsconfig.
  static {
    Object.defineProperty(this, Symbol.hasInstance, {
      value: (value: unknown): boolean => typeof value === "object" && value !== null && BRAND in value,
    });
  }

  /** Always `SynthesisError`. */
  public override readonly name: string = "SynthesisError";
  protected readonly [BRAND] = true;

  /**
   * @param code - What kind of mistake it is.
   * @param path - Path of the construct, `""` where there is none.
   * @param problem - What is wrong, with the value and the cure.
   */
  public constructor(
    public readonly code: SynthesisErrorCode,
    public readonly path: string,
    problem: string,
  ) {
    super(path === "" ? problem : `${path}: ${problem}`);
  }
}

/** Lets a check throw once the whole program is known. What a validation returns would be told as an error without a code. */
export function checkAtSynth(construct: IConstruct, check: () => void): void {
  construct.node.addValidation({
    validate: () => {
      check();
      return [];
    },
  });
}
