import type { InputColumn, InputColumns } from "scorelet";

/** Some of the rows, as views where that is possible. */
export function rangeOf(columns: InputColumns, begin: number, end: number): InputColumns {
  const range = (column: InputColumn): InputColumn =>
    "codes" in column ? { codes: column.codes.subarray(begin, end), dictionary: column.dictionary } : ArrayBuffer.isView(column) ? column.subarray(begin, end) : column.slice(begin, end);
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, range(column)]));
}
