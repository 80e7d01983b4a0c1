// Where the credentials come from: arguments, the official provider's variables, the official CLI's, its profile files.
import { homedir } from "node:os";
import { ZenlayerError } from "./errors";
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
  /** @default the home directory of the user */
  readonly home?: string;
  /** Text of a file, null when there is none. @default reads the file */
  readonly readFile?: ReadFile;
}

/**
 * The first source that names any credential decides; within it a token wins over a key pair. Values are trimmed, an
 * empty one counts as absent. Throws ZenlayerError `CREDENTIAL_VALUE_MISSING` (nothing found, or half a pair) and
 * `PROFILE_FILE_INVALID`; their texts hold names, never values.
 */
export function resolveCredentials(sources: CredentialSources = {}): Credentials {
  const explicit = sources.explicit ?? {};
  const env = sources.env ?? process.env;
  const profileOf = (name: string | null): CredentialSource | null =>
    readProfile({ name, home: sources.home ?? homedir(), readFile: sources.readFile ?? readFileIfPresent });

  const explicitProfile = text(explicit.profile);
  const candidates: readonly (() => CredentialSource | null)[] = [
    () => ({
      idName: "access_key_id",
      passwordName: "access_key_password",
      id: text(explicit.accessKeyId),
      password: text(explicit.accessKeyPassword),
      token: text(explicit.token),
    }),
    () => (explicitProfile === null ? null : profileOf(explicitProfile)),
    () => ({
      idName: "ZENLAYERCLOUD_ACCESS_KEY_ID",
      passwordName: "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD",
      id: text(env["ZENLAYERCLOUD_ACCESS_KEY_ID"]),
      password: text(env["ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"]),
      token: null,
    }),
    () => ({
      idName: "ZENLAYER_ACCESS_KEY_ID",
      passwordName: "ZENLAYER_ACCESS_KEY_SECRET",
      id: text(env["ZENLAYER_ACCESS_KEY_ID"]),
      password: text(env["ZENLAYER_ACCESS_KEY_SECRET"]),
      token: text(env["ZENLAYER_TOKEN"]),
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
    "Set the environment variables ZENLAYERCLOUD_ACCESS_KEY_ID and ZENLAYERCLOUD_ACCESS_KEY_PASSWORD, or ZENLAYER_TOKEN, or access_key_id and access_key_password in the provider configuration, or log in with the official CLI.",
  );
}

function credentialsOf(source: CredentialSource): Credentials | null {
  if (source.token !== null) return { kind: "token", token: source.token };
  if (source.id !== null && source.password !== null) {
    return { kind: "accessKey", accessKeyId: source.id, accessKeyPassword: source.password };
  }
  if (source.id === null && source.password === null) return null;
  const [given, absent] =
    source.id === null ? [source.passwordName, source.idName] : [source.idName, source.passwordName];
  throw missing(
    `${absent} is missing or empty, while ${given} is set.`,
    `An access key is a pair: set ${absent} in the same place as ${given}, or remove ${given}.`,
  );
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
