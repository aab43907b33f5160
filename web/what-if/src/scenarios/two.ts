// Two models asked about the same case: which fields they share, and whether they agree.
import type { InputField } from "scorelet";
import type { Answer, ClassChance } from "../answer.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { chanceOf, changeSince, type Change } from "../verdict.ts";
import { focusOf } from "./comparison.ts";

/** Fields are matched by name; only those that matter to a model are spoken of. */
export interface Match {
  shared: InputField[];
  /** The second model never looks at these. */
  onlyFirst: InputField[];
  /** The form of the first model does not have these. */
  onlySecond: InputField[];
}

export function matchFields(first: readonly InputField[], second: readonly InputField[]): Match {
  const used = (fields: readonly InputField[]) => fields.filter((f) => f.isUsed);
  const has = (fields: readonly InputField[], field: InputField) => fields.some((f) => f.name === field.name);
  return {
    shared: used(second).filter((f) => has(first, f)),
    onlyFirst: used(first).filter((f) => !has(used(second), f)),
    onlySecond: used(second).filter((f) => !has(first, f)),
  };
}

/** What two answers to one case say of each other. */
export interface Agreement {
  /** The figures of both: chances of one class, numbers, or words. */
  first: string;
  second: string;
  /** The class whose chance the figures are. */
  focus: ClassChance | undefined;
  /** Null where there is nothing to compare. */
  agree: boolean | null;
  /** Of the second from the first; null between words. */
  difference: Change | null;
}

export function agreementOf(first: Answer | null, second: Answer | null, asked: string | null): Agreement {
  const words = { first: wordOf(first), second: wordOf(second), focus: undefined, difference: null };
  if (!first || !second || first.kind !== second.kind || first.kind === "none") return { ...words, agree: null };
  const focus = focusOf(first, asked);
  const agree = String(first.predicted) === String(second.predicted); // one may write 1 where the other writes "1"
  const chance = chanceOf(second, focus);
  if (focus && chance !== undefined) {
    const figures = { first: format.chanceCell(focus.chance), second: format.chanceCell(chance) };
    return { ...figures, focus, agree, difference: changeSince(first, second, { ...focus, chance }) };
  }
  if (first.kind !== "number") return { ...words, agree };
  const [one, other] = format.numbersApart(first.predicted as number, second.predicted as number);
  return { ...words, first: one, second: other, agree, difference: changeSince(first, second, undefined) };
}

const wordOf = (answer: Answer | null): string => answer?.predictedLabel ?? t.answer.none;

/** The heading over both. `names` are those of the models. */
export function findingOfTwo(
  [one, other]: readonly [string, string],
  [first, second]: readonly [Answer | null, Answer | null],
  { agree, difference, focus, ...figures }: Agreement,
): string {
  const silent = [one, other].filter((_, i) => [first, second][i]?.kind === "none" || ![first, second][i]);
  if (silent.length) return t.two.silent(format.list(silent), silent.length);
  if (agree === null) return t.two.incomparable(one, figures.first, other, figures.second);
  const [word, otherWord] = [wordOf(first), wordOf(second)];
  if (!difference || difference.direction === 0)
    return agree ? t.two.same(difference ? figures.first : word) : t.two.disagree(one, word, other, otherWord);
  const higher = difference.direction > 0;
  if (!focus) return t.two.numbers(one, figures.first, other, figures.second, higher, difference.text);
  return agree
    ? t.two.agree(word, other, focus.label, higher, difference.text)
    : t.two.disagreeBy(one, word, other, otherWord, focus.label, difference.text);
}
