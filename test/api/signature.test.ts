// The vendor's published example (0) and four vectors of our own.
import { sign } from "../../lib/api";

const OURS = {
  accessKeyId: "AKTESTEXAMPLE0001",
  accessKeyPassword: "sk-test-EXAMPLE-password-01",
  timestamp: 1760000000,
};

test("vector 0: the vendor's own example", () => {
  const signed = sign({
    accessKeyId: "0D9UtpyKYcHxms5v",
    accessKeyPassword: "Gu5t9xGARNpq86cd98joQYCN3",
    timestamp: 1673361177,
    contentType: "application/json; charset=utf-8",
    host: "console.zenlayer.com",
    body: '{"pageSize":10,"pageNum":1,"zoneId":"HKG-A"}',
  });
  expect(signed).toMatchObject({
    bodyHash: "5f714687ba91c606d503467766151206392474accd137ffea6dce2420b67c29a",
    canonicalRequestHash: "29396f9dfa0f03820b931e8aa06e20cda197e73285ebd76aceb83f7dede493ee",
    signature: "efb356c32e55c781e10dc676da59462c22596d82e91c57803666243379555b2f",
  });
});

test("vector 1: a VM type change, every intermediate value", () => {
  const body = '{"instanceId":"ins-example-0001","instanceTypeId":"c.2c4g"}';
  const signed = sign({ ...OURS, contentType: "application/json", host: "console.zenlayer.com", body });
  expect(signed).toEqual({
    bodyHash: "fb6e3fb6ad47d075de6ae82080d5d45d68d7e7679e6484f569e8699d81edf376",
    canonicalRequest:
      "POST\n/\n\ncontent-type:application/json\nhost:console.zenlayer.com\n\ncontent-type;host\nfb6e3fb6ad47d075de6ae82080d5d45d68d7e7679e6484f569e8699d81edf376",
    canonicalRequestHash: "46cbec0199d492b0b07a70247e1dc76734e64110cb837443fe9f4f2c7e8c2352",
    stringToSign: "ZC2-HMAC-SHA256\n1760000000\n46cbec0199d492b0b07a70247e1dc76734e64110cb837443fe9f4f2c7e8c2352",
    signature: "f1c315a73922a8b0e45466c0b9749d5c96348cc8073901ad5ee2a683ea440363",
    authorization:
      "ZC2-HMAC-SHA256 Credential=AKTESTEXAMPLE0001, SignedHeaders=content-type;host, Signature=f1c315a73922a8b0e45466c0b9749d5c96348cc8073901ad5ee2a683ea440363",
  });
  expect(signed.canonicalRequest).toHaveLength(147);
  expect(signed.stringToSign).toHaveLength(91);
});

test.each([
  {
    name: "2: a charset in the content type",
    contentType: "application/json; charset=utf-8",
    host: "console.zenlayer.com",
    body: '{"instanceId":"bmc-example-0001","trafficPackageSize":0.15}',
    bodyHash: "9f81acd415c138979b7c4dc630f3c92df332dba4c64c81c9ae85b909e905b20b",
    canonicalRequestHash: "f2ae5f025fa90b2d4755b59f99d9f191a9e9cbcaefb2e6d964ee8d5390ddd9a5",
    signature: "09585c78e362df5b645638b69645f92a3547de9aecdb5f61fc3c8a6e77b99308",
  },
  {
    name: "3: an empty object, a host with a port",
    contentType: "application/json",
    host: "127.0.0.1:8443",
    body: "{}",
    bodyHash: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    canonicalRequestHash: "b9591acfc1066cdddf9882ea58e46b3d50868edc5c77dbb87458ae6961091e41",
    signature: "05397f27d4e856de2ed92c3fbd91aaa0a2700597cc6e0d4ec0cf226d3833093c",
  },
  {
    name: "4: letters beyond ASCII",
    contentType: "application/json",
    host: "console.zenlayer.com",
    body: '{"instanceName":"实例-\u00e9"}',
    bodyHash: "f21a9ec712f255fb037a2dd40dc8f9b5fa4a4981c466cc65ac4a8d761c2ca8c7",
    canonicalRequestHash: "97b104e8f17457d51ccc465ea9e1511ba5e0385eff5d73e8624cadd44858a79e",
    signature: "a066cc5e6d2c47aa68281e778c809f3ce5897fd5771bfd99c485a7c2d7d5bcba",
  },
])("vector $name", ({ contentType, host, body, bodyHash, canonicalRequestHash, signature }) => {
  const expected = { bodyHash, canonicalRequestHash, signature };
  expect(sign({ ...OURS, contentType, host, body })).toMatchObject(expected);
  expect(sign({ ...OURS, contentType, host, body: Buffer.from(body, "utf8") })).toMatchObject(expected);
});
