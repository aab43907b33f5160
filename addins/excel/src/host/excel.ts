// Talking with Excel: every message has at most 5 MB on the web, so what is large goes in several.
export type Context = Excel.RequestContext;

/** Bytes of one message, with room for what travels around values. */
export const mostBytes = 3_500_000;

/** What values take in a message, about: a number up to 20 characters, text its own. */
export function bytesOf(rows: readonly (readonly unknown[])[]): number {
  let bytes = 0;
  for (const row of rows) for (const cell of row) bytes += typeof cell === "string" ? cell.length * 3 + 3 : 20;
  return bytes;
}

/** How many rows go in one message; `sample` are some of them. */
export function rowsAtOnce(sample: readonly (readonly unknown[])[], columns: number): number {
  const perRow = sample.length ? bytesOf(sample) / sample.length : columns * 24;
  return Math.max(1, Math.floor(mostBytes / Math.max(perRow * 1.5, columns * 20)));
}

/** "AB" of 27. */
export function letters(column: number): string {
  let text = "";
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) text = String.fromCharCode(65 + ((n - 1) % 26)) + text;
  return text;
}

/** Without the name of the sheet and without dollar signs. */
export const cellsOf = (address: string): string => address.slice(address.lastIndexOf("!") + 1).replaceAll("$", "");

/** An error of Excel that a range's values tell as text. */
const errors = new Set(["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!", "#BLOCKED!", "#BUSY!", "#CONNECT!", "#FIELD!", "#UNKNOWN!"]);

/** `Range.values` has text where a cell shows an error. */
export const withErrors = (values: readonly (readonly unknown[])[]): unknown[][] =>
  values.map((row) => row.map((cell) => (typeof cell === "string" && errors.has(cell) ? { type: "Error", basicValue: cell } : cell)));

/**
 * Excel reads a text that is written as if it were typed: "=…" becomes a formula, "1-2" a date, "01" a number. Behind an
 * apostrophe it stays what it is.
 */
export const asText = (text: string): string => (text === "" ? "" : `'${text}`);
export const asWritten = <T>(cell: T): T | string => (typeof cell === "string" ? asText(cell) : cell);
