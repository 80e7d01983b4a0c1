// From the JSON of plans to what a reviewer needs: facts, policy, a verdict with a digest, and pages in four formats.
export { parsePlan } from "./input/plan";
export type { Plan } from "./input/plan";
export { parseLog } from "./input/log";
export type { Log } from "./input/log";
export { parseStack } from "./input/stack";
export type { ConstructPaths } from "./input/stack";
export { kindOf, looksLikeLog, decodeText, parseDocument } from "./input/input";
export type { Input, InputKind } from "./input/input";
export { collectFacts } from "./facts/collect";
export type { Subject } from "./facts/collect";
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
} from "./facts/facts";
export { parsePolicy } from "./verdict/policy";
export type { Policy, Level, Ceiling, Scope, Waiver } from "./verdict/policy";
export { evaluatePolicy } from "./verdict/rules";
export type { PolicyFinding } from "./verdict/finding";
export type { WaiverState } from "./verdict/waivers";
export { parseInstant } from "./verdict/windows";
export type { FreezeWindow } from "./verdict/windows";
export { changesDigest, exactDigest, parseDigest, DIGEST_VERSION } from "./verdict/digest";
export type { CanonicalEntry, CanonicalStep } from "./verdict/canonical";
export { approvalOf, APPROVAL_DAYS, APPROVAL_VERSION } from "./verdict/approval";
export type { Approval, PlannedEntry } from "./verdict/approval";
export type { Ceilings, Amount } from "./verdict/ceilings";
export { reviewedOf, TOLERANCE } from "./verdict/verify";
export type { Reviewed, Verification } from "./verdict/verify";
export { buildReport, REPORT_VERSION } from "./verdict/report";
export type { Report, ReportOptions, ExitCode, Status } from "./verdict/report";
export { totalsOf } from "./verdict/totals";
export type { Totals } from "./verdict/totals";
export type { CurrencyTotal } from "./verdict/charges";
export type { BalanceCheck } from "./verdict/accounts";
export { parseState } from "./input/state";
export type { State } from "./input/state";
export { buildAppliedReport, APPLIED_VERSION } from "./verdict/applied";
export type { AppliedReport, AppliedMachine, AppliedInput, AppliedPending } from "./verdict/applied";
export { reviewDocument } from "./page/review-document";
export { appliedDocument } from "./page/applied-document";
export { markerOf } from "./page/document";
export type { Document } from "./page/document";
export { DIALECTS, type Dialect, type Forge } from "./render/dialects";
export { renderMarkdown } from "./render/markdown";
export { renderHtml } from "./render/html";
export { renderText, wantsColor } from "./render/text";
export type { TextOptions } from "./render/text";
export { renderJson } from "./render/json";
export { longerName, stackName, uniqueName } from "./input/names";
export { ReviewError } from "./input/errors";
export type { ReviewErrorCode } from "./input/errors";
