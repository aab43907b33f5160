// Cells of a table as the model takes them, and results as cells.
import type { ColumnResult, InputColumn, InputField, OutputValue, ResultField } from "scorelet";

const numbers = new Set(["double", "float", "integer"]);
const withComma = /^\s*[-+]?(\d{1,3}(\.\d{3})+|\d+),\d+\s*$/;
const grouped = /^\s*[-+]?\d{1,3}(\.\d{3})+\s*$/;
const withPoint = /^\s*[-+]?\d*\.\d+([eE][-+]?\d+)?\s*$/;

export const holdsNumbers = (field: InputField): boolean => numbers.has(field.dataType);

/** True if these cells of number fields are written with commas for decimals, as spreadsheets of many languages do. */
export function hasDecimalCommas(cells: readonly string[]): boolean {
  return cells.some((c) => withComma.test(c)) && !cells.some((c) => withPoint.test(c) && !grouped.test(c));
}

/** A number as the core writes it. */
export function withoutComma(cell: string): string {
  return withComma.test(cell) || grouped.test(cell) ? cell.replaceAll(".", "").replace(",", ".") : cell;
}

/**
 * A plain number, or NaN for what the core must judge itself: text, blanks, hexadecimal (which only JavaScript takes), and
 * for whole-number fields anything but digits.
 */
function plainNumber(cell: string, isWhole: boolean): number {
  const first = cell.charCodeAt(0),
    second = cell.charCodeAt(1),
    last = cell.charCodeAt(cell.length - 1);
  if (first <= 32 || first > 57 || last < 46 || last > 57) return NaN;
  if (second > 57 && second !== 69 && second !== 101) return NaN; // but an exponent
  const x = Number(cell);
  if (!Number.isFinite(x) || (isWhole && !/^[-+]?\d{1,15}$/.test(cell))) return NaN;
  return x;
}

/** A column of cells for a field; an empty cell is missing. */
export function columnOf(field: InputField, cells: string[], decimalCommas: boolean): InputColumn {
  if (!holdsNumbers(field)) return codesOf(cells);
  if (decimalCommas) cells = cells.map(withoutComma);
  const isWhole = field.dataType === "integer";
  const values = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    const x = cell === "" ? NaN : plainNumber(cell, isWhole);
    if (Number.isNaN(x) && cell !== "") return codesOf(cells);
    values[i] = x;
  }
  return values;
}

function codesOf(cells: readonly string[]): InputColumn {
  const known = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    if (cell === "") return -1;
    const code = known.get(cell);
    if (code !== undefined) return code;
    known.set(cell, known.size);
    return known.size - 1;
  });
  return { codes, dictionary: [...known.keys()] };
}

/** A result as `scorelet score` writes it (docs/output-contract.md), before any quoting. */
export function resultText(value: OutputValue): string {
  if (value === null) return "";
  if (typeof value === "number") return numberText(value);
  return Array.isArray(value) ? JSON.stringify(value.map(forJson)) : String(value);
}

const numberText = (x: number): string => (Number.isFinite(x) ? String(x === 0 ? 0 : x) : x > 0 ? "INF" : "-INF");
const forJson = (value: OutputValue): unknown => {
  if (Array.isArray(value)) return value.map(forJson);
  return typeof value === "number" ? (Number.isFinite(value) ? value : numberText(value)) : value;
};

/** The results of a batch that go into the file, one list of values a column. */
export const resultsOf = (fields: readonly ResultField[]): ResultField[] => fields.filter((f) => f.isFinalResult);
export const valuesOf = (result: ColumnResult, fields: readonly ResultField[]): OutputValue[][] =>
  fields.map((f) => result.values(f.name));
