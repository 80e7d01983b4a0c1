// One machine at a time: observe, decide with the engine, guard, submit once, wait, confirm.
export { converge } from "./converge";
export type { ConvergeRequest, ConvergeResult, Reconciler, Warning } from "./request";
export { Machines } from "./machines";
export { observe } from "./observe";
export type { Observation } from "./observe";
export { allowancesOf, factsFor } from "./facts";
export { sharingInquiries } from "./inquiries";
export { priceOf, unpriced } from "./prices";
export type { AxisPrice } from "./prices";
export { CURRENCY } from "./quoted-price";
export { explainCharge, formatAmount, formatBound, immediateCharge, priceSteps } from "./immediate-charge";
export type { ImmediateCharge } from "./immediate-charge";
export { chargeGuard, downgradeGuard } from "./guards";
export type { GuardFinding, Guards } from "./guards";
export { allowedStatuses, isGone, statusVerdict } from "./status";
export { missingMachine, recycledMachine } from "./failure";
export type { Failure } from "./failure";
export { stillInvisible } from "./open-orders";
export {
  openOrderForgotten,
  openOrderHint,
  openOrderOfReplaced,
  openOrderWarning,
  openOrdersOfUnseen,
} from "./open-order-words";
export type { OpenOrder } from "./open-orders";
export { DEFAULT_TIMING } from "./timing";
export type { Timing } from "./timing";
