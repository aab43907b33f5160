// Ranges, as the pane reads and writes them.
import type { Pause } from "../scoring/pause.ts";
import { asWritten, cellsOf, letters, rowsAtOnce, withErrors, type Context } from "./excel.ts";

/** Rows and columns from 0. */
export interface Area {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export type Values = unknown[][];

export function addressOf({ row, column, rows, columns }: Area): string {
  const first = `${letters(column)}${row + 1}`;
  return rows === 1 && columns === 1 ? first : `${first}:${letters(column + columns - 1)}${row + rows}`;
}

/** As a formula on another sheet names it. */
export const fullAddressOf = (area: Area): string => `'${area.sheet.replaceAll("'", "''")}'!${addressOf(area)}`;

export const part = (area: Area, row: number, column: number, rows: number, columns: number): Area => ({
  sheet: area.sheet, row: area.row + row, column: area.column + column, rows, columns,
});

export function rangeOf(context: Context, area: Area): Excel.Range {
  return context.workbook.worksheets.getItem(area.sheet).getRange(addressOf(area));
}

function load(range: Excel.Range): void {
  range.load("rowIndex, columnIndex, rowCount, columnCount");
  range.worksheet.load("name");
}

const areaOf = (range: Excel.Range): Area => ({
  sheet: range.worksheet.name, row: range.rowIndex, column: range.columnIndex, rows: range.rowCount, columns: range.columnCount,
});

/** What is selected; and the filled cells around it. */
export async function selected(): Promise<{ selection: Area; region: Area }> {
  return Excel.run(async (context) => {
    const selection = context.workbook.getSelectedRange();
    const region = selection.getSurroundingRegion();
    load(selection);
    load(region);
    await context.sync();
    return { selection: areaOf(selection), region: areaOf(region) };
  });
}

/** In as many messages as it takes. */
export async function read(area: Area, pause: Pause = () => {}): Promise<Values> {
  const values: Values = [];
  await Excel.run(async (context) => {
    let atOnce = 100; // to see how large rows are
    for (let row = 0; row < area.rows; ) {
      const rows = Math.min(atOnce, area.rows - row);
      const range = rangeOf(context, part(area, row, 0, rows, area.columns));
      range.load("values");
      await context.sync();
      const got = withErrors(range.values);
      for (const line of got) values.push(line);
      if (row === 0) atOnce = rowsAtOnce(got, area.columns);
      row += rows;
      await pause();
    }
  });
  return values;
}

/** Values stay what they are; formulas are read by Excel. */
export async function write(area: Area, values: Values, property: "values" | "formulas" = "values"): Promise<void> {
  const atOnce = rowsAtOnce(values.slice(0, 100), area.columns);
  await Excel.run(async (context) => {
    for (let row = 0; row < area.rows; row += atOnce) {
      const rows = Math.min(atOnce, area.rows - row);
      const lines = values.slice(row, row + rows);
      rangeOf(context, part(area, row, 0, rows, area.columns))[property] = property === "formulas" ? lines : lines.map((line) => line.map(asWritten));
      await context.sync();
    }
  });
}

export async function isEmpty(area: Area): Promise<boolean> {
  return Excel.run(async (context) => {
    const used = rangeOf(context, area).getUsedRangeOrNullObject(true);
    used.load("isNullObject");
    await context.sync();
    return used.isNullObject;
  });
}

export async function select(area: Area): Promise<void> {
  await Excel.run(async (context) => {
    rangeOf(context, area).select();
    await context.sync();
  });
}

/** `address` of an event lies inside `area`, or covers a part of it. */
export function touches(area: Area, address: string): boolean {
  const m = /^([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?$/.exec(cellsOf(address));
  if (!m) return true;
  const columnOf = (text: string | undefined) => (text ? [...text].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1 : null);
  const left = columnOf(m[1]) ?? 0,
    right = columnOf(m[3] || m[1]) ?? Infinity;
  const top = m[2] ? Number(m[2]) - 1 : 0,
    bottom = m[4] || m[2] ? Number(m[4] || m[2]) - 1 : Infinity;
  return left < area.column + area.columns && right >= area.column && top < area.row + area.rows && bottom >= area.row;
}

/** Formulas are asked again: what they name is there now, or is no more. */
export async function recalculate(): Promise<void> {
  await Excel.run(async (context) => {
    context.application.calculate("Full");
    await context.sync();
  });
}
