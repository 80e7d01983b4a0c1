// Whom TLS trusts: what Node trusts by itself, and the certificates of SSL_CERT_FILE and SSL_CERT_DIR, which Go programs in the same job go by.
import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import * as tls from "node:tls";
import type { Environment } from "./proxy";

export interface Authorities {
  /** Made once, at the first TLS connection: to read a list of authorities takes as long as a request. */
  context(): tls.SecureContext;
  /** What was named and could not be used, for whoever wonders why a certificate is refused; null when all is well. */
  trouble(): string | null;
}

export function createAuthorities(env: Environment): Authorities {
  let made: { readonly context: tls.SecureContext; readonly trouble: string | null } | null = null;
  const make = () => (made ??= makeContext(env));
  return { context: () => make().context, trouble: () => make().trouble };
}

function makeContext(env: Environment): { readonly context: tls.SecureContext; readonly trouble: string | null } {
  const file = env["SSL_CERT_FILE"] ?? "";
  const directories = (env["SSL_CERT_DIR"] ?? "").split(delimiter).filter((directory) => directory !== "");
  const system = env["NODE_USE_SYSTEM_CA"] === "1";
  if (file === "" && directories.length === 0 && !system) return { context: tls.createSecureContext(), trouble: null };
  const own = ownAuthorities(env, system);
  // Where OpenSSL's own store is used, OpenSSL reads both variables by itself.
  if (own === null) return { context: tls.createSecureContext(), trouble: null };
  const troubles: string[] = [];
  const more = [
    ...(file === "" ? [] : certificatesOf("SSL_CERT_FILE", file, troubles)),
    ...directories.flatMap((directory) => certificatesBelow(directory, troubles)),
  ];
  return {
    context: tls.createSecureContext({ ca: [...new Set([...own, ...more])] }),
    trouble: troubles.length === 0 ? null : troubles.join(" "),
  };
}

/** Newer versions of Node tell what they trust. */
const { getCACertificates } = tls as {
  getCACertificates?: (type: "default" | "system") => readonly string[];
};

/** What Node trusts without us: a list of authorities replaces all of them. Null where they cannot be told. */
function ownAuthorities(env: Environment, system: boolean): readonly string[] | null {
  const named = env["NODE_EXTRA_CA_CERTS"] ?? "";
  const extra = named === "" ? [] : certificatesOf("NODE_EXTRA_CA_CERTS", named, []);
  if (getCACertificates !== undefined)
    return [...getCACertificates("default"), ...(system ? getCACertificates("system") : []), ...extra];
  const options = [...process.execArgv, ...(process.env["NODE_OPTIONS"] ?? "").split(" ")];
  if (options.some((option) => /^"?--use[-_]openssl[-_]ca"?$/.test(option))) return null;
  return [...tls.rootCertificates, ...extra];
}

/** Every file of a directory but links to its own files, which only give them a second name. */
function certificatesBelow(directory: string, troubles: string[]): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(directory, { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() || (entry.isSymbolicLink() && readlinkSync(join(directory, entry.name)).includes("/")),
      )
      .map(({ name }) => name);
  } catch (error) {
    troubles.push(`SSL_CERT_DIR names ${directory}, which cannot be read (${codeOf(error)}).`);
    return [];
  }
  // Among certificates there may be other files: they are nobody's mistake.
  return names.flatMap((name) => certificatesOf("SSL_CERT_DIR", join(directory, name), []));
}

/** The certificates of a PEM file. One that cannot be read is left out, as Go leaves it out. */
function certificatesOf(variable: string, path: string, troubles: string[]): readonly string[] {
  let text: string;
  try {
    text = readFileSync(path, "latin1");
  } catch (error) {
    troubles.push(`${variable} names ${path}, which cannot be read (${codeOf(error)}).`);
    return [];
  }
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const certificates = blocks.filter(isCertificate);
  if (certificates.length === 0) troubles.push(`${variable} names ${path}, which holds no certificate in PEM form.`);
  return certificates;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "no reason given";
}
