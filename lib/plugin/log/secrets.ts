// Values that must never be shown: whatever leaves the process as text goes through here.

/** A shorter text is no secret, and masking it would make every message unreadable. */
const SHORTEST = 4;
const forms = new Set<string>();

/**
 * From now on the value (also as JSON, URL or base64 text) appears as `***` in logs, diagnostics, gRPC errors and crash reports of this process.
 * Values shorter than 4 characters are not masked.
 */
export function registerSecret(value: string): void {
  if (value.length < SHORTEST) return;
  forms.add(value);
  forms.add(JSON.stringify(value).slice(1, -1));
  forms.add(encodeURIComponent(value));
  forms.add(Buffer.from(value, "utf8").toString("base64"));
}

/** The text without any registered secret. */
export function maskSecrets(text: string): string {
  if (forms.size === 0) return text;
  let masked = text;
  // Longest first: a secret may be part of another.
  for (const form of [...forms].sort((a, b) => b.length - a.length)) masked = masked.replaceAll(form, "***");
  return masked;
}
