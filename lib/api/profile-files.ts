// The files of the official CLI: ~/.zenlayer/config.json names the profile, ~/.zenlayer/credentials.json holds it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ZenlayerError } from "./errors";

/** Text of a file, null when it does not exist. */
export type ReadFile = (path: string) => string | null;

/** What one source names, as it was written, and how it names it. White space around a value counts for nothing, an empty value as absent. */
export interface CredentialSource {
  readonly kind: "arguments" | "environment" | "profile";
  readonly names: { readonly id: string; readonly password: string; readonly token: string };
  readonly id: string | null | undefined;
  readonly password: string | null | undefined;
  readonly token: string | null | undefined;
}

/**
 * The credentials of a profile. Without a name: the current profile of config.json, else `default`; null when there is
 * none. A profile that was named but does not exist is an error.
 */
export function readProfile(request: {
  readonly name: string | null;
  /** Absolute, or null when the user has none. */
  readonly home: string | null;
  readonly readFile: ReadFile;
}): CredentialSource | null {
  if (request.home === null) {
    if (request.name === null) return null;
    throw invalid(
      `The profile "${request.name}" cannot be looked up: this user has no home directory.`,
      "Set HOME to the directory that holds .zenlayer, as an absolute path, or give the credentials in environment variables.",
    );
  }
  const directory = join(request.home, ".zenlayer");
  const config = readObject("~/.zenlayer/config.json", join(directory, "config.json"), request.readFile);
  const profiles = readObject("~/.zenlayer/credentials.json", join(directory, "credentials.json"), request.readFile);
  const current = own(config, "current_profile");
  const named = request.name ?? (typeof current === "string" && current.trim() !== "" ? current.trim() : null);
  const name = named ?? "default";
  const entry = own(profiles, name);
  if (entry === undefined || entry === null) {
    if (request.name === null) return null;
    const known = Object.keys(profiles ?? {});
    throw invalid(
      `The profile "${name}" does not exist in ~/.zenlayer/credentials.json.`,
      `${known.length === 0 ? "There are no profiles there" : `There are: ${known.join(", ")}`}. Name one of them, or log in with the official CLI.`,
    );
  }
  if (typeof entry !== "object" || Array.isArray(entry)) throw invalidEntry(name);
  return {
    kind: "profile",
    names: {
      id: `access_key_id of the profile "${name}"`,
      password: `access_key_secret of the profile "${name}"`,
      token: `token of the profile "${name}"`,
    },
    id: textOf(entry, "access_key_id", name),
    password: textOf(entry, "access_key_secret", name),
    token: textOf(entry, "token", name),
  };
}

export function readFileIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
}

function readObject(shown: string, path: string, readFile: ReadFile): object | null {
  let content: string | null;
  try {
    content = readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "no reason given";
    throw invalid(`The file ${shown} cannot be read (${code}).`, "Let your user read it, or remove it.");
  }
  if (content === null) return null;
  let parsed: unknown;
  try {
    // Editors of Windows put a byte order mark before it.
    parsed = JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's message quotes the file, and with it the secret.
    throw invalid(
      `The file ${shown} is not valid JSON.`,
      "Repair or remove it, or log in again with the official CLI.",
    );
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw invalid(
      `The file ${shown} does not hold a JSON object.`,
      "Repair or remove it, or log in again with the official CLI.",
    );
  }
  return parsed;
}

function textOf(entry: object, key: string, profile: string): string | null {
  const value = own(entry, key);
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw invalidEntry(profile);
  return value;
}

function own(object: object | null, key: string): unknown {
  return object !== null && Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}

function invalidEntry(profile: string): ZenlayerError {
  return invalid(
    `The profile "${profile}" in ~/.zenlayer/credentials.json is not an object of texts.`,
    "It must hold access_key_id and access_key_secret, or token. Log in again with the official CLI.",
  );
}

function invalid(summary: string, cure: string): ZenlayerError {
  return new ZenlayerError({
    code: "PROFILE_FILE_INVALID",
    errorClass: "config",
    outcome: "not_sent",
    summary,
    cure,
    attribute: "profile",
  });
}
