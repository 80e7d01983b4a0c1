// The one-off certificate of AutoMTLS, written as DER by hand: a library would cost more than the rest of the start.
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export interface Certificate {
  readonly der: Buffer;
  readonly certificatePem: string;
  readonly keyPem: string;
}

const DAY = 24 * 60 * 60 * 1000;
const VALID_DAYS = 365;

/** A self-signed P-256 certificate for `localhost`. */
export function createCertificate(now: Date = new Date()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const name = sequence(set(sequence(OID.commonName, tag(0x0c, Buffer.from("localhost")))));
  const body = sequence(
    tag(0xa0, integer(Buffer.of(2))),
    integer(serialNumber()),
    sequence(OID.ecdsaWithSha256),
    name,
    // A clock that is a little behind must not refuse it.
    sequence(time(new Date(now.getTime() - DAY)), time(new Date(now.getTime() + VALID_DAYS * DAY))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tag(0xa3, sequence(...extensions())),
  );
  const signature = sign("sha256", body, privateKey);
  const der = sequence(body, sequence(OID.ecdsaWithSha256), bitString(signature));
  return { der, certificatePem: toPem(der), keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

/** The DER bytes of the first certificate in a PEM text, or null. */
export function derFromPem(pem: string): Buffer | null {
  const match = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem);
  return match === null ? null : Buffer.from(match[1] ?? "", "base64");
}

function toPem(der: Buffer): string {
  // `match` never gives an empty last line, which OpenSSL would refuse.
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function extensions(): Buffer[] {
  const critical = tag(0x01, Buffer.of(0xff));
  const octets = (content: Buffer): Buffer => tag(0x04, content);
  return [
    sequence(OID.subjectAltName, octets(sequence(tag(0x82, Buffer.from("localhost"))))),
    sequence(OID.basicConstraints, critical, octets(sequence(critical))),
    // digitalSignature and keyCertSign: bits 0 and 5, two unused bits.
    sequence(OID.keyUsage, critical, octets(tag(0x03, Buffer.of(2, 0x84)))),
    sequence(OID.extendedKeyUsage, octets(sequence(OID.serverAuthentication))),
  ];
}

function serialNumber(): Buffer {
  const serial = randomBytes(16);
  // Positive and without a leading zero byte.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

/** UTCTime until 2049, GeneralizedTime after, as RFC 5280 has it. */
function time(date: Date): Buffer {
  const text = `${date.toISOString().slice(0, 19).replace(/[-:T]/g, "")}Z`;
  return date.getUTCFullYear() < 2050 ? tag(0x17, Buffer.from(text.slice(2))) : tag(0x18, Buffer.from(text));
}

function tag(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(number), length(content.length), content]);
}

function length(value: number): Buffer {
  if (value < 0x80) return Buffer.of(value);
  return value < 0x100 ? Buffer.of(0x81, value) : Buffer.of(0x82, value >> 8, value & 0xff);
}

function sequence(...parts: Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts));
}

function set(...parts: Buffer[]): Buffer {
  return tag(0x31, Buffer.concat(parts));
}

function integer(value: Buffer): Buffer {
  return tag(0x02, value);
}

function bitString(content: Buffer): Buffer {
  return tag(0x03, Buffer.concat([Buffer.of(0), content]));
}

function objectIdentifier(hex: string): Buffer {
  return tag(0x06, Buffer.from(hex, "hex"));
}

const OID = {
  commonName: objectIdentifier("550403"),
  ecdsaWithSha256: objectIdentifier("2a8648ce3d040302"),
  subjectAltName: objectIdentifier("551d11"),
  basicConstraints: objectIdentifier("551d13"),
  keyUsage: objectIdentifier("551d0f"),
  extendedKeyUsage: objectIdentifier("551d25"),
  serverAuthentication: objectIdentifier("2b06010505070301"),
};
