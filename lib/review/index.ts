// From the JSON of plans to what a reviewer needs: facts, policy, a verdict with a digest, and pages in four formats.
export { parsePlan } from "./plan";
export type { Plan } from "./plan";
export { parseLog } from "./log";
export type { Log } from "./log";
export { parseStack } from "./stack";
export type { ConstructPaths } from "./stack";
export { kindOf, looksLikeLog, decodeText, parseDocument } from "./input";
export type { Input, InputKind } from "./input";
export { collectFacts } from "./collect";
export type { Subject } from "./collect";
export type {
  Facts,
  PlanFact,
  ChangeFact,
  NotReviewableFact,
  SettingsFact,
  AdoptionFact,
  ForgottenFact,
  PendingFact,
  HookFact,
  DriftFact,
  AlarmFact,
  OtherFact,
  BalanceFact,
  DiagnosticFact,
  MachineFact,
  PriceFact,
  PriceSource,
  GuardFact,
  GuardName,
  Place,
} from "./facts";
export { parsePolicy } from "./policy";
export type { Policy, Level, Ceiling } from "./policy";
export { evaluatePolicy } from "./rules";
export type { PolicyFinding } from "./rules";
export { parseInstant } from "./windows";
export type { FreezeWindow } from "./windows";
export { changesDigest, exactDigest, parseDigest } from "./digest";
export type { CanonicalEntry, CanonicalStep } from "./digest";
export { reviewedOf } from "./verify";
export type { Reviewed, Verification } from "./verify";
export { buildReport, REPORT_VERSION } from "./report";
export type { Report, ReportOptions, ExitCode, Status } from "./report";
export { totalsOf } from "./totals";
export type { Totals, CurrencyTotal, BalanceCheck } from "./totals";
export { parseState, buildAppliedReport, APPLIED_VERSION } from "./applied";
export type { AppliedReport, AppliedMachine, AppliedInput, AppliedPending, State } from "./applied";
export { reviewDocument } from "./review-document";
export { appliedDocument } from "./applied-document";
export { markerOf } from "./document";
export type { Document } from "./document";
export { renderMarkdown, MARKDOWN_LIMIT } from "./render/markdown";
export { renderHtml } from "./render/html";
export { renderText, wantsColor } from "./render/text";
export type { TextOptions } from "./render/text";
export { renderJson } from "./render/json";
export { stackName, uniqueName } from "./names";
export { ReviewError } from "./errors";
export type { ReviewErrorCode } from "./errors";
