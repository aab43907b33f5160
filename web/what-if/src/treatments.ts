// What the model does with a value that is missing, invalid or outlying, in words.
import type { InputField } from "scorelet";
import { validValues } from "./domain.ts";
import * as format from "./format.ts";
import { standIn } from "./remarks.ts";
import { t } from "./texts.ts";

export function treatmentsOf(field: InputField): string[] {
  const words = [missing(field)];
  if (validValues(field).length || field.intervals.length) words.push(invalid(field));
  if (field.lowValue !== undefined || field.highValue !== undefined) words.push(outlying(field));
  return words.filter((w) => w !== "");
}

function missing(field: InputField): string {
  if (field.missingValueReplacement !== undefined)
    return t.treatment.missingReplaced(standIn(field, field.missingValueReplacement));
  return field.missingValueTreatment === "returnInvalid" ? t.treatment.missingRefused : t.treatment.missingHandled;
}

function invalid(field: InputField): string {
  switch (field.invalidValueTreatment) {
    case "asMissing":
      return t.treatment.invalidMissing;
    case "asIs":
      return t.treatment.invalidAsIs;
    case "asValue":
      return t.treatment.invalidReplaced(standIn(field, field.invalidValueReplacement ?? ""));
    default:
      return t.treatment.invalidRefused;
  }
}

function outlying({ outliers, lowValue, highValue }: InputField): string {
  const [low, high] = [lowValue, highValue].map((x) => (x === undefined ? "" : format.number(x)));
  const range = low && high ? t.form.between(low, high) : low ? t.form.from(low) : t.form.upTo(high!);
  if (outliers === "asExtremeValues") return t.treatment.outlierCut(range);
  return outliers === "asMissingValues" ? t.treatment.outlierMissing(range) : "";
}
