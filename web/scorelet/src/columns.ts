/** Columns of a batch before they are scored: how many rows they have, and a range of them. */
import { fault } from "./error.js";
import type { InputColumn, InputColumns } from "./types.js";

/** The length that all columns have. */
export function rowsOf(columns: InputColumns): number {
  let rows = -1;
  let first = "";
  for (const [name, column] of Object.entries(columns)) {
    const length = isColumn(column) ? ("codes" in column ? column.codes : column).length : -1;
    if (length < 0) throw fault("badArgument", `The column "${name}" is neither an array, a typed array of numbers nor {codes, dictionary}.`, { field: name });
    if (rows >= 0 && length !== rows) throw fault("badArgument", `The column "${name}" has ${length} rows, "${first}" has ${rows}.`, { field: name });
    if (rows < 0) [rows, first] = [length, name];
  }
  if (rows < 0) throw fault("badArgument", "There is no column to score.");
  return rows;
}

/** The rows from `begin` to before `end`, copied; and the buffers that may be transferred. */
export function rangeOf(columns: InputColumns, begin: number, end: number): { columns: InputColumns; buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const owned = <T extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(copy: T): T => (buffers.push(copy.buffer), copy);
  const range = (column: InputColumn): InputColumn => {
    if ("codes" in column) return { codes: owned(new Int32Array(column.codes.subarray(begin, end))), dictionary: column.dictionary };
    if (ArrayBuffer.isView(column)) return owned(new Float64Array(column.subarray(begin, end)));
    return column.slice(begin, end);
  };
  return { columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, range(column)])), buffers };
}

function isColumn(x: unknown): x is InputColumn {
  if (Array.isArray(x)) return true;
  if (ArrayBuffer.isView(x)) return !(x instanceof DataView || x instanceof BigInt64Array || x instanceof BigUint64Array);
  return typeof x === "object" && x !== null && "codes" in x && x.codes instanceof Int32Array && "dictionary" in x && Array.isArray(x.dictionary);
}
