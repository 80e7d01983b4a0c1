// Text from outside may repeat what we sent. Whatever is shown or kept passes through here first.
import type { Credentials } from "./options";

export type Redact = (text: string) => string;

const LONGEST = 1000;
/** What most texts are that pass here, as the id of a request: nothing in it but a secret itself could be wrong. */
const HARMLESS = /^[\w-]{1,100}$/;

/** Replaces every secret of these credentials and any Authorization value, drops control characters and bounds the length. */
export function createRedact(credentials: Credentials): Redact {
  const secrets = spellings(credentials.kind === "token" ? credentials.token : credentials.accessKeyPassword);
  return (text) => {
    if (HARMLESS.test(text) && !secrets.some((secret) => text.includes(secret))) return text;
    // Bounded before the work, with room for a secret that begins near the end.
    let clean = text.slice(0, LONGEST * 4);
    for (const secret of secrets) clean = clean.split(secret).join("[secret]");
    clean = clean
      .replace(/Bearer\s+[^\s",;]+/gi, "Bearer [secret]")
      .replace(/Signature=[0-9a-fA-F]+/g, "Signature=[secret]")
      .replace(/:\/\/[^/@\s:]*:[^/@\s]*@/g, "://[secret]@")
      .replace(/\p{Cc}+/gu, " ")
      .trim();
    return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
  };
}

/** Shorter than any real secret: hiding it would only make texts unreadable. */
const SHORTEST_SECRET = 4;

/** The secret as it is, in JSON, in a URL and in base64. */
function spellings(secret: string): readonly string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inUrl = encodeURIComponent(secret);
  const base64 = Buffer.from(secret, "utf8").toString("base64");
  return [...new Set([secret, inJson, inUrl, base64])].filter((text) => text.length >= SHORTEST_SECRET);
}
