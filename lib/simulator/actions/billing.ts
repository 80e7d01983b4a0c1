// The billing service zbc: balance, transactions and bills (zenlayer-api 2.4).
import { addMonths } from "../durations";
import { Refusal } from "../errors";
import { type Body, type Field, numberOf, textOf, textsOf } from "../fields";
import { roundMoney } from "../prices";
import { catchUpAll } from "../transitions";
import type { Transaction } from "../types";
import type { World } from "../world";
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
    const { totalCount, page } = paginate(found, body);
    const dataSet = page.map((transaction) => transactionEntry(world, transaction));
    return { totalCount, dataSet, incomeSum: sum(found, 1), expenditureSum: sum(found, -1) };
  },
};

/** A transaction names no resource. Who did it, and how it was paid, is ASM. */
function transactionEntry(world: World, transaction: Transaction): Record<string, unknown> {
  const { accountUid } = world.account;
  return {
    accountUid,
    uid: accountUid,
    transactionTime: transaction.transactionTime,
    orderSn: transaction.orderSn,
    description: transaction.description,
    transactionType: transaction.transactionType,
    paymentMethod: "BALANCE",
    amount: transaction.amount,
    cashBalance: transaction.cashBalance,
    tradeType: transaction.amount <= 0 ? "EXPENDITURE" : "INCOME",
    tradeNo: `T-${transaction.orderSn}`,
  };
}

const BILL_MONTH: Field = { name: "billMonthly", type: "integer" };

export const describeBillDetail: ActionDefinition = {
  fields: [
    BILL_MONTH,
    { name: "product", type: "string" },
    { name: "orderSn", type: "string" },
    { name: "resourceId", type: "string" },
    { name: "pageNum", type: "integer", minimum: 1 },
    { name: "pageSize", type: "integer", minimum: 1, maximum: 5_000 },
  ],
  run: ({ world, body }) => {
    catchUpAll(world);
    const found = billEntries(world, billMonth(body)).filter((entry) =>
      (["product", "orderSn", "resourceId"] as const).every((name) =>
        [undefined, entry[name]].includes(textOf(body, name)),
      ),
    );
    const { totalCount, page } = paginate(found, body);
    return { ...totals(found), totalCount, dataSet: page };
  },
};

export const describeMonthlyBillSummary: ActionDefinition = {
  fields: [
    { name: "summaryType", type: "string", required: true },
    { ...BILL_MONTH, required: true },
  ],
  run: ({ world, body }) => {
    catchUpAll(world);
    const month = billMonth(body) ?? 0;
    const summaryType = textOf(body, "summaryType");
    if (summaryType !== "PRODUCT" && summaryType !== "RESOURCE_GROUP")
      throw new Refusal(400, "INVALID_PARAMETER_VALUE", "summaryType must be PRODUCT or RESOURCE_GROUP.");
    const byProduct = summaryType === "PRODUCT";
    const found = billEntries(world, month);
    const groups = new Map<string | null, BillEntry[]>();
    for (const entry of found) {
      const key = byProduct ? entry.product : entry.resourceGroupId;
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    const summaryInfoList = [...groups.values()].map((entries) => ({
      product: byProduct ? (entries[0]?.product ?? null) : null,
      resourceGroupId: byProduct ? null : (entries[0]?.resourceGroupId ?? null),
      resourceGroupName: byProduct ? null : (entries[0]?.resourceGroupName ?? null),
      spend: sum(entries, 1),
      cash: sum(entries, 1),
      voucher: 0,
      refund: sum(entries, -1),
    }));
    return { billMonthly: month, ...totals(found), summaryInfoList };
  },
};

type BillEntry = ReturnType<typeof billEntry>;

/** The bill of a month; without one, of all. */
function billEntries(world: World, month: number | undefined): BillEntry[] {
  return world.account.transactions
    .filter((transaction) => month === undefined || monthOf(transaction) === month)
    .map((transaction) => billEntry(world, transaction));
}

/** What one charge or refund is on the bill. Product names and subitems are ASM. */
function billEntry(world: World, transaction: Transaction) {
  const machine = world.machines.get(transaction.resourceId ?? "");
  return {
    resourceId: transaction.resourceId,
    product: machine?.product ?? null,
    productSubitem: transaction.description,
    amount: -transaction.amount,
    billingMode: "PREPAID",
    voucher: 0,
    cash: -transaction.amount,
    label: machine?.instanceName ?? null,
    location: machine?.zoneId ?? null,
    orderSn: transaction.orderSn,
    billMonthly: monthOf(transaction),
    resourceGroupId: machine?.resourceGroupId ?? null,
    resourceGroupName: machine?.resourceGroupName ?? null,
    startTime: transaction.transactionTime,
    endTime: machine?.expiredTime ?? null,
    deductionTime: transaction.transactionTime,
  };
}

/** The sum of the amounts above zero, or with -1 of those below, without their sign. */
function sum(entries: readonly { readonly amount: number }[], sign: 1 | -1): number {
  return roundMoney(entries.reduce((total, { amount }) => total + Math.max(0, sign * amount), 0));
}

/** As the bills write them. */
function totals(entries: readonly BillEntry[]): Readonly<Record<string, number>> {
  const spent = sum(entries, 1);
  return { totalSpend: spent, totalCash: spent, totalVoucher: 0, totalRefund: sum(entries, -1) };
}

/** The month of a charge as the service counts them: 202601. */
function monthOf(transaction: Transaction): number {
  return Number(transaction.transactionTime.slice(0, 7).replace("-", ""));
}

function billMonth(body: Body): number | undefined {
  const month = numberOf(body, "billMonthly");
  if (month !== undefined && !/^\d{4}(0[1-9]|1[0-2])$/.test(String(month)))
    throw new Refusal(400, "INVALID_PARAMETER_DATE_FORMAT_ERROR", "billMonthly must be a month such as 202601.");
  return month;
}

function moment(body: Body, name: string): number | undefined {
  const value = textOf(body, name);
  if (value === undefined) return undefined;
  const parsed = Date.parse(value);
  if (Number.isNaN(parsed)) throw new Refusal(400, "INVALID_PARAMETER_DATE_FORMAT_ERROR", `${name} is not a date.`);
  return parsed;
}
