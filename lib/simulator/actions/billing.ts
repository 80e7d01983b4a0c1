// The billing service zbc: balance, transactions and bills (zenlayer-api 2.4).
import { addMonths } from "../durations";
import { Refusal } from "../errors";
import { type Body, textOf, textsOf } from "../fields";
import { roundMoney } from "../prices";
import { catchUpAll } from "../transitions";
import type { Transaction } from "../types";
import type { ActionDefinition } from "./action";
import { paginate } from "./describe";

export const describeCustomerBalance: ActionDefinition = {
  fields: [],
  run: ({ world }) => {
    catchUpAll(world);
    const { accountUid, cash, credit, frozen } = world.account;
    return {
      accountUid,
      cashBalance: cash,
      creditValue: credit,
      purchasingPower: roundMoney(cash + credit),
      orderFrozenAmount: frozen,
    };
  },
};

export const describeTransactionHistory: ActionDefinition = {
  fields: [
    { name: "pageNum", type: "integer", minimum: 1 },
    { name: "pageSize", type: "integer", minimum: 1, maximum: 10_000 },
    { name: "transactionType", type: "strings" },
    { name: "startTime", type: "string" },
    { name: "endTime", type: "string" },
  ],
  run: ({ world, body }) => {
    catchUpAll(world);
    const end = moment(body, "endTime") ?? world.clock.milliseconds();
    const start = moment(body, "startTime") ?? addMonths(end, -1);
    if (start < addMonths(end, -3)) {
      throw new Refusal(400, "INVALID_PARAMETER_VALUE", "startTime and endTime may be at most three months apart.");
    }
    const types = textsOf(body, "transactionType") ?? [];
    const found = world.account.transactions.filter((transaction) => {
      const time = Date.parse(transaction.transactionTime);
      return time >= start && time <= end && (types.length === 0 || types.includes(transaction.transactionType));
    });
    const sum = (sign: number): number =>
      roundMoney(found.reduce((total, { amount }) => total + Math.max(0, sign * amount), 0));
    const { totalCount, page } = paginate(found, body);
    return { totalCount, dataSet: page, incomeSum: sum(1), expenditureSum: sum(-1) };
  },
};

export const describeBillDetail: ActionDefinition = {
  fields: [
    { name: "billMonthly", type: "string" },
    { name: "orderSn", type: "string" },
    { name: "resourceId", type: "string" },
    { name: "pageNum", type: "integer", minimum: 1 },
    { name: "pageSize", type: "integer", minimum: 1, maximum: 5_000 },
  ],
  run: ({ world, body }) => {
    catchUpAll(world);
    const month = textOf(body, "billMonthly");
    if (month !== undefined && !/^\d{6}$/.test(month)) {
      throw new Refusal(400, "INVALID_PARAMETER_DATE_FORMAT_ERROR", "billMonthly must be written yyyyMM.");
    }
    const wanted = (transaction: Transaction): boolean =>
      (month === undefined || transaction.transactionTime.slice(0, 7).replace("-", "") === month) &&
      [undefined, transaction.orderSn].includes(textOf(body, "orderSn")) &&
      [undefined, transaction.resourceId].includes(textOf(body, "resourceId"));
    const { totalCount, page } = paginate(world.account.transactions.filter(wanted), body);
    const dataSet = page.map(({ orderSn, resourceId, amount, transactionTime }) => ({
      orderSn,
      resourceId,
      amount: -amount,
      billingMode: "PREPAID",
      deductionTime: transactionTime,
      startTime: transactionTime,
      endTime: resourceId === null ? null : (world.machines.get(resourceId)?.expiredTime ?? null),
    }));
    return { totalCount, dataSet };
  },
};

function moment(body: Body, name: string): number | undefined {
  const value = textOf(body, name);
  if (value === undefined) return undefined;
  const parsed = Date.parse(value);
  if (Number.isNaN(parsed)) throw new Refusal(400, "INVALID_PARAMETER_DATE_FORMAT_ERROR", `${name} is not a date.`);
  return parsed;
}
