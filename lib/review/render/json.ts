// The report as JSON, for machines: docs/schemas/review-report.v2.json.
import type { AppliedReport } from "../verdict/applied";
import type { Report } from "../verdict/report";

export function renderJson(report: Report | AppliedReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
