// Cells that are followed wherever they go: Excel keeps a binding through inserted rows, and with the workbook.
import type { Context } from "./excel.ts";
import { rangeOf, type Area } from "./sheet.ts";

export interface Bound {
  readonly area: Area;
  readonly sheetId: string;
  /** In the order of rows, or of columns. */
  readonly cells: unknown[];
}

export async function bind(id: string, area: Area): Promise<void> {
  await Excel.run(async (context) => {
    const old = context.workbook.bindings.getItemOrNullObject(id);
    old.load("isNullObject");
    await context.sync();
    if (!old.isNullObject) old.delete();
    context.workbook.bindings.add(rangeOf(context, area), "Range", id);
    await context.sync();
  });
}

export async function unbind(id: string): Promise<void> {
  await Excel.run(async (context) => {
    const old = context.workbook.bindings.getItemOrNullObject(id);
    old.load("isNullObject");
    await context.sync();
    if (!old.isNullObject) old.delete();
    await context.sync();
  });
}

/** Null where nothing is bound. Throws where the cells are gone. */
export async function bound(id: string): Promise<Bound | null> {
  return Excel.run(async (context) => {
    const range = await rangeBound(context, id);
    if (!range) return null;
    range.load("values, rowIndex, columnIndex, rowCount, columnCount");
    range.worksheet.load("name, id");
    await context.sync();
    const { rowIndex, columnIndex, rowCount, columnCount, worksheet } = range;
    const area = { sheet: worksheet.name, row: rowIndex, column: columnIndex, rows: rowCount, columns: columnCount };
    return { area, sheetId: worksheet.id, cells: range.values.flat() };
  });
}

/** Writes single cells of it, and nothing else. */
export async function writeBound(id: string, cells: readonly { index: number; cell: string | number | boolean }[]): Promise<void> {
  await Excel.run(async (context) => {
    const range = await rangeBound(context, id);
    if (!range) return;
    range.load("rowCount");
    await context.sync();
    for (const { index, cell } of cells) (range.rowCount > 1 ? range.getCell(index, 0) : range.getCell(0, index)).values = [[cell]];
    await context.sync();
  });
}

async function rangeBound(context: Context, id: string): Promise<Excel.Range | null> {
  const binding = context.workbook.bindings.getItemOrNullObject(id);
  binding.load("isNullObject");
  await context.sync();
  return binding.isNullObject ? null : binding.getRange();
}
