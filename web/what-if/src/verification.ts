// What came of the model's own check cases.
import type { VerificationReport } from "scorelet";
import { t } from "./texts.ts";

export const failedRecords = (report: VerificationReport): number =>
  new Set(report.mismatches.map((m) => m.record)).size + report.diagnostics.length;

export function headlineOf(report: VerificationReport | null): string {
  if (!report || report.records === 0) return t.card.unchecked;
  return report.passed ? t.card.checked(report.records) : t.card.failed(failedRecords(report), report.records);
}
