// The number that is explained, and how it is told: a chance in percent and its differences in points, or a number.
import type { Quantity } from "scorelet";
import type { Answer, ClassChance } from "../answer.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";

export interface Measure {
  readonly quantity: Quantity;
  readonly isChance: boolean;
  /** What the number is: "chance that Default is yes". */
  readonly name: string;
  /** What stands above a column of differences. */
  readonly unit: string;
  value(x: number): string;
  /** In a table, beside others. */
  cell(x: number): string;
  /** At the end of a bar, without a unit. */
  mark(x: number): string;
  /** With its sign. */
  difference(x: number): string;
  tick(x: number, isLast: boolean): string;
  /** True if the difference is too small to be told. */
  isNothing(x: number): boolean;
}

/** Null where there is no single number to explain. `usual` is an answer of the size that such answers have. */
export function measureOf(answer: Answer, focus: ClassChance | undefined, usual: Answer = answer): Measure | null {
  if (answer.kind === "chance" && focus) return ofChance(answer, focus);
  return answer.kind === "number" ? ofNumber(answer, usual) : null;
}

const signed = (text: string, x: number): string => (x > 0 ? `+${text}` : text);

function ofChance({ target }: Answer, { value, label }: ClassChance): Measure {
  return {
    quantity: { kind: "probability", name: value },
    isChance: true,
    name: t.why.chance(target, label),
    unit: t.why.points,
    value: (p) => format.chance(p),
    cell: (p) => format.fixed(p * 100, 1),
    mark: (p) => format.chanceFigure(p),
    difference: (p) => signed(format.fixed(p * 100, 1), p),
    tick: (p, isLast) => (isLast ? t.percent(format.brief(p * 100)) : format.brief(p * 100)),
    isNothing: (p) => Math.abs(p) < 0.0005,
  };
}

function ofNumber({ target, predicted }: Answer, usual: Answer): Measure {
  // Of a result that is next to nothing no long row of noughts.
  const decimals = Math.min(decimalsFor(Number(predicted)), decimalsFor(Number(usual.predicted)) + 2);
  return {
    quantity: { kind: "prediction" },
    isChance: false,
    name: t.why.number(target),
    unit: t.why.difference,
    value: (x) => format.brief(x),
    cell: (x) => format.fixed(x, decimals),
    mark: (x) => format.brief(x, 3),
    difference: (x) => signed(format.fixed(x, decimals), x),
    tick: (x) => (Math.abs(x) >= 1e4 ? format.compact(x) : format.brief(x)),
    isNothing: (x) => Math.abs(x) < 0.5 * 10 ** -decimals,
  };
}

/** Four significant digits of a number of this size. */
const decimalsFor = (x: number): number => {
  const size = Math.abs(x) > 0 && Number.isFinite(x) ? Math.floor(Math.log10(Math.abs(x))) : 0;
  return Math.min(8, Math.max(0, 3 - size));
};
