// What a comparison of cases says: where they differ, how far their answers are apart, and the finding in one sentence.
import type { InputField } from "scorelet";
import { mostLikely, usualFocus, type Answer, type ClassChance } from "../answer.ts";
import { same, heldIn } from "../case.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { changeSince, chanceOf, type Change } from "../verdict.ts";
import type { Column } from "./scenarios.ts";

/** A case with what the model answers to it: null if it cannot be asked, undefined while that is still to come. */
export interface Compared extends Column {
  readonly answer: Answer | null | undefined;
}

/** Stands where an answer is still to come. */
export const pending = "…";

/** The class whose chance is compared: the one asked about, else the usual one. */
export function focusOf(answer: Answer | null | undefined, asked: string | null): ClassChance | undefined {
  const classes = answer?.classes ?? [];
  const value = asked ?? usualFocus(classes);
  return classes.find((c) => c.value === value) ?? mostLikely(classes);
}

/** The fields that some column has another value for than the first, and the others. */
export function split(
  fields: readonly InputField[],
  columns: readonly Column[],
): { different: InputField[]; equal: InputField[] } {
  const used = fields.filter((f) => f.isUsed);
  const different = used.filter((f) => columns.some((column) => differs(f, columns[0]!, column)));
  return { different, equal: used.filter((f) => !different.includes(f)) };
}

export const differs = (field: InputField, a: Column, b: Column): boolean =>
  !same(heldIn(field, a.values), heldIn(field, b.values));

/** How far a column's answer is from that of the first. */
export function changeFrom(first: Compared, column: Compared, focus: ClassChance | undefined): Change | null {
  if (column === first || !first.answer || !column.answer) return null;
  const now = focus && column.answer.classes.find((c) => c.value === focus.value);
  return focus && !now ? null : changeSince(first.answer, column.answer, now);
}

/** The heading of a comparison. */
export function finding(columns: readonly Compared[], asked: string | null): string {
  const [first, ...others] = columns as [Compared, ...Compared[]];
  if (!others.length) return t.compare.alone;
  if (columns.some((column) => column.answer === undefined)) return t.compare.working;
  if (!first.answer || first.answer.kind === "none") return t.compare.nothing(first.name);
  const focus = focusOf(first.answer, asked);
  const numbers = others
    .toSorted((a, b) => Number(a.at === null) - Number(b.at === null))
    .flatMap((column) => {
      const now = numberOf(column.answer, focus);
      return now === undefined ? [] : [{ name: subject(column), now }];
    });
  const before = numberOf(first.answer, focus);
  if (before === undefined || !numbers.length) return findingOfWords(first, others);
  const far = (x: { now: number }) => Math.abs(x.now - before);
  const most = numbers.reduce((a, b) => (far(b) > far(a) ? b : a));
  const apart = focus ? format.chancesApart : format.numbersApart;
  const [from, to] = apart(before, most.now);
  const what = focus ? t.compare.chance(first.answer.target, focus.label) : t.compare.value(first.answer.target);
  if (from === to) return t.compare.same(what, from);
  const say = most.now > before ? t.compare.raises : t.compare.lowers;
  return say(most.name, what, from, to, others.length > 1);
}

/** The name of a column where a sentence begins with it. */
const subject = (column: Column): string => (column.at === null ? t.compare.present : column.name);

function numberOf(answer: Answer | null | undefined, focus: ClassChance | undefined): number | undefined {
  if (!answer) return undefined;
  if (focus) return chanceOf(answer, focus);
  return answer.kind === "number" ? (answer.predicted as number) : undefined;
}

function findingOfWords({ name, answer }: Compared, others: readonly Compared[]): string {
  const other = others.filter((column) => column.answer?.predictedLabel !== answer!.predictedLabel);
  if (!other.length) return t.compare.sameAnswer(answer!.predictedLabel);
  return other.length === 1 && others.length === 1 && other[0]!.answer
    ? t.compare.turns(subject(other[0]!), answer!.predictedLabel, other[0]!.answer.predictedLabel)
    : t.compare.differ(format.list(other.map((column) => column.name)), other.length, name);
}
