// Why two models answer one case differently: how differently each weighs its fields. Their contributions add up to the
// two answers, so the differences lead from the one to the other.
import type { Explanation } from "scorelet";
import { bySize } from "./order.ts";
import { stepsOf, type Step } from "./waterfall.ts";

type Pair = readonly [number, number];

export interface Difference {
  values: Pair;
  /** What each says of the average case. */
  averages: Pair;
  /** What each field contributes in either; 0 where a model does not know it. */
  fields: ReadonlyMap<string, Pair>;
  /** The larger standard error of the two. */
  standardError: number;
}

/** Null where one of them cannot be explained. */
export function differenceOf(first: Explanation, second: Explanation): Difference | null {
  const [a, b] = [first.records[0], second.records[0]];
  if (!a || !b || !("contributions" in a) || !("contributions" in b)) return null;
  const names = new Set([...Object.keys(a.contributions), ...Object.keys(b.contributions)]);
  return {
    values: [a.value, b.value],
    averages: [first.base, second.base],
    fields: new Map([...names].map((name) => [name, [a.contributions[name] ?? 0, b.contributions[name] ?? 0]])),
    standardError: Math.hypot(a.standardError, b.standardError),
  };
}

/** Stands for the average case among the fields: no field has this name. */
export const theAverage = "\u0000";

const apart = ([first, second]: Pair): number => second - first;

/** How far each field moves the second answer from the first, the average case among them. */
export function apartOf({ fields, averages }: Difference): Map<string, number> {
  return new Map([[theAverage, apart(averages)], ...[...fields].map(([name, pair]) => [name, apart(pair)] as const)]);
}

/** From the first answer to the second, the largest step first. */
export function stepsBetween(difference: Difference, isNothing: (size: number) => boolean): Step[] {
  const sizes = apartOf(difference);
  return stepsOf(difference.values[0], Object.fromEntries(sizes), bySize(sizes), isNothing);
}

/** What the two weigh most differently, whether or not other fields make up for it; null where they weigh all alike. */
export function farthestApart(difference: Difference, isNothing: (size: number) => boolean): string | null {
  const sizes = apartOf(difference);
  const [largest] = bySize(sizes);
  return largest === undefined || isNothing(sizes.get(largest)!) ? null : largest;
}

/** What makes most of the difference; null where nothing does. */
export function mainCause(difference: Difference, isNothing: (size: number) => boolean): string | null {
  const total = apart(difference.values);
  const along = [...apartOf(difference)].filter(([, size]) => size * total > 0 && !isNothing(size));
  return isNothing(total) || !along.length ? null : along.reduce((a, b) => (Math.abs(b[1]) > Math.abs(a[1]) ? b : a))[0];
}
