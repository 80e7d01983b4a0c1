// Where the credentials come from: arguments, the official provider's variables, the official CLI's, its profile files.
import { checkCredentialText } from "./credential-text";
import { ZenlayerError } from "./errors";
import { homeDirectory } from "./home";
import type { Credentials } from "./options";
import { readFileIfPresent, readProfile } from "./profile-files";
import type { CredentialSource, ReadFile } from "./profile-files";

export interface ExplicitCredentials {
  readonly accessKeyId?: string | null | undefined;
  readonly accessKeyPassword?: string | null | undefined;
  readonly token?: string | null | undefined;
  /** Name of a profile of the official CLI. Named explicitly it comes before the environment. */
  readonly profile?: string | null | undefined;
}

export interface CredentialSources {
  readonly explicit?: ExplicitCredentials;
  /** @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** One that is empty or not absolute counts as none. @default the home directory of the user, if there is one */
  readonly home?: string;
  /** Text of a file, null when there is none. @default reads the file */
  readonly readFile?: ReadFile;
}

/**
 * The first source that names any credential decides; within it a token wins over a key pair. Values are trimmed, an
 * empty one counts as absent. Throws ZenlayerError `CREDENTIAL_VALUE_MISSING` (nothing found, or half a pair),
 * `CREDENTIAL_VALUE_INVALID` (damaged by pasting) and `PROFILE_FILE_INVALID`; their texts hold names, never values.
 */
export function resolveCredentials(sources: CredentialSources = {}): Credentials {
  const explicit = sources.explicit ?? {};
  const env = sources.env ?? process.env;
  const given = sources.home;
  const home = homeDirectory(given === undefined ? undefined : () => given);
  const profileOf = (name: string | null): CredentialSource | null =>
    readProfile({ name, home, readFile: sources.readFile ?? readFileIfPresent });

  const explicitProfile = text(explicit.profile);
  const candidates: readonly (() => CredentialSource | null)[] = [
    () => ({
      kind: "arguments",
      names: { id: "access_key_id", password: "access_key_password", token: "token" },
      id: explicit.accessKeyId,
      password: explicit.accessKeyPassword,
      token: explicit.token,
    }),
    () => (explicitProfile === null ? null : profileOf(explicitProfile)),
    () => ({
      kind: "environment",
      names: { id: "ZENLAYERCLOUD_ACCESS_KEY_ID", password: "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD", token: "" },
      id: env["ZENLAYERCLOUD_ACCESS_KEY_ID"],
      password: env["ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"],
      token: null,
    }),
    () => ({
      kind: "environment",
      names: { id: "ZENLAYER_ACCESS_KEY_ID", password: "ZENLAYER_ACCESS_KEY_SECRET", token: "ZENLAYER_TOKEN" },
      id: env["ZENLAYER_ACCESS_KEY_ID"],
      password: env["ZENLAYER_ACCESS_KEY_SECRET"],
      token: env["ZENLAYER_TOKEN"],
    }),
    () => (explicitProfile === null ? profileOf(text(env["ZENLAYER_PROFILE"])) : null),
  ];
  for (const candidate of candidates) {
    const source = candidate();
    const credentials = source === null ? null : credentialsOf(source);
    if (credentials !== null) return credentials;
  }
  throw missing(
    "No credentials for Zenlayer were found.",
    "Set the environment variables ZENLAYERCLOUD_ACCESS_KEY_ID and ZENLAYERCLOUD_ACCESS_KEY_PASSWORD, or ZENLAYER_TOKEN, or access_key_id and access_key_password in the provider configuration, or log in with the official CLI." +
      (home === null ? " Its profiles were not looked for: this user has no home directory (HOME)." : ""),
  );
}

function credentialsOf(source: CredentialSource): Credentials | null {
  const { names, kind } = source;
  const checked = (name: string, value: string): string =>
    checkCredentialText(name, value, kind === "arguments" ? name : null);
  const { id, password, token } = source;
  if (isGiven(token)) return { kind: "token", token: checked(names.token, token) };
  if (isGiven(id) && isGiven(password)) {
    return {
      kind: "accessKey",
      accessKeyId: checked(names.id, id),
      accessKeyPassword: checked(names.password, password),
    };
  }
  if (!isGiven(id) && !isGiven(password)) return null;
  const [given, absent] = isGiven(password) ? [names.password, names.id] : [names.id, names.password];
  throw missing(
    `${absent} is missing or empty, while ${given} is set.`,
    `An access key is a pair: set ${absent} in the same place as ${given}, or remove ${given}.`,
  );
}

function isGiven(value: string | null | undefined): value is string {
  return text(value) !== null;
}

function missing(summary: string, cure: string): ZenlayerError {
  return new ZenlayerError({
    code: "CREDENTIAL_VALUE_MISSING",
    errorClass: "config",
    outcome: "not_sent",
    summary,
    cure,
  });
}

function text(value: string | null | undefined): string | null {
  const trimmed = value?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}
