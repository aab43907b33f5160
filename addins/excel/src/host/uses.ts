// Which models the formulas of the workbook name.
import type { Pause } from "../scoring/pause.ts";
import { bytesOf, mostBytes } from "./excel.ts";
import { part, rangeOf, type Area } from "./sheet.ts";

const called = /SCORELET\.[A-Z0-9_]+\(\s*"((?:[^"]|"")*)"/gi;

/** The names of models that a formula says, each once; a name that stands in a cell is not among them. */
export const modelsNamed = (formula: string): Set<string> => new Set(Array.from(formula.matchAll(called), (m) => m[1]!.replaceAll('""', '"')));

/** For each name the number of cells that say it. */
export async function uses(pause: Pause): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let atOnce = 100; // cells, until it is seen how long formulas are
  for (const area of await areasWithFormulas()) {
    for (let row = 0; row < area.rows; ) {
      const rows = Math.max(1, Math.min(area.rows - row, Math.floor(atOnce / area.columns)));
      const formulas = await formulasOf(part(area, row, 0, rows, area.columns));
      for (const formula of formulas.flat()) for (const name of modelsNamed(String(formula))) counts.set(name, (counts.get(name) ?? 0) + 1);
      const each = bytesOf(formulas) / (rows * area.columns);
      atOnce = Math.min(atOnce * 8, Math.max(1, Math.floor(mostBytes / 2 / each)));
      row += rows;
      await pause();
    }
  }
  return counts;
}

async function formulasOf(area: Area): Promise<unknown[][]> {
  return Excel.run(async (context) => {
    const range = rangeOf(context, area);
    range.load("formulas");
    await context.sync();
    return range.formulas;
  });
}

async function areasWithFormulas(): Promise<Area[]> {
  return Excel.run(async (context) => {
    const { worksheets } = context.workbook;
    worksheets.load("items/name");
    await context.sync();
    const found = worksheets.items.map((sheet) => ({ name: sheet.name, cells: sheet.getRange().getSpecialCellsOrNullObject("Formulas") }));
    for (const { cells } of found) cells.load("isNullObject, areas/items/rowIndex, areas/items/columnIndex, areas/items/rowCount, areas/items/columnCount");
    await context.sync();
    return found.flatMap(({ name, cells }) =>
      cells.isNullObject
        ? []
        : cells.areas.items.map(({ rowIndex, columnIndex, rowCount, columnCount }) => ({ sheet: name, row: rowIndex, column: columnIndex, rows: rowCount, columns: columnCount })),
    );
  });
}
