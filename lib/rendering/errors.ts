// What synthesis refuses is told in one class with a code, so that a program can tell one mistake from another.

/** What kind of mistake was found; the codes are stable. */
export type SynthesisErrorCode =
  /** A value that can never be right. */
  | "INVALID_VALUE"
  /** A property that does not exist, mostly a misspelt one. */
  | "UNKNOWN_PROPERTY"
  /** A property that is needed and was not given. */
  | "MISSING_PROPERTY"
  /** A number that was computed from a token and is no token any more. */
  | "BROKEN_TOKEN"
  /** A secret that would stand in clear text in the synthesised files. */
  | "LITERAL_SECRET"
  /** Two constructs manage the same thing of one machine. */
  | "DUPLICATE_MACHINE"
  /** Two constructs have one name in Terraform, or two providers one alias. */
  | "DUPLICATE_NAME"
  /** A name that Terraform does not accept. */
  | "INVALID_NAME"
  /** A guard that cannot act on something it should. */
  | "GUARD_BYPASSED"
  /** Copies of this package, or of CDKTF, that cannot work together. */
  | "INCOMPATIBLE_COPIES"
  /** Something of another stack where Terraform cannot reach it. */
  | "OTHER_STACK"
  /** Waves, hooks and the like that contradict each other. */
  | "CONTRADICTION"
  /** Something that this construct cannot do. */
  | "UNSUPPORTED"
  /** The package's own files are missing. */
  | "PACKAGE_INCOMPLETE";

const BRAND = Symbol.for("cdktf-zenlayer/SynthesisError");

/** A mistake found at synthesis. `instanceof` knows errors of other copies of this package, too. */
export class SynthesisError extends Error {
  // Not as a member: its declaration would ask for ES2015 of programs that are compiled without a tsconfig.
  static {
    Object.defineProperty(this, Symbol.hasInstance, {
      value: (value: unknown): boolean => typeof value === "object" && value !== null && BRAND in value,
    });
  }

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
