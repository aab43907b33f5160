// Figures over time, as places on a chart.

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
