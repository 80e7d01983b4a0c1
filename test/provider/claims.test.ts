// Which plans of one walk are of one resource, and which are of two.
import { Claims } from "../../lib/provider/claims";

const TYPE = "zenlayer_vm_instance_spec";
let claims: Claims;
beforeEach(() => {
  claims = new Claims();
});

test("one resource may be planned again: as it is, and as what replaces it", () => {
  expect(claims.claim(TYPE, "1", "token-a")).toBe(true);
  expect(claims.claim(TYPE, "1", "token-a")).toBe(true);
});

test.each([
  ["two of the state", "token-a", "token-b"],
  ["one of the state and a new one", "token-a", null],
  ["a new one and one of the state", null, "token-a"],
  ["two new ones", null, null],
])("%s are two", (_name, first, second) => {
  expect(claims.claim(TYPE, "1", first)).toBe(true);
  expect(claims.claim(TYPE, "1", second)).toBe(false);
});

test("other machines and other types are no matter", () => {
  expect(claims.claim(TYPE, "1", null)).toBe(true);
  expect(claims.claim(TYPE, "2", null)).toBe(true);
  expect(claims.claim("zenlayer_bmc_bandwidth", "1", null)).toBe(true);
});
