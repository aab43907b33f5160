// Figures over time, as places on a chart.
import type { ModelDetail } from "./answers.ts";

export type Values = readonly (number | null)[];

/** Where moments lie between the first and the last, 0 to 1; one alone lies in the middle. */
export function placesOf(times: readonly string[]): (time: string | number) => number {
  const first = Date.parse(times[0] ?? "");
  const last = Date.parse(times.at(-1) ?? "");
  return (time) =>
    last > first ? ((typeof time === "number" ? time : Date.parse(time)) - first) / (last - first) : 0.5;
}

/** The unbroken stretches of a line, as the indices of their points. */
export function stretches(values: Values): number[][] {
  const found: number[][] = [];
  for (const [i, value] of values.entries()) {
    if (value === null || !Number.isFinite(value)) continue;
    const last = found.at(-1);
    if (last?.at(-1) === i - 1) last.push(i);
    else found.push([i]);
  }
  return found;
}

/** The last figure there is. */
export function latest(values: Values): { at: number; value: number } | null {
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i];
    if (value !== null && value !== undefined && Number.isFinite(value)) return { at: i, value };
  }
  return null;
}

export const known = (values: Values): number[] => values.filter((x): x is number => x !== null && Number.isFinite(x));

export const sum = (values: Values): number => known(values).reduce((all, x) => all + x, 0);

/** Of an even number, between the two in the middle. */
export function median(values: readonly number[]): number | null {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Up to three moments to be written below a chart. */
export function marked(times: readonly string[]): string[] {
  if (times.length < 3) return [...times];
  return [times[0]!, times[times.length >> 1]!, times.at(-1)!];
}

const sizes = { hour: 3_600_000, day: 86_400_000 };
const mostWindows = 1000;

/**
 * As it is drawn: windows of which nothing was reported, which the server leaves out, have their place; a field without a
 * figure is not "fine".
 */
export function charted(answer: ModelDetail): ModelDetail {
  const { starts, step } = answer;
  const judged = answer.drift.fields.map((field) =>
    field.now === null ? { ...field, status: "unknown" as const } : field,
  );
  const detail = { ...answer, drift: { ...answer.drift, fields: judged } };
  const [first, last] = [Date.parse(starts[0] ?? ""), Date.parse(starts.at(-1) ?? "")];
  const length = (last - first) / sizes[step] + 1;
  if (!(length > starts.length) || length > mostWindows) return detail;
  const index = new Map(starts.map((start, i) => [Date.parse(start), i]));
  const times = Array.from({ length }, (_, i) => first + i * sizes[step]);
  const spread = (values: Values) => times.map((time) => values[index.get(time) ?? -1] ?? null);
  const { volume, latency } = detail;
  return {
    ...detail,
    starts: times.map((time) => new Date(time).toISOString().replace(".000Z", "Z")),
    volume: {
      ...volume,
      predictions: spread(volume.predictions),
      errors: spread(volume.errors),
      ...(volume.expected ? { expected: spread(volume.expected) } : {}),
    },
    latency: { p50: spread(latency.p50), p95: spread(latency.p95), p99: spread(latency.p99) },
    drift: {
      ...detail.drift,
      fields: detail.drift.fields.map((field) => ({
        ...field,
        drift: spread(field.drift),
        bound: spread(field.bound),
        missing: spread(field.missing),
        invalid: spread(field.invalid),
        outside: spread(field.outside),
        novel: spread(field.novel),
        median: spread(field.median),
      })),
    },
  };
}
