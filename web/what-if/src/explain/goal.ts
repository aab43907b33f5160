// What to try of the values that reach a target.
import type { Goal, OutputValue } from "scorelet";
import type { CaseValue } from "../domain.ts";

export type Reach = Goal["ranges"][number];

/** The end nearest to `now`, rounded to whole steps of `fine` towards the inside. */
export function nearest({ from, to }: Reach, now: CaseValue, fine: number): OutputValue {
  if (typeof from !== "number" || typeof to !== "number") return from;
  const x = typeof now === "number" ? now : from;
  if (x >= from && x <= to) return x;
  const steps = x < from ? Math.ceil(from / fine - 1e-9) : Math.floor(to / fine + 1e-9);
  // Dividing by a whole number keeps 0.3 from becoming 0.30000000000000004.
  const rounded = Number((fine < 1 ? steps / Math.round(1 / fine) : steps * fine).toPrecision(15));
  return rounded >= from && rounded <= to ? rounded : x < from ? from : to;
}

/** What is looked for at first: beyond the limit if there is one, else clearly less or more than now. */
export function usualTarget(now: number, limit: number | null, isChance: boolean): { target: number; relation: "<=" | ">=" } {
  if (limit !== null) return { target: limit, relation: now >= limit ? "<=" : ">=" };
  if (isChance) {
    if (now > 0.5) return { target: 0.5, relation: "<=" };
    const half = Math.max(0.01, Number((now / 2).toPrecision(1)));
    return { target: half, relation: "<=" };
  }
  return { target: Number((now * 0.9).toPrecision(2)), relation: now > 0 ? "<=" : ">=" };
}
