// What the account can spend.
import { sampleFleet } from "../../../lib/simulator";
import { expectDenied, given } from "../../support/data-sources";
import { Driven } from "../../support/driven";

let driven: Driven;
beforeEach(async () => {
  driven = await Driven.start({ simulator: { fleet: sampleFleet() } });
});
afterEach(() => driven.stop());

test("cash and credit make the purchasing power; what pending orders hold back is told beside it", async () => {
  Object.assign(driven.simulator.account, { cash: 70, credit: 30 });
  expect(await given(driven, "zenlayer_balance")).toMatchObject({
    cash_balance: 70,
    credit_value: 30,
    purchasing_power: 100,
    frozen_amount: 0,
    currency: "USD",
  });
});

test("without permission: an error that names the action", () =>
  expectDenied(driven, "zenlayer_balance", {}, "DescribeCustomerBalance"));
