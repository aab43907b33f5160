// What figures of quality say: whether they meet a target, and whether two files differ by more than chance.
import type { Judged, Judgement } from "./protocol.ts";

export type Measure = "auc" | "accuracy" | "r2" | "mae";

export interface Quality {
  measure: Measure;
  value: number;
  /** How far the value may be off by chance: its standard error; NaN where that is not known. */
  error: number;
}

/** What can be held against a target, the most telling first. */
export function qualitiesOf({ binary, classes, regression }: Judgement): Quality[] {
  const list: Quality[] = [];
  if (binary) list.push({ measure: "auc", value: binary.figures.auc, error: binary.figures.aucStandardError });
  if (classes) {
    const { accuracy, cases } = classes;
    list.push({ measure: "accuracy", value: accuracy, error: Math.sqrt((accuracy * (1 - accuracy)) / cases) });
  }
  if (regression) {
    const { mae, maeStandardError, r2 } = regression.figures;
    list.push({ measure: "mae", value: mae, error: maeStandardError }, { measure: "r2", value: r2, error: NaN });
  }
  return list.filter((q) => Number.isFinite(q.value));
}

export const isBetter = (measure: Measure, a: number, b: number): boolean => (measure === "mae" ? a < b : a > b);
export const meets = (measure: Measure, value: number, target: number): boolean => !isBetter(measure, target, value);

/**
 * Whether the same measure in two files differs by more than chance would (at 95 %). `gap`: the second is this much better
 * than the first, below 0 worse.
 */
export function difference(a: Quality, b: Quality): { gap: number; isClear: boolean } {
  const gap = a.measure === "mae" ? a.value - b.value : b.value - a.value;
  const error = Math.hypot(a.error, b.error);
  return { gap, isClear: Math.abs(gap) > 1.96 * error };
}

/** How the chances of groups lie against what came true: where the first and last clear deviations point. */
export function calibrationFinding(groups: NonNullable<Judgement["binary"]>["groups"]): {
  kind: "fits" | "low" | "high" | "mixed";
  from: number;
} {
  const low = groups.filter((g) => g.intervalLow > g.meanScore);
  const high = groups.filter((g) => g.intervalHigh < g.meanScore);
  const from = (list: typeof groups) => list[0]?.lowest ?? 0;
  if (low.length && high.length) return { kind: "mixed", from: 0 };
  if (low.length > 1) return { kind: "low", from: from(low) };
  if (high.length > 1) return { kind: "high", from: from(high) };
  return { kind: "fits", from: 0 };
}

/** How far the second of two models is ahead, with its 95 % range; a range that holds 0 is too close to call. */
export function verdictOn({ measure, first, second, error }: Judged): {
  gain: number;
  low: number;
  high: number;
  verdict: "better" | "worse" | "close";
} {
  const gain = measure === "auc" || measure === "accuracy" ? second - first : first - second;
  const [low, high] = [gain - 1.96 * error, gain + 1.96 * error];
  return { gain, low, high, verdict: low > 0 ? "better" : high < 0 ? "worse" : "close" };
}
