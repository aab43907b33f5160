// What a cell means for a field of the model (docs/values.md). The answer is a number, a text, null for missing, or an
// error of Excel that spoils the row: whether a value is valid is for the model to say.
import type { InputField } from "scorelet";
import { dateOf, dateTimeOf, timeOf } from "./dates.ts";
import { textNumber, type Signs } from "./numbers.ts";

/** How the workbook writes numbers and counts days. */
export interface Writing extends Signs {
  is1904: boolean;
}

/** A cell that holds an error of Excel. */
export class CellError {
  constructor(readonly code: string) {}
}

export type Value = number | string | null | CellError;
export type Reader = (cell: unknown) => Value;

const numeric = new Set(["integer", "float", "double"]);
const counted = /Since|timeSeconds/;

/** The plain content of a cell: what custom functions get as error or data-type objects is unwrapped. */
export function contentOf(cell: unknown): number | string | boolean | null | CellError {
  if (typeof cell === "number") return Number.isNaN(cell) ? null : cell;
  if (typeof cell === "string" || typeof cell === "boolean") return cell;
  if (cell === null || cell === undefined || typeof cell !== "object") return null;
  const { code, type, basicValue } = cell as { code?: unknown; type?: unknown; basicValue?: unknown };
  if (type === "Error" || type === "error") return new CellError(String(basicValue ?? "#VALUE!"));
  if (typeof code === "string" && code.startsWith("#")) return new CellError(code);
  if (basicValue === undefined) return null;
  return contentOf(basicValue);
}

/** How cells of a field's column are read. */
export function readerOf(field: InputField, writing: Writing): Reader {
  const { dataType } = field;
  const text = textReader(field);
  if (dataType === "boolean") return read(booleanOf, (s) => booleanText(s) ?? text(s));
  if (numeric.has(dataType) || counted.test(dataType)) return read(Number, (s) => textNumber(s, writing) ?? s.trim());
  const serial = serialReader(dataType, writing.is1904);
  if (serial) return read((x) => (typeof x === "number" ? (serial(x) ?? String(x)) : booleanOf(x)), (s) => s.trim());
  return read((x) => text(typeof x === "number" ? String(x) : booleanOf(x)), text);
}

/** A blank cell, one of spaces and #N/A ("not available") are missing; any other error stays one. */
function read(plain: (x: number | boolean) => Value, text: (s: string) => Value): Reader {
  return (cell) => {
    const x = contentOf(cell);
    if (typeof x === "number" || typeof x === "boolean") return plain(x);
    if (typeof x === "string") return x.trim() === "" ? null : text(x);
    return x instanceof CellError && x.code === "#N/A" ? null : x;
  };
}

const booleanOf = (x: number | boolean): string => (x === true || x === 1 ? "true" : x === false || x === 0 ? "false" : String(x));

function booleanText(text: string): string | null {
  const word = text.trim().toLowerCase();
  return word === "true" || word === "1" ? "true" : word === "false" || word === "0" ? "false" : null;
}

function serialReader(dataType: string, is1904: boolean): ((serial: number) => string | null) | null {
  if (dataType === "date") return (x) => dateOf(x, is1904);
  if (dataType === "dateTime") return (x) => dateTimeOf(x, is1904);
  return dataType === "time" ? timeOf : null;
}

/**
 * A listed value may be written in other capitals, with spaces around it, or, where values are figures, as a number
 * ("01" as 1), as long as only one is meant.
 */
function textReader({ values }: InputField): (text: string) => string {
  const listed = new Set(values.map((v) => v.value));
  const loose = new Map<string, string | null>();
  const offer = (key: string, value: string) => loose.set(key, loose.has(key) && loose.get(key) !== value ? null : value);
  for (const { value } of values) {
    offer(value.trim().toLowerCase(), value);
    const x = Number(value);
    if (value.trim() !== "" && Number.isFinite(x) && String(x) !== value.trim().toLowerCase()) offer(String(x), value);
  }
  return (text) => (listed.has(text) ? text : (loose.get(text.trim().toLowerCase()) ?? text));
}
