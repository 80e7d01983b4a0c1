// Short ways from plan JSON to what the rooms of the review make of it.
import {
  buildReport,
  parseLog,
  parsePlan,
  parsePolicy,
  type Input,
  type Plan,
  type Report,
  type ReportOptions,
  type Subject,
} from "../../lib/review";
import { logText, planJson, type DiagnosticValues, type PlanOptions } from "./plans";

export const NOW = Date.parse("2026-11-21T08:00:00Z");

export function input(content: unknown, label = "plan.json"): Input {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { label, bytes: new TextEncoder().encode(text) };
}

export function plan(options: PlanOptions = {}): Plan {
  return parsePlan(input(planJson(options)));
}

export function subject(
  options: PlanOptions = {},
  diagnostics: readonly DiagnosticValues[] | null = null,
  name = "prod",
): Subject {
  return {
    name,
    plan: plan(options),
    log: diagnostics === null ? null : parseLog(input(logText(diagnostics), "plan.log")),
  };
}

export function report(
  options: PlanOptions = {},
  extra: Partial<ReportOptions> & {
    readonly diagnostics?: readonly DiagnosticValues[];
    readonly policyText?: string;
  } = {},
): Report {
  const { diagnostics, policyText, ...rest } = extra;
  return buildReport([subject(options, diagnostics ?? null)], {
    name: "prod",
    now: NOW,
    ...(policyText === undefined ? {} : { policy: parsePolicy(policyText, "policy.yaml") }),
    ...rest,
  });
}
