// What one connection of Terraform works with, and what it says while Zenlayer cannot be asked.
import { newConnection, reconcilerOf } from "../../lib/provider/connection";

test("without a reach nobody can be asked: an error that says what to do, and closing it is harmless", () => {
  const connection = newConnection(null);
  expect(connection.reconciler).toBeNull();
  expect(() => reconcilerOf(connection)).toThrow(
    expect.objectContaining({
      summary: "The provider's configuration is not known yet",
      detail: expect.stringContaining("-target"),
    }),
  );
  expect(() => connection.close()).not.toThrow();
});

describe("with a reach", () => {
  const inquiryPriceBandwidth = jest.fn(async () => []);
  const close = jest.fn();
  const client = { vm: { product: "vm", inquiryPriceBandwidth }, bmc: { product: "bmc" }, billing: {} };
  const clock = { now: () => 0, monotonic: () => 0, sleep: async () => undefined, random: () => 0 };
  const open = () => newConnection({ reconciler: { client, clock } as never, account: {} as never, close });
  beforeEach(() => jest.clearAllMocks());

  test("plans share what they ask alike, calls share nothing", async () => {
    const { pricing, client: called } = reconcilerOf(open());
    await Promise.all([pricing.vm.inquiryPriceBandwidth("1", 200), pricing.vm.inquiryPriceBandwidth("1", 200)]);
    expect(inquiryPriceBandwidth).toHaveBeenCalledTimes(1);
    await Promise.all([called.vm.inquiryPriceBandwidth("1", 200), called.vm.inquiryPriceBandwidth("1", 200)]);
    expect(inquiryPriceBandwidth).toHaveBeenCalledTimes(3);
  });

  test("two connections share nothing: neither claims, nor whether an apply has begun", () => {
    const [one, two] = [open(), open()];
    one.claims.claim("t", "1", null);
    one.applying.begin();
    expect(two.claims.claim("t", "1", null)).toBe(true);
    expect(two.applying.hasBegun).toBe(false);
    expect(two.applying.connection).not.toBe(one.applying.connection);
  });

  test("closing it closes the client", () => {
    open().close();
    expect(close).toHaveBeenCalledTimes(1);
  });
});
