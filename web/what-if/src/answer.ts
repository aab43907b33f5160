// A prediction as the page speaks of it: a chance, a number or a word, its classes, and all other results.
import type { Description, OutputValue, Prediction, ResultField } from "scorelet";
import * as format from "./format.ts";
import { t } from "./texts.ts";

export interface ClassChance {
  value: string;
  label: string;
  chance: number;
}

export interface Answer {
  kind: "chance" | "number" | "word" | "none";
  target: string;
  predicted: OutputValue;
  predictedLabel: string;
  decision: string | null;
  classes: ClassChance[]; // in the order of the document
  outputs: { field: ResultField; value: OutputValue }[];
  diagnostics: Prediction["diagnostics"];
}

export function readAnswer(description: Description, prediction: Prediction): Answer {
  const { targets, results, info } = description;
  const details = prediction.details();
  const resultTarget = results.find((r) => r.kind === "target");
  const target = targets[0] ?? resultTarget;
  const predicted = (resultTarget ? prediction.values[resultTarget.name] : undefined) ?? details.predictedValue ?? null;
  const listed = target?.values ?? [];
  const labelOf = (value: string) => listed.find((v) => v.value === value)?.displayValue ?? value;
  const decisionField = results.find((r) => r.feature === "decision" && r.isFinalResult);
  const decision = decisionField ? prediction.values[decisionField.name] : null;
  return {
    kind: kindOf(predicted, info.functionName, details.probability),
    target:
      target && target.name !== "_target"
        ? format.label(target)
        : info.functionName === "clustering"
          ? t.answer.cluster
          : t.answer.prediction,
    predicted,
    predictedLabel:
      predicted === null
        ? t.answer.none
        : typeof details.predictedDisplayValue === "string"
          ? details.predictedDisplayValue
          : showValue(predicted, labelOf),
    decision: decision === null || decision === undefined ? null : String(decision),
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
