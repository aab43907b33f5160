// The quantity along one field: which values are asked for, and what their answers look like.
import type { Curve, InputField, OutputValue } from "scorelet";
import { isNumeric, kindOf, rangeOf, validValues, type CaseValue } from "../domain.ts";
import type { Row } from "../engine/protocol.ts";
import { niceStep, Track, type Range } from "../track.ts";

/** Along a number: what is shown, and the part that the model has seen. */
export interface Along {
  low: number;
  high: number;
  seen: readonly [number, number];
  isWhole: boolean;
  range: Range;
}

/**
 * Where the values of the background lie, else the field's own range; wider on a side where `now` lies outside. What is
 * outside the field's own range, if it has one, has not been seen.
 */
export function alongOf(field: InputField, background: readonly Row[], now: CaseValue): Along | null {
  const own = rangeOf(field);
  const shown = rangeIn(field, background, own) ?? own;
  const range = own ?? shown;
  if (!range || !shown || kindOf(field) !== "number") return null;
  const third = (shown.max - shown.min) / 3;
  const x = typeof now === "number" ? now : shown.min;
  return {
    low: x < shown.min ? widened(x, shown.min - third, range.min, -1) : shown.min,
    high: x > shown.max ? widened(x, shown.max + third, range.max, 1) : shown.max,
    seen: [range.min, range.max],
    isWhole: field.dataType === "integer",
    range,
  };
}

/** A third more, but into the unknown only for a value that lies there. */
const widened = (x: number, third: number, end: number, side: 1 | -1): number => {
  const far = side * x > side * third ? x : third;
  return side * x <= side * end && side * far > side * end ? end : far;
};

function rangeIn(field: InputField, background: readonly Row[], own: Range | null): Range | null {
  if (!isNumeric(field)) return null;
  const values = numbersIn(field, background).filter((x) => !own || (x >= own.min && x <= own.max));
  if (!values.length) return null;
  const min = Math.min(...values),
    max = Math.max(...values);
  const fine = field.dataType === "integer" ? 1 : niceStep((max - min) / 1e4);
  return max > min ? { min, max, fine } : null;
}

export const numbersIn = (field: InputField, background: readonly Row[]): number[] =>
  background.map((row) => row[field.name]).filter((x) => x !== null && x !== undefined && x !== "").map(Number).filter(Number.isFinite);

/** Values of a field with words: those listed, else those in the background. */
export function wordsOf(field: InputField, background: readonly Row[]): string[] {
  const listed = validValues(field).map((v) => v.value);
  if (listed.length) return listed;
  if (field.dataType === "boolean") return ["false", "true"];
  const seen = background.map((row) => row[field.name]).filter((x) => x !== null && x !== undefined && x !== "");
  return [...new Set(seen.map(String))].sort();
}

/** Evenly spaced values, whole ones where only those are valid. */
export function gridOf({ low, high, isWhole }: Along, points: number): number[] {
  const even = Array.from({ length: points }, (_, i) => low + ((high - low) * i) / (points - 1));
  return isWhole ? [...new Set(even.map(Math.round))] : even;
}

const pairs = 12;

/** Pairs of values so close that a smooth curve moves a little between them, and one of steps as a rule not at all. */
export function pairsOf({ low, high, isWhole }: Along): number[] {
  if (isWhole) return [];
  const apart = (high - low) / 1e5;
  return Array.from({ length: pairs }, (_, i) => low + ((high - low) * (i + 0.37)) / pairs).flatMap((x) => [x, x + apart]);
}

export function isStepped(atPairs: readonly (number | null)[], along: readonly (number | null)[]): boolean {
  let equal = 0;
  for (let i = 0; i + 1 < atPairs.length; i += 2) if (Object.is(atPairs[i], atPairs[i + 1])) equal++;
  return new Set(along).size > 1 && equal >= pairs - 1;
}

/** A line in parts, since there may be values without an answer; coordinates as `place` gives them. */
export function pathOf(
  points: readonly (readonly [number, number | null])[],
  stepped: boolean,
  place: (x: number, y: number) => readonly [number, number],
): string {
  const f = (n: number) => n.toFixed(2).replace(/\.?0+$/, "");
  let path = "",
    last: readonly [number, number] | null = null;
  for (const [x, y] of points) {
    if (y === null) {
      last = null;
      continue;
    }
    const at = place(x, y);
    if (!last) path += `M${f(at[0])} ${f(at[1])}`;
    else if (!stepped) path += `L${f(at[0])} ${f(at[1])}`;
    else if (at[1] === last[1]) path += `H${f(at[0])}`;
    else path += `H${f((last[0] + at[0]) / 2)}V${f(at[1])}H${f(at[0])}`;
    last = at;
  }
  return path;
}

export interface Shape {
  kind: "flat" | "rises" | "falls" | "peak" | "dip" | "mixed";
  from: number;
  to: number;
  /** Where it is highest or lowest, of a peak or a dip. */
  at: number;
}

/** What a line does, in one word; small wiggles do not count. */
export function shapeOf(points: readonly (readonly [number, number | null])[], isNothing: (size: number) => boolean): Shape | null {
  const known = points.filter((p): p is [number, number] => p[1] !== null);
  if (!known.length) return null;
  const [from, to] = [known[0]![1], known.at(-1)![1]];
  const top = known.reduce((a, b) => (b[1] > a[1] ? b : a)),
    bottom = known.reduce((a, b) => (b[1] < a[1] ? b : a));
  const span = top[1] - bottom[1];
  if (isNothing(span)) return { kind: "flat", from, to, at: known[0]![0] };
  const close = (a: number, b: number) => Math.abs(a - b) <= span * 0.08;
  if (close(to, top[1]) && close(from, bottom[1])) return { kind: "rises", from, to, at: known.at(-1)![0] };
  if (close(from, top[1]) && close(to, bottom[1])) return { kind: "falls", from, to, at: known.at(-1)![0] };
  const [high, low] = [Math.max(from, to), Math.min(from, to)];
  if (top[1] - high > (high - bottom[1]) * 0.5 && top[1] - high > low - bottom[1]) return { kind: "peak", from, to, at: top[0] };
  if (low - bottom[1] > (top[1] - low) * 0.5 && low - bottom[1] > top[1] - high) return { kind: "dip", from, to, at: bottom[0] };
  return { kind: "mixed", from, to, at: top[0] };
}

/** Where a line passes a level, from the left. */
export function crossings(points: readonly (readonly [number, number | null])[], level: number, stepped: boolean): { at: number; up: boolean }[] {
  const found: { at: number; up: boolean }[] = [];
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1]!,
      [x1, y1] = points[i]!;
    if (y0 === null || y1 === null || y0 < level === y1 < level) continue;
    found.push({ at: stepped ? (x0 + x1) / 2 : x0 + ((x1 - x0) * (level - y0)) / (y1 - y0), up: y1 > y0 });
  }
  return found;
}

/** A value of a number as the field's control would set it. */
export const snapped = (along: Along, x: number): number => new Track(along.range, along.low, along.high).snap(x);

export const pointsOf = (curve: Curve, axis: readonly number[]): [number, number | null][] =>
  axis.map((x, i) => [x, curve.quantity[i] ?? null]);

export const isAt = (value: OutputValue, now: CaseValue): boolean => now !== null && String(value) === String(now);
