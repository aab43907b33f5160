// A forecast: one value a step, and what else the model gives for every step.
import type { OutputValue, ResultField } from "scorelet";

/** Steps that are forecast at first. */
export const stepsAhead = 12;

export interface Series {
  values: readonly number[];
  /** Other results that have a value for every step. */
  others: { field: ResultField; values: readonly number[] }[];
}

/** A step without a value is NaN. */
export function seriesOf(
  predicted: OutputValue,
  results: readonly ResultField[],
  values: Readonly<Record<string, OutputValue>>,
): Series | null {
  const steps = numbersOf(predicted);
  if (!steps) return null;
  const others = results.flatMap((field) => {
    const numbers = field.kind === "output" && field.isFinalResult ? numbersOf(values[field.name] ?? null) : null;
    return numbers?.length === steps.length && !isEqual(numbers, steps) ? { field, values: numbers } : [];
  });
  const isRange = (o: { field: ResultField }) => o.field.feature.startsWith("confidenceInterval");
  return { values: steps, others: [...others.filter(isRange), ...others.filter((o) => !isRange(o))] };
}

export function bandOf({ others }: Series): { lower: readonly number[]; upper: readonly number[] } | null {
  const values = (feature: string) => others.find((o) => o.field.feature === feature)?.values;
  const lower = values("confidenceIntervalLower"),
    upper = values("confidenceIntervalUpper");
  return lower && upper ? { lower, upper } : null;
}

function numbersOf(value: OutputValue): number[] | null {
  if (!Array.isArray(value) || !value.length || value.every((x) => x === null)) return null;
  return value.every((x) => x === null || typeof x === "number") ? value.map((x) => x ?? NaN) : null;
}

const isEqual = (a: readonly number[], b: readonly number[]) => a.every((x, i) => Object.is(x, b[i]));
