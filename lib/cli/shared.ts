// What several commands need.

/** What went wrong, for a sentence about it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** For an option that may be repeated: all that was given so far. */
export function collect(text: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), text];
}
