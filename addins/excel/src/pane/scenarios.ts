// Cases that are kept: a row each on a sheet of their own, with the answers as a formula.
import type { Session } from "../../../../web/what-if/src/session.ts";
import { asked } from "../cells/layout.ts";
import { titleOf, usualWants } from "../cells/wants.ts";
import { asText } from "../host/excel.ts";
import { addressOf, part, rangeOf, type Area } from "../host/sheet.ts";
import type { Loaded } from "../models/loaded.ts";
import { w } from "../texts/texts.ts";
import { cellOf } from "./binding.ts";
import { nameOf, quoted } from "./inputs.ts";

/** Gives what the scenario is called, and the sheet. */
export async function keepScenario(model: Loaded, session: Session): Promise<{ name: string; sheet: string }> {
  const fields = asked(model.description);
  const header = [w.scenarios.head, ...fields.map((field) => nameOf(field, fields)), ...usualWants(model.description).map(titleOf)];
  return Excel.run(async (context) => {
    const { sheet, rows } = await sheetWith(context, header);
    const at = (row: number, column: number, columns: number): Area => ({ sheet, row, column, rows: 1, columns });
    const names = at(0, 1, fields.length),
      values = at(rows, 1, fields.length);
    const name = w.build.scenario(rows);
    rangeOf(context, at(rows, 0, 1)).values = [[asText(name)]];
    rangeOf(context, values).values = [fields.map((field) => cellOf(field, session.case.get(field.name)))];
    const fixed = addressOf(names).replaceAll(/([A-Z]+)(\d+)/g, "$$$1$$$2");
    rangeOf(context, part(values, 0, fields.length, 1, 1)).formulas = [[`=SCORELET.SCORE(${quoted(model.name)},${addressOf(values)},${fixed})`]];
    await context.sync();
    return { name, sheet };
  });
}

/** The sheet that has this header, and how many rows are filled there; made where there is none. */
async function sheetWith(context: Excel.RequestContext, header: readonly string[]): Promise<{ sheet: string; rows: number }> {
  const { worksheets } = context.workbook;
  worksheets.load("items/name");
  await context.sync();
  for (let n = 1; ; n++) {
    const sheet = n === 1 ? w.scenarios.sheet : `${w.scenarios.sheet} ${n}`;
    const first: Area = { sheet, row: 0, column: 0, rows: 1, columns: header.length };
    if (!worksheets.items.some((s) => s.name.toLowerCase() === sheet.toLowerCase())) {
      worksheets.add(sheet);
      const head = rangeOf(context, first);
      head.values = [header.map(asText)];
      head.format.font.bold = true;
      return { sheet, rows: 1 };
    }
    const head = rangeOf(context, first);
    const used = worksheets.getItem(sheet).getUsedRangeOrNullObject(true);
    head.load("values");
    used.load("isNullObject, rowIndex, rowCount");
    await context.sync();
    if (head.values[0]!.every((cell, i) => cell === header[i])) return { sheet, rows: used.rowIndex + used.rowCount };
  }
}
