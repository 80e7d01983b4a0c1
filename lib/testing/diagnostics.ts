// Warnings and errors as Terraform's -json output gives them, one JSON object per line among other events.

/** A warning or an error. */
export interface Diagnostic {
  /** `error` fails the command, `warning` does not. */
  readonly severity: "error" | "warning";
  /** The first line. */
  readonly summary: string;
  /** The rest; empty where there is none. */
  readonly detail: string;
  /** Address of the resource that it belongs to. */
  readonly address?: string;
  /** Where in the configuration, counted from 1. */
  readonly range?: { readonly filename: string; readonly start: { readonly line: number; readonly column: number } };
  /** The source around it; `context` is e.g. `resource "zenlayer_vm_instance_spec" "web"`. */
  readonly snippet?: { readonly context?: string | null; readonly code: string };
}

/** Events of a `-json` run: `type` is Terraform's, e.g. `apply_complete`, `change_summary`, `diagnostic`. */
export interface TerraformEvent {
  /** Terraform's name of the event. */
  readonly type: string;
  /** What a person would read. */
  readonly "@message": string;
  /** `info`, `warn` or `error`. */
  readonly "@level": string;
  readonly [field: string]: unknown;
}

/** Reads the lines of a `-json` run; lines that are no JSON objects (a crash report, say) are left out. */
export function parseEvents(stdout: string): readonly TerraformEvent[] {
  const events: TerraformEvent[] = [];
  for (const line of stdout.split("\n")) {
    if (!line.startsWith("{")) continue;
    try {
      events.push(JSON.parse(line) as TerraformEvent);
    } catch {
      // A line cut by a kill: what came before it still counts.
    }
  }
  return events;
}

export function diagnosticsOf(events: readonly TerraformEvent[]): readonly Diagnostic[] {
  return events.filter((event) => event.type === "diagnostic").map((event) => event["diagnostic"] as Diagnostic);
}

/** All diagnostics as text, for messages of failing tests. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(
      ({ severity, summary, detail, address }) =>
        `${severity}${address ? ` (${address})` : ""}: ${summary}${detail ? `\n${detail}` : ""}`,
    )
    .join("\n\n");
}
