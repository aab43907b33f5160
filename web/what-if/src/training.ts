// What the document says of the cases a model learned from, field by field: how often values like one occur.
import type { FieldStatistics, InputField } from "scorelet";
import type { Track } from "./track.ts";

/** A part of a field's values in the training data: `weight` of it lies evenly from `low` to `high`. */
interface Part {
  low: number;
  high: number;
  weight: number;
}

const near = 0.025; // of the track, on either side: values "like" another
const few = 30; // up to this many different values are told apart

/** The least and the greatest number in the training data, as far as it is known. */
export function seenRange({ statistics }: InputField): { min: number | undefined; max: number | undefined } {
  const edges = statistics?.histogram?.edges;
  const quantile = (limit: number) => statistics?.quantiles.find((q) => q.limit === limit)?.value;
  return {
    min: statistics?.minimum ?? quantile(0) ?? edges?.[0] ?? undefined,
    max: statistics?.maximum ?? quantile(100) ?? edges?.at(-1) ?? undefined,
  };
}

/** The number in the middle of the training data. */
export function middleNumber({ statistics }: InputField): number | undefined {
  return statistics?.median ?? statistics?.quantiles.find((q) => q.limit === 50)?.value ?? statistics?.mean;
}

/** The most frequent of some values, or the one that the document calls so. */
export function mostFrequent(field: InputField, values: string[]): string | undefined {
  const modal = field.statistics?.modalValue,
    share = sharesOf(field);
  if (modal !== undefined && values.includes(modal)) return modal;
  return share ? values.filter((v) => share(v) > 0).sort((a, b) => share(b) - share(a))[0] : undefined;
}

/** How a field's numbers are distributed; null if too little is known to draw it. */
export class Distribution {
  readonly #total: number;

  private constructor(readonly parts: readonly Part[]) {
    this.#total = parts.reduce((sum, part) => sum + part.weight, 0);
  }

  static of(field: InputField): Distribution | null {
    const { statistics } = field;
    const parts = statistics && (fromHistogram(statistics, field.dataType === "integer") ?? fromQuantiles(statistics));
    const filled = parts?.filter((part) => part.weight > 0);
    return filled?.length ? new Distribution(filled.length > few ? spread(filled) : filled) : null;
  }

  /** Single values with their shares, if the field has nothing else. */
  get values(): { value: number; share: number }[] | null {
    if (!this.parts.every(isSingle)) return null;
    return this.parts.map(({ low, weight }) => ({ value: low, share: weight / this.#total }));
  }

  /** The share of values from `low` to `high`. */
  share(low: number, high: number): number {
    const within = (part: Part) => {
      if (isSingle(part)) return part.low >= low && part.low <= high ? 1 : 0;
      return Math.max(0, Math.min(high, part.high) - Math.max(low, part.low)) / (part.high - part.low);
    };
    return this.parts.reduce((sum, part) => sum + part.weight * within(part), 0) / this.#total;
  }

  /** The shares of equal pieces of a track. */
  along(track: Track, pieces: number): number[] {
    return Array.from({ length: pieces }, (_, i) => {
      // A single value on the border of two pieces belongs to the second; the last piece has its end.
      const high = i + 1 === pieces ? track.max : track.exact((i + 1) / pieces);
      const last = this.#points(high);
      return this.share(track.exact(i / pieces), high) - (i + 1 === pieces ? 0 : last);
    });
  }

  #points(x: number): number {
    return this.parts.reduce((sum, p) => sum + (isSingle(p) && p.low === x ? p.weight : 0), 0) / this.#total;
  }
}

const isSingle = (part: Part): boolean => part.low === part.high;

/** Many single values, the years of an age, are a range each: halfway to their neighbours. */
function spread(parts: Part[]): Part[] {
  if (!parts.every(isSingle)) return parts;
  const between = (i: number) => (parts[i]!.low + parts[i + 1]!.low) / 2;
  return parts.map(({ low, weight }, i) => ({
    low: i === 0 ? low : between(i - 1),
    high: i + 1 === parts.length ? low : between(i),
    weight,
  }));
}

/** Ranges without an end count as their other end; whole numbers stand in the middle of what they occupy. */
function fromHistogram({ histogram }: FieldStatistics, isWhole: boolean): Part[] | null {
  if (!histogram) return null;
  const { edges, frequencies, isRightClosed } = histogram;
  return frequencies.map((weight, i) => {
    const low = edges[i] ?? edges[i + 1]!,
      high = edges[i + 1] ?? edges[i]!;
    if (!isWhole || low === high) return { low, high, weight };
    const first = isRightClosed && i > 0 ? Math.floor(low) + 1 : Math.ceil(low);
    const last = isRightClosed || i + 1 === frequencies.length ? Math.floor(high) : Math.ceil(high) - 1;
    return first <= last ? { low: first - 0.5, high: last + 0.5, weight } : { low, high, weight };
  });
}

function fromQuantiles({ quantiles, minimum, maximum, median }: FieldStatistics): Part[] | null {
  const knots = [...quantiles];
  const add = (limit: number, value: number | undefined) => {
    if (value !== undefined && !knots.some((q) => q.limit === limit)) knots.push({ limit, value });
  };
  add(0, minimum);
  add(50, median);
  add(100, maximum);
  knots.sort((a, b) => a.limit - b.limit);
  if (quantiles.length < 3 || knots.some((q, i) => i > 0 && q.value < knots[i - 1]!.value)) return null;
  return knots.slice(1).map((q, i) => ({ low: knots[i]!.value, high: q.value, weight: q.limit - knots[i]!.limit }));
}

/** The share of the training cases whose number is about `x`. */
export function shareNear(distribution: Distribution, track: Track, x: number): number {
  const at = track.at(x);
  return distribution.share(track.exact(at - near), track.exact(at + near));
}

/** Tells the share of a value in the training data; null if the document does not count the field's values. */
export function sharesOf({ statistics, dataType }: InputField): ((value: string) => number) | null {
  const total = statistics?.values.reduce((sum, v) => sum + v.frequency, 0);
  if (!total) return null;
  const key = (value: string) => (dataType === "string" || !Number.isFinite(Number(value)) ? value : String(Number(value)));
  const shares = new Map(statistics!.values.map((v) => [key(v.value), v.frequency / total]));
  return (value) => shares.get(key(value)) ?? 0;
}

/** How many cases the model learned from, if the document says so. */
export function casesSeen(fields: readonly InputField[]): number | undefined {
  const totals = fields.flatMap(({ statistics }) => (statistics && !statistics.isWeighted ? (statistics.total ?? []) : []));
  return totals.length ? Math.max(...totals) : undefined;
}
