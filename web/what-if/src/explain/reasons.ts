// What each field contributes, in words: for a report.

export interface Reasons {
  finding: string;
  lead: string;
  /** What the last column holds. */
  unit: string;
  /** From the average case over every field to this case. */
  rows: { name: string; value: string; size: string }[];
  note: string;
}
