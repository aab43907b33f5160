// How this view writes its figures.
import * as format from "../../format.ts";
import type { Subject } from "../../many/protocol.ts";
import type { Measure } from "../../many/verdicts.ts";

export const count = (n: number): string => format.number(Math.round(n));

/** A share as whole percent, or with a decimal where that says more. */
export const percent = (p: number): string => format.chance(p, p > 0.095 && p < 0.905 ? 0 : 1);

/** A limit near others must not be rounded onto them. */
export const limit = (p: number): string => format.chance(p, Math.abs(p * 100 - Math.round(p * 100)) < 0.005 ? 0 : 1);

export const figure = (x: number): string => format.brief(x, 3);

export const measured = (measure: Measure, x: number): string =>
  measure === "accuracy" ? format.chanceCell(x) : measure === "mae" ? format.brief(x) : format.fixed(x, 3);

/** A score of the subject: a chance as percent, a number as it is. */
export const scored = (subject: Subject, x: number): string =>
  subject.kind === "chance" ? format.chanceCell(x) : format.brief(x);
