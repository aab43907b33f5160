// A prediction as the page speaks of it: a chance, a number or a word, its classes, and all other results.
import type { Description, Diagnostic, OutputValue, ResultField } from "scorelet";
import type { Scored } from "./engine/protocol.ts";
import * as format from "./format.ts";
import { seriesOf, type Series } from "./series.ts";
import { t } from "./texts.ts";

export interface ClassChance {
  value: string;
  label: string;
  chance: number;
}

export interface Answer {
  kind: "chance" | "number" | "series" | "word" | "none";
  target: string;
  isNamed: boolean; // false: the model names no target, so `target` is a word of this page
  predicted: OutputValue;
  predictedLabel: string;
  decision: string | null;
  series: Series | null;
  classes: ClassChance[]; // in the order of the document
  outputs: { field: ResultField; value: OutputValue }[];
  diagnostics: Diagnostic[];
}

export function readAnswer(description: Description, prediction: Scored): Answer {
  const { targets, results, info } = description;
  const { details } = prediction;
  const resultTarget = results.find((r) => r.kind === "target");
  const target = targets[0] ?? resultTarget;
  const given = (resultTarget ? prediction.values[resultTarget.name] : undefined) ?? details.predictedValue ?? null;
  const predicted = given ?? answerAmong(results, prediction.values);
  const listed = target?.values ?? [];
  const labelOf = (value: string) => listed.find((v) => v.value === value)?.displayValue ?? value;
  const decisionField = results.find((r) => r.feature === "decision" && r.isFinalResult);
  const decision = decisionField ? prediction.values[decisionField.name] : null;
  const named = target && target.name !== "_target" ? target : null;
  const series = info.functionName === "timeSeries" ? seriesOf(predicted, results, prediction.values) : null;
  return {
    kind: series ? "series" : kindOf(predicted, info.functionName, details.probability),
    target: named ? format.label(named) : (t.answer.unnamed[info.modelType] ?? t.answer.prediction),
    isNamed: named !== null,
    predicted,
    predictedLabel:
      predicted === null
        ? t.answer.none
        : typeof details.predictedDisplayValue === "string"
          ? details.predictedDisplayValue
          : showValue(predicted, labelOf),
    decision: decision === null || decision === undefined ? null : decisionText(decisionField!, decision),
    series,
    classes: classesOf(
      details.probability,
      listed.map((v) => v.value),
      labelOf,
    ),
    outputs: results
      .filter((r) => r !== resultTarget && r.isFinalResult)
      .map((field) => ({ field, value: prediction.values[field.name] ?? null })),
    diagnostics: prediction.diagnostics,
  };
}

/** What association rules answer is often found in their outputs alone. */
function answerAmong(results: readonly ResultField[], values: Scored["values"]): OutputValue {
  const answers = results.filter(
    (r) => r.isFinalResult && (r.feature === "predictedValue" || r.feature === "consequent"),
  );
  return answers.map((r) => values[r.name] ?? null).find((value) => value !== null) ?? null;
}

const decisionText = (field: ResultField, decision: OutputValue): string =>
  typeof decision === "boolean" ? `${format.label(field)}: ${showValue(decision)}` : String(decision);

function kindOf(predicted: OutputValue, functionName: string, probability: Record<string, number>): Answer["kind"] {
  if (predicted === null && !Object.keys(probability).length) return "none";
  if (Object.keys(probability).length) return "chance";
  return typeof predicted === "number" && functionName !== "classification" && functionName !== "clustering"
    ? "number"
    : "word";
}

function classesOf(
  probability: Record<string, number>,
  order: string[],
  labelOf: (value: string) => string,
): ClassChance[] {
  const names = Object.keys(probability);
  const known = order.filter((v) => names.includes(v));
  return [...known, ...names.filter((n) => !known.includes(n))]
    .map((value) => ({ value, label: labelOf(value), chance: probability[value]! }))
    .filter((c) => Number.isFinite(c.chance));
}

/** The classes whose chance is no named result as well. */
export const unnamedClasses = ({ classes, outputs }: Answer): ClassChance[] =>
  outputs.some(({ field }) => field.feature === "probability") ? [] : classes;

/** A value of any result in prose. */
export function showValue(value: OutputValue, labelOf: (value: string) => string = (v) => v): string {
  if (value === null) return t.outputs.nothing;
  if (Array.isArray(value))
    return value.length ? format.list(value.map((v) => showValue(v, labelOf))) : t.outputs.nothing;
  if (typeof value === "boolean") return value ? t.yes : t.no;
  return typeof value === "number" ? format.brief(value, 6) : labelOf(value);
}

/** The most likely class; the first of equals. */
export function mostLikely(classes: readonly ClassChance[]): ClassChance | undefined {
  return classes.reduce<ClassChance | undefined>((best, c) => (best && best.chance >= c.chance ? best : c), undefined);
}

const affirmative = /^(1|1\.0|yes|y|true|t)$/i;

/** Of two answers the affirmative one is asked about, else usually the second (good, bad); of more, the most likely. */
export function usualFocus(classes: readonly ClassChance[]): string | null {
  if (classes.length !== 2) return null;
  return (classes.find((c) => affirmative.test(c.value)) ?? classes[1]!).value;
}
