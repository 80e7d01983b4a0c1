// A certificate of a test's own for a name, made from the plugin's one for `localhost`, so that no program besides Node is needed.
import { createPrivateKey, sign } from "node:crypto";
import { createCertificate } from "../../lib/plugin/process/certificate";

export interface TestCertificate {
  /** It is its own authority. */
  readonly cert: string;
  readonly key: string;
}

/** @param name nine characters, as `localhost` has: only then all lengths inside stay what they are */
export function certificateFor(name: string): TestCertificate {
  const { der, certificatePem, keyPem } = createCertificate();
  if (name === "localhost") return { cert: certificatePem, key: keyPem };
  if (name.length !== "localhost".length) throw new Error(`${name} must have nine characters.`);
  // SEQUENCE { body, algorithm, signature }
  const body = renamed(element(der, contentStart(der, 0)), name);
  const algorithm = element(der, contentStart(der, 0) + body.length);
  const signature = sign("sha256", body, createPrivateKey(keyPem));
  const whole = wrap(0x30, Buffer.concat([body, algorithm, wrap(0x03, Buffer.concat([Buffer.of(0), signature]))]));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return { cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`, key: keyPem };
}

function renamed(body: Buffer, name: string): Buffer {
  return Buffer.from(body.toString("latin1").replaceAll("localhost", name), "latin1");
}

/** Where the content of the element at `at` begins. */
function contentStart(der: Buffer, at: number): number {
  const first = der[at + 1] ?? 0;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

function element(der: Buffer, at: number): Buffer {
  const start = contentStart(der, at);
  const first = der[at + 1] ?? 0;
  const length = first < 0x80 ? first : der.readUIntBE(at + 2, first & 0x7f);
  return der.subarray(at, start + length);
}

function wrap(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
