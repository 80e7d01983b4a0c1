// The one-off certificate of AutoMTLS, and the one that Terraform hands over.
import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { createCertificate, derFromPem } from "../../../lib/plugin/process/certificate";

test("hundreds of certificates are all valid, for localhost, and fit their key", () => {
  for (let round = 0; round < 300; round += 1) {
    const { der, certificatePem, keyPem } = createCertificate();
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkHost("localhost", { subject: "never" })).toBe("localhost");
    expect(certificate.raw.equals(der) && derFromPem(certificatePem)?.equals(der)).toBe(true);
    createSecureContext({ cert: certificatePem, key: keyPem, ca: [] });
  }
  const late = new X509Certificate(createCertificate(new Date("2060-01-02T03:04:05Z")).der);
  expect(late.validTo).toContain("2061");
});

test("it is valid a day before, for clocks that are behind, and no two are alike", () => {
  const now = new Date("2026-01-15T00:00:00Z");
  const [one, two] = [createCertificate(now), createCertificate(now)];
  const certificate = new X509Certificate(one.der);
  expect(new Date(certificate.validFrom)).toEqual(new Date("2026-01-14T00:00:00Z"));
  expect(new Date(certificate.validTo) > now).toBe(true);
  expect(certificate.serialNumber).not.toBe(new X509Certificate(two.der).serialNumber);
});

test.each(["", "a text", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])(
  "%j holds no certificate",
  (pem) => {
    expect(derFromPem(pem)).toBeNull();
  },
);
