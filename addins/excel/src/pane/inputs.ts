// Cells to fill in for a model: names beside values, with limits and drop-downs from the model itself.
import type { InputField } from "scorelet";
import { kindOf, validValues } from "../../../../web/what-if/src/domain.ts";
import * as format from "../../../../web/what-if/src/format.ts";
import { asText, type Context } from "../host/excel.ts";
import { part, rangeOf, type Area } from "../host/sheet.ts";
import { w } from "../texts/texts.ts";

/** The shade of cells to be changed, as in the pane. */
export const shade = "#E8F3EB";
const longestList = 255; // characters of a list in a rule

/** A name that functions find the field by: the label, where no other field has it. */
export function nameOf(field: InputField, fields: readonly InputField[]): string {
  const label = format.label(field);
  return fields.some((f) => f !== field && (format.label(f) === label || f.name === label)) ? field.name : label;
}

export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Two columns, names and values; gives the area of the values. */
export function writeInputs(context: Context, area: Area, fields: readonly InputField[], values: readonly (string | number | boolean)[]): Area {
  const cells = part(area, 0, 1, fields.length, 1);
  rangeOf(context, part(area, 0, 0, fields.length, 1)).values = fields.map((field) => [asText(nameOf(field, fields))]);
  const inputs = rangeOf(context, cells);
  inputs.values = values.map((value) => [value]);
  inputs.format.fill.color = shade;
  for (const [i, field] of fields.entries()) limit(rangeOf(context, part(cells, i, 0, 1, 1)), field);
  return cells;
}

/** A value that the model refuses is stopped, another unusual one warned of. */
export function limit(range: Excel.Range, field: InputField): void {
  const rule = ruleOf(field);
  if (!rule) return;
  const { dataValidation } = range;
  dataValidation.rule = rule;
  dataValidation.ignoreBlanks = true;
  dataValidation.errorAlert = {
    title: w.pane.title, message: w.build.error(format.label(field)), showAlert: true,
    style: field.invalidValueTreatment === "returnInvalid" ? "Stop" : "Warning",
  };
}

export function ruleOf(field: InputField): Excel.DataValidationRule | null {
  const kind = kindOf(field);
  if (kind === "choice" || kind === "steps") {
    const source = validValues(field).map((v) => v.value);
    const fits = source.every((v) => !v.includes(",")) && source.join(",").length <= longestList;
    return fits ? { list: { inCellDropDown: true, source: source.join(",") } } : null;
  }
  if (kind === "boolean") return { list: { inCellDropDown: true, source: "TRUE,FALSE" } };
  const [interval, ...more] = field.intervals;
  if (kind !== "number" || !interval || more.length) return null;
  const { left, right } = interval;
  const both = left !== null && right !== null;
  if (left === null && right === null) return null;
  const between = {
    formula1: left ?? right!,
    ...(both && { formula2: right }),
    operator: both ? ("Between" as const) : left !== null ? ("GreaterThanOrEqualTo" as const) : ("LessThanOrEqualTo" as const),
  };
  return field.dataType === "integer" ? { wholeNumber: between } : { decimal: between };
}
