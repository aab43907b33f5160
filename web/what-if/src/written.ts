// A result of a model in a cell of a table.
import type { OutputValue, ResultField } from "scorelet";
import { showValue } from "./answer.ts";
import * as format from "./format.ts";
import { t } from "./texts.ts";

const few = 12; // items of a list

/** The items of a list stand on lines of their own. */
function lines(items: OutputValue[], show: (item: OutputValue) => string, most = items.length): string {
  const shown = items.slice(0, most).map(show);
  if (items.length > most) shown.push(t.outputs.more(items.length - most));
  return shown.length ? shown.join("\n") : t.outputs.nothing;
}

/** For a cell of a table. */
export function briefly(field: ResultField, value: OutputValue): string {
  if (Array.isArray(value)) return lines(value, (item) => briefly(field, item), few);
  if (field.feature === "probability" && typeof value === "number") return format.chanceCell(value);
  return showValue(value, (text) => text.replace(/^(\{.*\})->(\{.*\})$/, "$1 → $2"));
}

/** With every digit. */
export function exactly(value: OutputValue): string {
  if (Array.isArray(value)) return lines(value, exactly);
  return value === null ? t.outputs.nothing : String(value);
}

export const resultName = (field: ResultField): string =>
  field.name === "_rules" ? t.outputs.rules : format.label(field);
