// Results as Excel shows them: a value, or an error with its reason.
import type { Diagnostic, OutputValue } from "scorelet";
import { noAnswer, type Fault } from "../fault.ts";
import { w } from "../texts/texts.ts";

export type Answer = number | string | boolean | Fault;

const longest = 32_767; // characters of a cell

/** `isPrediction`: a record without one has no answer; any other result may be empty. */
export function answerOf(value: OutputValue | undefined, diagnostics: readonly Diagnostic[], isPrediction: boolean): Answer {
  if (value === null || value === undefined) {
    const reasons = diagnostics.filter((d) => d.severity === "error").map((d) => d.message);
    if (reasons.length) return noAnswer(reasons.join(" "));
    return isPrediction ? noAnswer(w.fault.noPrediction) : "";
  }
  if (typeof value === "number" && !Number.isFinite(value)) return noAnswer(w.fault.tooLarge);
  if (Array.isArray(value)) return textOf(value).slice(0, longest);
  return typeof value === "string" ? value.slice(0, longest) : value;
}

const textOf = (value: OutputValue): string => (Array.isArray(value) ? value.map(textOf).join("; ") : String(value ?? ""));
