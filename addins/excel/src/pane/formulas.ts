// The chosen model as Excel's own formulas: into the sheet, as a workbook of its own, or as a file.
import type { FormulaColumn, FormulaSheet, FormulaStyle } from "scorelet/formulas";
import { h } from "../../../../web/what-if/src/dom.ts";
import * as format from "../../../../web/what-if/src/format.ts";
import { save } from "../../../../web/what-if/src/save.ts";
import { asked } from "../cells/layout.ts";
import { wantOf } from "../cells/wants.ts";
import { Fault } from "../fault.ts";
import { translate } from "../formulas/translate.ts";
import type { Calls } from "../functions/calls.ts";
import { freeSheetName, openWorkbook, place, writeTrees } from "../host/formulas.ts";
import { addressOf, isEmpty, part, read, rangeOf, select, selected, type Area } from "../host/sheet.ts";
import type { Loaded } from "../models/loaded.ts";
import type { Answer } from "../scoring/answers.ts";
import { w } from "../texts/texts.ts";
import { cellOf } from "./binding.ts";
import { limit, shade } from "./inputs.ts";
import { button, message, reasonOf } from "./message.ts";

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const styles = ["", "let", "columns", "table"] as const;

export class FormulasView {
  readonly root: HTMLElement;
  readonly #note = h("div");
  readonly #kinds: HTMLInputElement[];
  readonly #buttons: HTMLButtonElement[];
  #model: Loaded | null = null;

  constructor(
    private readonly calls: Calls,
    private readonly say: (text: string) => void,
  ) {
    this.#kinds = styles.map((style) => h("input", { type: "radio", name: "kind", value: style, checked: style === "" }));
    const kinds = this.#kinds.map((input, i) => {
      const { name, needs } = w.formulas.kinds[i]!;
      return h("label", { class: "chk" }, input, h("span", {}, name, " ", h("span", { class: "fine" }, needs)));
    });
    this.#buttons = [
      button(w.formulas.place, "", () => void this.#try((model, style) => this.#place(model, style))),
      button(w.formulas.open, "", () => void this.#try((model, style) => this.#open(model, style))),
      button(w.formulas.save, "", () => void this.#try((model, style) => this.#save(model, style))),
    ];
    this.root = h(
      "section",
      { class: "sec" },
      h("h2", {}, w.formulas.heading),
      h("p", { class: "sub" }, w.formulas.lead),
      h("fieldset", {}, h("legend", {}, w.formulas.kind), ...kinds),
      h("div", { class: "row" }, ...this.#buttons),
      this.#note,
    );
  }

  use(model: Loaded | null): void {
    if (model !== this.#model) this.#note.replaceChildren();
    this.#model = model;
    this.#enable(model !== null);
  }

  #enable(isOn: boolean): void {
    for (const each of this.#buttons) each.disabled = !isOn;
  }

  async #try(work: (model: Loaded, style: FormulaStyle | undefined) => Promise<readonly string[]>): Promise<void> {
    const model = this.#model!;
    const style = this.#kinds.find((input) => input.checked)!.value as FormulaStyle | "";
    this.#enable(false);
    this.#note.replaceChildren(message(w.formulas.working, "plain"));
    try {
      const told = await work(model, style || undefined);
      this.#note.replaceChildren(...told.map((text) => message(text, "plain")));
      this.say(told.join(" "));
    } catch (error) {
      this.#note.replaceChildren(message(reasonOf(error)));
    } finally {
      this.#enable(this.#model !== null);
    }
  }

  /** Headings at the selected cell, one record below; of a table its nodes on a sheet of their own. */
  async #place(model: Loaded, style: FormulaStyle | undefined): Promise<readonly string[]> {
    const { selection } = await selected();
    const treesSheet = await freeSheetName("Trees");
    const sheet = await translate(model.document, { ...(style && { style }), row: selection.row + 2, column: selection.column, treesSheet });
    const whole: Area = { ...selection, rows: 2, columns: sheet.columns.length };
    if (!(await isEmpty(whole))) return [w.bind.notEmpty(addressOf(whole))];
    if (sheet.trees.length) await writeTrees(treesSheet, sheet.trees);
    const session = await model.session();
    const fields = new Map(asked(model.description).map((field) => [field.name, field]));
    const values = new Map([...fields].map(([name, field]) => [name, cellOf(field, session.case.get(name))]));
    const types = new Map(model.description.results.map((r) => [r.name, r.dataType]));
    await place(sheet, whole, values, types, (context, cell, name) => {
      const range = rangeOf(context, cell);
      range.format.fill.color = shade;
      const field = fields.get(name);
      if (field) limit(range, field);
    });
    await select(whole);
    const helpers = sheet.columns.filter((c) => c.kind === "helper").length;
    const told = w.formulas.placed(addressOf(whole), helpers, sheet.trees.length ? treesSheet : null);
    return [told, await this.#compared(model, sheet, whole), ...aboutOf(sheet)];
  }

  async #open(model: Loaded, style: FormulaStyle | undefined): Promise<readonly string[]> {
    const sheet = await translate(model.document, style ? { style } : {});
    await openWorkbook(sheet.workbook);
    return [w.formulas.opened, ...aboutOf(sheet)];
  }

  async #save(model: Loaded, style: FormulaStyle | undefined): Promise<readonly string[]> {
    const sheet = await translate(model.document, style ? { style } : {});
    const file = `${model.name}.xlsx`;
    save(file, workbookType, sheet.workbook);
    return [w.formulas.saved(file, format.size(sheet.workbook.length)), ...aboutOf(sheet)];
  }

  /** What Excel made of the formulas beside what the model says of the same cells. */
  async #compared(model: Loaded, { columns, isSinglePrecision }: FormulaSheet, area: Area): Promise<string> {
    const cells = (await read(part(area, 1, 0, 1, area.columns)))[0]!;
    const of = (kind: FormulaColumn["kind"]) => columns.flatMap((c, i) => (c.kind === kind ? [{ name: c.name, cell: cells[i] }] : []));
    const inputs = of("input"),
      results = of("result");
    if (results.some(({ cell }) => codeOf(cell) === "#NAME?")) return w.formulas.unknown;
    const absent = asked(model.description).filter((f) => !inputs.some(({ name }) => name === f.name));
    const names = [...inputs.map(({ name }) => name), ...absent.map((f) => f.name)];
    const record = [...inputs.map(({ cell }) => cell), ...absent.map(() => "")];
    const wants = results.map(({ name }) => wantOf(model.description, name));
    const answers = await this.calls.answers(model, [record], [names], wants, {});
    const bad = results.flatMap(({ name, cell }, i) => (agrees(cell, answers[i]![0]!, isSinglePrecision ? 1e-5 : 1e-9) ? [] : [name]));
    return bad.length ? w.formulas.differs(format.list(bad)) : w.formulas.agrees;
  }
}

const codeOf = (cell: unknown): string | null => (typeof cell === "object" && cell !== null ? (cell as { basicValue: string }).basicValue : null);

/** Days and times are texts of the model and numbers of the sheet: they are not compared. */
function agrees(cell: unknown, answer: Answer, tolerance: number): boolean {
  if (answer instanceof Fault) return codeOf(cell) !== null || cell === "";
  if (typeof answer === "number") return typeof cell === "number" && Math.abs(cell - answer) <= tolerance * Math.max(Math.abs(answer), 1e-6);
  return cell === answer || (typeof answer === "string" && typeof cell === "number" && !Number.isNaN(Date.parse(answer)));
}

/** How exact the formulas are, and which results are left out. */
function aboutOf({ constants, roundedConstants, largestRounding, isSinglePrecision, notes }: FormulaSheet): string[] {
  const { exact, rounded, single } = w.formulas;
  const digits = roundedConstants ? rounded(format.number(roundedConstants), format.number(constants), format.brief(largestRounding, 1)) : exact;
  return [[digits, isSinglePrecision ? single : ""].filter(Boolean).join(" "), ...notes.map((note) => note.message)];
}
