// The finding about an answer, and how far it is from another.
import { mostLikely, type Answer, type ClassChance } from "./answer.ts";
import * as format from "./format.ts";
import { t, type Message } from "./texts.ts";

const tooClose = 0.02; // two chances nearer than this are told as a tie

/** How far an answer is from the start. */
export interface Change {
  direction: -1 | 0 | 1;
  text: string;
}

/** In points for the chance of a class, in the target's own units for a number; null if there is nothing to compare. */
export function changeSince(start: Answer, now: Answer, focus: ClassChance | undefined): Change | null {
  if (focus) {
    const before = chanceOf(start, focus);
    if (before === undefined) return null;
    const text = format.pointsFigure(focus.chance - before);
    const direction = text === format.pointsFigure(0) ? 0 : focus.chance > before ? 1 : -1;
    return { direction, text: t.answer.points(text) };
  }
  if (now.kind !== "number" || typeof start.predicted !== "number" || typeof now.predicted !== "number") return null;
  const difference = now.predicted - start.predicted;
  return { direction: Math.sign(difference) as Change["direction"], text: format.brief(Math.abs(difference)) };
}

/** The chance that another answer gives to the same class. */
export function chanceOf(answer: Answer, focus: ClassChance | undefined): number | undefined {
  return answer.classes.find((c) => c.value === focus?.value)?.chance;
}

/** The decision if the model makes one, else what its classes, its word or its number say. */
export function findingOf(answer: Answer, change: Change | null, changed: boolean): Message {
  if (answer.decision !== null) return t.answer.decision(answer.decision);
  if (answer.kind === "chance") return findingOfClasses(answer);
  if (answer.series) return spanOf(answer.series.values);
  if (answer.kind === "word" || (!change && changed)) return t.answer.answers(answer.predictedLabel);
  if (!change) return t.answer.begin;
  if (change.direction === 0) return t.answer.same;
  return change.direction > 0 ? t.answer.up(change.text) : t.answer.down(change.text);
}

/** What the figure of an answer is. */
export function titleOf(answer: Answer, focus: ClassChance | undefined): string {
  if (focus) return t.answer.chance(answer.target, focus.label);
  if (answer.kind === "series") return t.series.next(answer.target);
  return answer.kind === "number" && answer.isNamed ? t.answer.value(answer.target) : answer.target;
}

/** Where a forecast goes. */
export function spanOf(steps: readonly number[]): Message {
  const known = steps.filter((x) => !Number.isNaN(x));
  const at = (x: number) => ({ value: format.brief(x), step: steps.indexOf(x) + 1 });
  if (known.length < 2) return t.series.one(format.brief(known[0]!));
  const span = { from: at(steps[0]!).value, to: at(steps.at(-1)!).value, steps: steps.length };
  return t.series.span(span, at(Math.min(...known)), at(Math.max(...known)));
}

function findingOfClasses(answer: Answer): Message {
  const likely = mostLikely(answer.classes)!;
  const second = mostLikely(answer.classes.filter((c) => c !== likely));
  if (!isClass(answer.predicted, likely.value))
    return t.answer.against(answer.target, answer.predictedLabel, likely.label);
  if (second && likely.chance - second.chance < tooClose) return t.answer.close(likely.label, second.label);
  return t.answer.mostLikely(answer.target, likely.label, format.chance(likely.chance));
}

/** A numeric target predicts 1 where its class is written "1.0". */
function isClass(predicted: Answer["predicted"], value: string): boolean {
  return (
    predicted === null ||
    Array.isArray(predicted) ||
    String(predicted) === value ||
    (typeof predicted === "number" && Number(value) === predicted)
  );
}

/** Why a row has no complete answer. */
export function rowReason(d: { code: string; message: string; field?: string }): string {
  const field = d.field ? format.label({ name: d.field }) : "";
  if (d.code === "invalidValue" && field) return t.row.invalidValue(field);
  if (d.code === "missingValue" && field) return t.row.missingValue(field);
  if (d.code === "unknownField" && field) return t.row.unknownField(field);
  return d.code === "functionError" ? t.row.functionError(d.message) : d.message;
}
