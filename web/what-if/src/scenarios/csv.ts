// A table as CSV (RFC 4180) that a spreadsheet opens without running anything in it.

export type Cell = string | number | boolean | null;

const runs = /^[=+\-@\t\r]/; // what a spreadsheet takes for a formula
const plain = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

export const csv = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(written).join(",")}\r\n`).join("");

/** Numbers with all their digits; text that would run is led by an apostrophe, as spreadsheets mark text. */
function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = runs.test(cell) && !plain.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
