// What the user is told: collected per call, masked, and turned into the messages of the protocol.
import { maskSecrets } from "../log/secrets";
import type { AttributePath, Diagnostics, Type } from "../types";
import { memberType } from "../cty/values";
import { ValueError } from "../cty/decode";

/** Thrown by an author: the user reads exactly this text. Any other exception is reported as an internal error. */
export class DiagnosticError extends Error {
  public override readonly name: string = "DiagnosticError";

  public constructor(
    public readonly summary: string,
    public readonly detail: string = "",
    public readonly path: AttributePath = [],
    options?: ErrorOptions,
  ) {
    super(detail === "" ? summary : `${summary}: ${detail}`, options);
  }
}

export interface DiagnosticEntry {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly path: AttributePath;
}

/** The diagnostics of one call. */
export class CollectedDiagnostics implements Diagnostics {
  public readonly entries: DiagnosticEntry[] = [];

  public get hasErrors(): boolean {
    return this.entries.some((entry) => entry.severity === "error");
  }

  public error(summary: string, detail = "", path: AttributePath = []): void {
    this.entries.push({ severity: "error", summary, detail, path });
  }

  public warning(summary: string, detail = "", path: AttributePath = []): void {
    this.entries.push({ severity: "warning", summary, detail, path });
  }

  /** Reports an exception, `doing` what. */
  public exception(error: unknown, doing: string): void {
    if (error instanceof DiagnosticError) {
      this.error(error.summary, error.detail, error.path);
    } else if (error instanceof ValueError) {
      this.error(
        `The provider returned a wrong value when ${doing}`,
        `${error.message}. This is a bug of the provider, please report it.`,
        error.path,
      );
    } else {
      const cause = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split("\n")[0] ?? "";
      this.error(
        `Internal error of the provider when ${doing}`,
        `${cause.slice(0, 500)}. This is a bug of the provider, please report it; TF_LOG=ERROR shows where it happened.`,
      );
    }
  }

  public toMessages(type: Type): DiagnosticMessage[] {
    return this.entries.map(({ severity, summary, detail, path }) => ({
      severity: severity === "error" ? 1 : 2,
      summary: maskSecrets(summary),
      detail: maskSecrets(detail),
      ...(path.length === 0 ? {} : { attribute: pathMessage(path, type) }),
    }));
  }
}

export interface DiagnosticMessage {
  readonly severity: number;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: PathMessage;
}

export interface PathMessage {
  readonly steps: readonly PathStepMessage[];
}

type PathStepMessage =
  { readonly attribute_name: string } | { readonly element_key_string: string } | { readonly element_key_int: number };

/** A path in the protocol's words. It ends before the element of a set, which the protocol cannot name. */
export function pathMessage(path: AttributePath, type: Type): PathMessage {
  const steps: PathStepMessage[] = [];
  let current: Type | undefined = type;
  for (const step of path) {
    const kind: unknown = current === undefined || typeof current === "string" ? undefined : current[0];
    if (kind === "set") break;
    if (typeof step === "number") steps.push({ element_key_int: step });
    else if (kind === "map") steps.push({ element_key_string: step });
    else steps.push({ attribute_name: step });
    current = memberType(current, step);
  }
  return { steps };
}
