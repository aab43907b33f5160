// The ends of an axis and what stands along it.
import { niceEdges } from "../many/ticks.ts";

export interface Scale {
  low: number;
  high: number;
  ticks: number[];
}

/** Where a value lies, 0 to 1. */
export const placed = ({ low, high }: Scale, x: number): number => (high > low ? (x - low) / (high - low) : 0.5);

const near = 0.25; // bars whose ends differ by less than this share of their length would all look alike

/** For bars: they begin at zero, unless that would hide what they are about. */
export function barScale(values: readonly number[], wanted = 4): Scale {
  const low = Math.min(...values),
    high = Math.max(...values);
  const isFar = Math.min(Math.abs(low), Math.abs(high)) > 0 && low * high > 0;
  const hides = isFar && high - low < near * Math.max(Math.abs(low), Math.abs(high));
  return hides ? scale(low, high, wanted) : scale(Math.min(0, low), Math.max(0, high), wanted);
}

/** For lines; `ends` are those of what is possible, such as 0 and 1 of a chance. */
export function lineScale(values: readonly number[], ends: readonly [number, number] | null = null, wanted = 4): Scale {
  const low = Math.min(...values),
    high = Math.max(...values);
  const made = scale(low, high, wanted);
  return ends && low >= ends[0] && high <= ends[1]
    ? { ...made, low: Math.max(made.low, ends[0]), high: Math.min(made.high, ends[1]), ticks: made.ticks.filter((x) => x >= ends[0] && x <= ends[1]) }
    : made;
}

function scale(low: number, high: number, wanted: number): Scale {
  if (!(high > low)) {
    const half = Math.abs(low) / 10 || 1;
    return { low: low - half, high: low + half, ticks: [low] };
  }
  const ticks = niceEdges(low, high, wanted);
  return { low: ticks[0]!, high: ticks.at(-1)!, ticks };
}
