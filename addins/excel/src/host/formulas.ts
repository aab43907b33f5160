// A model as plain formulas, put into the workbook: headings, one record with example values, and the formulas beside it.
import type { FormulaSheet } from "scorelet/formulas";
import { base64 } from "../models/part.ts";
import { bytesOf, mostBytes, type Context } from "./excel.ts";
import { part, rangeOf, write, type Area, type Values } from "./sheet.ts";

/** As Excel shows days and times that are numbers. */
const formats: Readonly<Record<string, string>> = { date: "yyyy-mm-dd", time: "hh:mm:ss", dateTime: "yyyy-mm-dd hh:mm:ss" };

/** Headings in the first row of `area`, the record in the second. `types` are those of results, `mark` limits and shades an input's cell. */
export async function place(
  sheet: FormulaSheet,
  area: Area,
  values: ReadonlyMap<string, string | number | boolean>,
  types: ReadonlyMap<string, string>,
  mark: (context: Context, cell: Area, name: string) => void,
): Promise<void> {
  const { columns } = sheet;
  for (const [begin, end] of pieces(columns.map(({ name, formula }) => bytesOf([[name, formula]])))) {
    const some = columns.slice(begin, end);
    const here = part(area, 0, begin, 2, some.length);
    await write(part(here, 0, 0, 1, some.length), [some.map((c) => c.name)]);
    await Excel.run(async (context) => {
      rangeOf(context, part(here, 1, 0, 1, some.length)).formulas = [some.map((c) => (c.kind === "input" ? (values.get(c.name) ?? "") : c.formula))];
      for (const [i, { kind, name }] of some.entries()) {
        const cell = part(here, 1, i, 1, 1);
        const format = formats[types.get(name) ?? ""];
        if (kind === "input") mark(context, cell, name);
        else if (kind === "result" && format) rangeOf(context, cell).numberFormat = [[format]];
        else if (kind === "helper") rangeOf(context, cell).format.font.color = "#6B7280";
      }
      rangeOf(context, part(here, 0, 0, 1, some.length)).format.font.bold = true;
      await context.sync();
    });
  }
}

/** From and behind, so that what lies between goes in one message. */
function pieces(bytes: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  let begin = 0,
    sum = 0;
  for (const [i, n] of bytes.entries()) {
    if (sum > 0 && sum + n > mostBytes / 2) {
      found.push([begin, i]);
      [begin, sum] = [i, 0];
    }
    sum += n + 300; // with what is said of the cell's looks
  }
  return [...found, [begin, bytes.length]];
}

/** The sheet that the walker of a table reads; it comes last, and the sheet at work stays the one it was. */
export async function writeTrees(name: string, rows: FormulaSheet["trees"]): Promise<void> {
  await Excel.run(async (context) => {
    context.workbook.worksheets.add(name);
    await context.sync();
  });
  await write({ sheet: name, row: 0, column: 0, rows: rows.length, columns: rows[0]!.length }, rows as Values);
}

/** A name that no sheet has, and that needs no quotes in a formula. */
export async function freeSheetName(wanted: string): Promise<string> {
  return Excel.run(async (context) => {
    const { worksheets } = context.workbook;
    worksheets.load("items/name");
    await context.sync();
    const taken = new Set(worksheets.items.map((sheet) => sheet.name.toLowerCase()));
    for (let n = 1; ; n++) {
      const name = n === 1 ? wanted : `${wanted}${n}`;
      if (!taken.has(name.toLowerCase())) return name;
    }
  });
}

/** In a window of its own, without the add-in's models. */
export const openWorkbook = (bytes: Uint8Array): Promise<void> => Excel.createWorkbook(base64(bytes));
