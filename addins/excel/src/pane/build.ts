// A sheet for the chosen model: inputs, answers, reasons with a chart, scenarios, checks. All of it is formulas, so it goes
// on working without the pane.
import { h } from "../../../../web/what-if/src/dom.ts";
import { asked } from "../cells/layout.ts";
import type { Calls } from "../functions/calls.ts";
import { asText, letters } from "../host/excel.ts";
import { addressOf, part, rangeOf, type Area } from "../host/sheet.ts";
import type { Loaded } from "../models/loaded.ts";
import { w } from "../texts/texts.ts";
import { cellOf } from "./binding.ts";
import { FormulasView } from "./formulas.ts";
import { nameOf, quoted, writeInputs } from "./inputs.ts";
import { button, message, reasonOf } from "./message.ts";
import type { ModelView } from "./pane.ts";

const firstRow = 3; // of the inputs, from 0
const beside = 3; // the column of the reasons
const scenarios = 3;

export class BuildView implements ModelView {
  readonly root: HTMLElement;
  readonly #note = h("div");
  readonly #go = button(w.build.go, "primary", () => void this.#build());
  #model: Loaded | null = null;

  readonly #formulas: FormulasView;

  constructor(
    calls: Calls,
    private readonly say: (text: string) => void,
  ) {
    this.#formulas = new FormulasView(calls, say);
    const sheet = h("section", { class: "sec" }, h("h2", {}, w.build.heading), h("p", { class: "sub" }, w.build.lead), h("div", { class: "row" }, this.#go), this.#note);
    this.root = h("div", {}, sheet, this.#formulas.root);
  }

  use(model: Loaded | null): void {
    this.#model = model;
    this.#formulas.use(model);
    this.#go.disabled = !model;
    this.#note.replaceChildren(...(model ? [] : [message(w.models.none, "plain")]));
  }

  async #build(): Promise<void> {
    const model = this.#model;
    if (!model) return;
    this.#go.disabled = true;
    try {
      const text = w.build.done(await buildSheet(model));
      this.#note.replaceChildren(message(text, "plain"));
      this.say(text);
    } catch (error) {
      this.#note.replaceChildren(message(w.pane.failed(reasonOf(error))));
    } finally {
      this.#go.disabled = false;
    }
  }
}

/** Gives the name of the sheet. */
export async function buildSheet(model: Loaded): Promise<string> {
  const fields = asked(model.description);
  const session = await model.session();
  const values = fields.map((field) => cellOf(field, session.case.get(field.name)));
  return Excel.run(async (context) => {
    const { worksheets } = context.workbook;
    worksheets.load("items/name");
    await context.sync();
    const name = freeSheet(worksheets.items.map((sheet) => sheet.name));
    const sheet = worksheets.add(name);
    const at = (row: number, column: number, rows = 1, columns = 1): Area => ({ sheet: name, row, column, rows, columns });
    const title = rangeOf(context, at(0, 0));
    title.values = [[asText(model.name)]];
    title.format.font.bold = true;
    title.format.font.size = 16;
    const model_ = quoted(model.name);
    rangeOf(context, at(1, 0)).formulas = [[`=INDEX(SCORELET.VERIFY(${model_}),1,1)`]];

    const inputs = at(firstRow, 0, fields.length, 2);
    const cells = writeInputs(context, inputs, fields, values);
    const record = `${model_},${addressOf(cells)},${addressOf(part(inputs, 0, 0, fields.length, 1))}`;
    const answers = answersOf(model, record);
    const below = at(firstRow + fields.length + 1, 0, answers.length, 2);
    rangeOf(context, below).formulas = answers;
    rangeOf(context, part(below, 0, 0, 1, 2)).format.font.bold = true;

    rangeOf(context, at(firstRow - 1, 0)).values = [[w.build.input]];
    rangeOf(context, at(firstRow - 1, beside)).values = [[w.build.contributions]];
    rangeOf(context, at(firstRow - 1, 0, 1, beside + 1)).format.font.bold = true;
    rangeOf(context, at(firstRow, beside)).formulas = [[`=SCORELET.EXPLAIN(${record})`]];
    // Between the header and average above, and the result below.
    const bars = at(firstRow + 2, beside, fields.length, 3);
    chart(context, sheet, bars);

    const first = firstRow + Math.max(fields.length + 4 + answers.length, 22);
    rangeOf(context, at(first - 1, 0)).values = [[w.build.scenarios]];
    rangeOf(context, at(first - 1, 0)).format.font.bold = true;
    const table = at(first, 1, scenarios + 1, fields.length);
    rangeOf(context, at(first, 0, scenarios + 1, 1)).values = ["", ...Array.from({ length: scenarios }, (_, i) => w.build.scenario(i + 1))].map((text) => [text]);
    // The first one is the case above; an empty cell stays empty.
    const same = fields.map((_, i) => `=IF(B${firstRow + i + 1}="","",B${firstRow + i + 1})`);
    rangeOf(context, table).formulas = [fields.map((field) => asText(nameOf(field, fields))), same, ...Array.from({ length: scenarios - 1 }, () => values)];
    rangeOf(context, part(table, 2, 0, scenarios - 1, fields.length)).format.fill.color = "#E8F3EB";
    rangeOf(context, at(first, 1 + fields.length)).formulas = [[`=SCORELET.SCORE(${model_},${addressOf(table)})`]];

    sheet.getRange("A:A").format.autofitColumns();
    sheet.activate();
    rangeOf(context, part(cells, 0, 0, 1, 1)).select();
    await context.sync();
    return name;
  });
}

/** Prediction, the probability where there are classes, and what is to be said of the values. */
function answersOf({ description }: Loaded, record: string): string[][] {
  const target = description.targets[0];
  const rows = [[asText(target ? nameOf(target, []) : w.build.prediction), `=SCORELET.PREDICT(${record})`]];
  if (description.info.functionName === "classification") rows.push(["probability", `=SCORELET.PROBABILITY(${record})`]);
  rows.push([w.build.checks, `=SCORELET.CHECK(${record})`]);
  return rows;
}

function chart(context: Excel.RequestContext, sheet: Excel.Worksheet, bars: Area): void {
  const column = (i: number) => rangeOf(context, part(bars, 0, i, bars.rows, 1));
  const drawn = sheet.charts.add("BarClustered", column(2), "Columns");
  drawn.title.text = w.build.contributions;
  drawn.legend.visible = false;
  drawn.series.getItemAt(0).setXAxisValues(column(0));
  drawn.axes.categoryAxis.reversePlotOrder = true; // the largest on top
  drawn.setPosition(`${letters(bars.column + 4)}${firstRow + 1}`, `${letters(bars.column + 12)}${firstRow + 20}`);
}

function freeSheet(taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? w.build.sheet : `${w.build.sheet} ${n}`;
    if (!taken.some((t) => t.toLowerCase() === name.toLowerCase())) return name;
  }
}
