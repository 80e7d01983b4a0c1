// Data source `zenlayer_balance`: what the account can spend.

import type { DataSource } from "../../plugin";
import { CURRENCY } from "../../reconcile";
import { dataSourceSchemas } from "../../schema";
import { reconcilerOf, type Connection } from "../connection";
import { clientError } from "../words";

export const balance: DataSource<Connection> = {
  schema: dataSourceSchemas.zenlayer_balance,
  async read(_request, { data, signal }) {
    const { client } = reconcilerOf(data);
    const found = await client.billing.describeCustomerBalance({ signal }).catch((error: unknown) => {
      throw clientError(error, "The balance cannot be read");
    });
    return {
      cash_balance: found.cashBalance,
      credit_value: found.creditValue,
      purchasing_power: found.purchasingPower,
      frozen_amount: found.orderFrozenAmount,
      currency: CURRENCY,
    };
  },
};
