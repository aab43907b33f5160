// Why the selected row has its prediction, and what would change it: the page's own explanations, of a case that is a row.
import { h, setText } from "../../../../web/what-if/src/dom.ts";
import type { Answer } from "../../../../web/what-if/src/answer.ts";
import type { Session } from "../../../../web/what-if/src/session.ts";
import { ResultView } from "../../../../web/what-if/src/views/result.ts";
import { WhyView } from "../../../../web/what-if/src/views/why/why.ts";
import type { CaseValue } from "../../../../web/what-if/src/domain.ts";
import { enough } from "../../../../web/what-if/src/explain/background.ts";
import { layoutOf } from "../cells/layout.ts";
import { mostCompared, type Calls } from "../functions/calls.ts";
import { addressOf, isEmpty, part, read, selected, write, type Area, type Values } from "../host/sheet.ts";
import type { Loaded } from "../models/loaded.ts";
import { w } from "../texts/texts.ts";
import { caseValueOf } from "./binding.ts";
import { quoted } from "./inputs.ts";
import { button, message, reasonOf } from "./message.ts";
import type { ModelView } from "./pane.ts";

const reasons = 3;

const bringsNothing = ({ report, description }: Loaded): boolean =>
  (report?.records ?? 0) < enough && !description.inputs.some((f) => f.isUsed && f.statistics);

/** One model's case, shown with its reasons. */
interface Shown {
  session: Session;
  root: HTMLElement;
}

export class ExplainView implements ModelView {
  readonly root: HTMLElement;
  readonly #follow = h("input", { type: "checkbox", checked: true });
  readonly #where = h("p", { class: "fine" });
  readonly #note = h("div");
  readonly #place = h("div", { hidden: true });
  readonly #write = button(w.explain.write, "primary", () => void this.#writeBeside());
  readonly #shown = new Map<Loaded, Promise<Shown>>();
  #model: Loaded | null = null;
  #isIn = false;
  #row: { header: Area; row: Area; region: Area } | null = null;

  constructor(
    private readonly calls: Calls,
    private readonly say: (text: string) => void,
  ) {
    const follow = h("label", { class: "chk" }, this.#follow, w.explain.follow);
    this.root = h("div", {}, h("div", { class: "sec" }, h("div", { class: "sh" }, follow, this.#where), this.#note), this.#place, h("div", { class: "foot" }, this.#write));
    this.#write.hidden = true;
    this.#follow.addEventListener("change", () => void this.#look());
    void Excel.run(async (context) => {
      context.workbook.onSelectionChanged.add(async () => this.#look());
      await context.sync();
    });
  }

  use(model: Loaded | null): void {
    this.#model = model;
    void this.#look();
  }

  enter(): void {
    this.#isIn = true;
    void this.#look();
  }

  leave(): void {
    this.#isIn = false;
  }

  /** Nobody looks at a tab that is not shown. */
  async #look(): Promise<void> {
    const model = this.#model;
    if (!this.#isIn || (!this.#follow.checked && this.#row)) return;
    if (!model) return this.#none(w.models.none);
    try {
      const { selection, region } = await selected();
      const at = selection.row - region.row;
      if (region.rows < 2 || at < 1) return this.#none(w.explain.lead);
      this.#row = { region, header: part(region, 0, 0, 1, region.columns), row: part(region, at, 0, 1, region.columns) };
      const [names, cells] = await Promise.all([read(this.#row.header), read(this.#row.row)]);
      const { places } = layoutOf(model.description, cells, names);
      const readers = this.calls.readers(model);
      const values = model.description.inputs.map((field, i): [string, CaseValue] => [field.name, places[i]! < 0 ? null : caseValueOf(field, readers[i]!, cells[0]![places[i]!])]);
      const { session, root } = await this.#shownFor(model);
      if (!session.explainer.background && bringsNothing(model)) await this.#compareWithTable(session, model, region, names);
      if (this.#model !== model) return;
      session.case.restore({ values: new Map(values), scenarios: [] }, "");
      setText(this.#where, w.explain.row(`${region.sheet}!${addressOf(this.#row.row)}`));
      this.#note.replaceChildren();
      this.#place.hidden = this.#write.hidden = false;
      if (this.#place.firstChild !== root) this.#place.replaceChildren(root);
    } catch (error) {
      this.#none(`${w.explain.noRow} ${reasonOf(error)}`);
    }
  }

  /** The rows of the table itself are what is typical, where the model says nothing of its fields. */
  async #compareWithTable(session: Session, model: Loaded, region: Area, names: Values): Promise<void> {
    const cells = await read(part(region, 1, 0, Math.min(region.rows - 1, mostCompared), region.columns));
    const rows = this.calls.records(model, cells, names, mostCompared);
    session.explainer.background = { rows, from: "file", name: `${region.sheet}!${addressOf(region)}` };
  }

  #none(text: string): void {
    this.#row = null;
    this.#place.hidden = this.#write.hidden = true;
    setText(this.#where, "");
    this.#note.replaceChildren(message(text, "plain"));
  }

  #shownFor(model: Loaded): Promise<Shown> {
    let shown = this.#shown.get(model);
    if (!shown) this.#shown.set(model, (shown = this.#begin(model)));
    return shown;
  }

  async #begin(model: Loaded): Promise<Shown> {
    const session = await model.another();
    session.case.keepsScenarios = false;
    const result = new ResultView(session.start, () => {});
    const why = new WhyView(session, (text) => this.say(text));
    const show = (answer: Answer | null) => {
      const kept = answer ?? session.answer;
      result.update({ answer: kept, fields: [], kept: answer === null, changed: false });
      why.answered(answer, result.focus);
    };
    result.onFocus = () => show(session.current ?? null);
    result.onLimit = (limit) => {
      session.limit = limit;
      show(session.current ?? null);
    };
    session.onChange(() => why.changed());
    session.onAnswer((answer) => {
      show(answer);
      result.settle();
      why.settle();
    });
    return { session, root: h("div", { class: "case" }, result.root, h("div", { class: "rest" }, why.root)) };
  }

  /** As a formula, so that it stays true. */
  async #writeBeside(): Promise<void> {
    const model = this.#model,
      row = this.#row;
    if (!model || !row) return;
    const to = part(row.row, 0, row.region.columns, 1, reasons);
    try {
      if (!(await isEmpty(to))) return this.#note.replaceChildren(message(w.score.occupied(addressOf(to))));
      const formula = `=SCORELET.REASONS(${quoted(model.name)},${addressOf(row.row)},${addressOf(row.header)},${reasons})`;
      await write(part(to, 0, 0, 1, 1), [[formula]], "formulas");
      this.#note.replaceChildren(message(w.explain.written(addressOf(to)), "plain"));
    } catch (error) {
      this.#note.replaceChildren(message(w.pane.failed(reasonOf(error))));
    }
  }
}
