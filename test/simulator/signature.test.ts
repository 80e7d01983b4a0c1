import { expectedSignature, parseAuthorization } from "../../lib/simulator/signature";

const SHARED = { id: "AKTESTEXAMPLE0001", password: "sk-test-EXAMPLE-password-01", timestamp: "1760000000" };

test.each([
  [
    "vendor's example",
    {
      password: "Gu5t9xGARNpq86cd98joQYCN3",
      timestamp: "1673361177",
      contentType: "application/json; charset=utf-8",
      host: "console.zenlayer.com",
      body: '{"pageSize":10,"pageNum":1,"zoneId":"HKG-A"}',
      signature: "efb356c32e55c781e10dc676da59462c22596d82e91c57803666243379555b2f",
    },
  ],
  [
    "plain content type",
    {
      ...SHARED,
      contentType: "application/json",
      host: "console.zenlayer.com",
      body: '{"instanceId":"ins-example-0001","instanceTypeId":"c.2c4g"}',
      signature: "f1c315a73922a8b0e45466c0b9749d5c96348cc8073901ad5ee2a683ea440363",
    },
  ],
  [
    "charset in the content type",
    {
      ...SHARED,
      contentType: "application/json; charset=utf-8",
      host: "console.zenlayer.com",
      body: '{"instanceId":"bmc-example-0001","trafficPackageSize":0.15}',
      signature: "09585c78e362df5b645638b69645f92a3547de9aecdb5f61fc3c8a6e77b99308",
    },
  ],
  [
    "empty object, host with port",
    {
      ...SHARED,
      contentType: "application/json",
      host: "127.0.0.1:8443",
      body: "{}",
      signature: "05397f27d4e856de2ed92c3fbd91aaa0a2700597cc6e0d4ec0cf226d3833093c",
    },
  ],
  [
    "non-ASCII body",
    {
      ...SHARED,
      contentType: "application/json",
      host: "console.zenlayer.com",
      body: '{"instanceName":"实例-é"}',
      signature: "a066cc5e6d2c47aa68281e778c809f3ce5897fd5771bfd99c485a7c2d7d5bcba",
    },
  ],
])("the service computes the signature of the vector: %s", (_name, vector) => {
  const request = {
    headers: { "content-type": vector.contentType, host: vector.host },
    body: Buffer.from(vector.body, "utf8"),
    timestamp: vector.timestamp,
  };
  expect(expectedSignature(request, ["content-type", "host"], vector.password)).toBe(vector.signature);
});

const SIGNATURE = "a".repeat(64);
test.each([
  ["as documented", `ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type;host, Signature=${SIGNATURE}`, true],
  [
    "one more header",
    `ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type;host;x-zc-action, Signature=${SIGNATURE}`,
    true,
  ],
  [
    "no space after the comma",
    `ZC2-HMAC-SHA256 Credential=id,SignedHeaders=content-type;host,Signature=${SIGNATURE}`,
    false,
  ],
  ["headers unsorted", `ZC2-HMAC-SHA256 Credential=id, SignedHeaders=host;content-type, Signature=${SIGNATURE}`, false],
  ["host missing", `ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type, Signature=${SIGNATURE}`, false],
  ["signature too short", "ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type;host, Signature=abc", false],
  ["other scheme", `Basic ${SIGNATURE}`, false],
])("an Authorization header %s", (_name, header, accepted) => {
  expect(parseAuthorization(header) !== null).toBe(accepted);
});
