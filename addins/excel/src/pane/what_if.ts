// What-if: the page's own form and prediction, with its fields bound to cells.
import { h, setText } from "../../../../web/what-if/src/dom.ts";
import { Board } from "../../../../web/what-if/src/embed/board.ts";
import * as format from "../../../../web/what-if/src/format.ts";
import type { Session } from "../../../../web/what-if/src/session.ts";
import { WhyView } from "../../../../web/what-if/src/views/why/why.ts";
import { asked } from "../cells/layout.ts";
import type { Calls } from "../functions/calls.ts";
import { bind, bound, unbind, writeBound, type Bound } from "../host/bindings.ts";
import { asText } from "../host/excel.ts";
import { addressOf, isEmpty, part, rangeOf, select, selected, touches, type Area } from "../host/sheet.ts";
import type { Loaded } from "../models/loaded.ts";
import { w } from "../texts/texts.ts";
import { cellOf, Echo } from "./binding.ts";
import { nameOf, quoted, writeInputs } from "./inputs.ts";
import { button, message, reasonOf } from "./message.ts";
import type { ModelView } from "./pane.ts";
import { keepScenario } from "./scenarios.ts";

export class WhatIfView implements ModelView {
  readonly root = h("div", {});
  readonly #cases = new Map<Loaded, Promise<BoundCase>>();
  #used: Loaded | null = null;
  #isIn = false;

  constructor(
    private readonly calls: Calls,
    private readonly say: (text: string) => void,
  ) {
    void Excel.run(async (context) => {
      context.workbook.worksheets.onChanged.add(async (event) => {
        for (const theCase of this.#cases.values()) await (await theCase).sheetChanged(event);
      });
      await context.sync();
    });
  }

  use(model: Loaded | null): void {
    this.#used = model;
    if (this.#isIn) this.#show();
  }

  enter(): void {
    this.#isIn = true;
    this.#show();
  }

  leave(): void {
    this.#isIn = false;
  }

  /** A case is begun when it is first looked at. */
  #show(): void {
    const model = this.#used;
    if (!model) return this.root.replaceChildren(message(w.models.none, "plain"));
    let theCase = this.#cases.get(model);
    if (!theCase) {
      theCase = model.session().then((session) => BoundCase.begin(model, session, this.calls, this.say));
      this.#cases.set(model, theCase);
    }
    theCase.then(
      ({ root }) => this.#used === model && this.root.replaceChildren(root),
      (error) => this.#used === model && this.root.replaceChildren(message(reasonOf(error))),
    );
  }
}

/** One model's case, and the cells it is bound to. */
class BoundCase {
  readonly root: HTMLElement;
  readonly #note = h("p", { class: "fine", role: "status" });
  readonly #release = button(w.bind.release, "quiet", () => void this.#unbind());
  readonly #kept = h("p", { class: "fine", hidden: true });
  readonly #heading = h("h2", {});
  readonly #chips = new Map<string, HTMLButtonElement>();
  readonly #id: string;
  #bound: Bound | null = null;
  #echo: Echo;
  #isWriting = false;
  #isStale = false;

  static async begin(model: Loaded, session: Session, calls: Calls, say: (text: string) => void): Promise<BoundCase> {
    const theCase = new BoundCase(model, session, calls, say);
    await theCase.#follow();
    return theCase;
  }

  private constructor(
    private readonly model: Loaded,
    private readonly session: Session,
    private readonly calls: Calls,
    private readonly say: (text: string) => void,
  ) {
    this.#id = `scorelet-${model.sha256.slice(0, 16)}`;
    this.#echo = this.#newEcho();
    session.case.keepsScenarios = false; // they are kept on a sheet
    const board = new Board(session, [], () => Promise.resolve(WhyView));
    const place = button(w.bind.place, "", () => void this.#try(() => this.#place()));
    const take = button(w.bind.take, "", () => void this.#try(() => this.#take()));
    const section = h("section", { class: "sec bind" }, h("div", { class: "sh" }, this.#heading, this.#release), h("div", { class: "row" }, place, take), this.#note);
    const keep = button(w.scenarios.keep, "primary", () => void this.#try(() => this.#keep()));
    board.root.querySelector(".form")!.before(section);
    this.root = h("div", {}, board.root, h("div", { class: "foot" }, h("div", { class: "row" }, keep), this.#kept));
    for (const field of this.#fields) {
      const chip = h("button", { type: "button", class: "ref", hidden: true });
      chip.addEventListener("click", () => void this.#goTo(field.name));
      this.#chips.set(field.name, chip);
      const shown = [...board.root.querySelectorAll<HTMLElement>("[data-field]")].find((el) => el.dataset["field"] === field.name);
      const names = shown?.querySelector(".lb");
      if (names) names.append(chip);
      else shown?.querySelector("legend")?.after(chip);
    }
    session.onChange(() => void this.#write());
    this.#show();
  }

  get #fields() {
    return asked(this.session.description);
  }

  /** What someone else changed, or we ourselves a moment ago. */
  async sheetChanged(event: Excel.WorksheetChangedEventArgs): Promise<void> {
    if (!this.#bound) return;
    const isElsewhere = event.worksheetId !== this.#bound.sheetId || (event.changeType === "RangeEdited" && !touches(this.#bound.area, event.address));
    if (!isElsewhere && !this.#isWriting) await this.#follow();
  }

  /** The cells say what the case is. */
  async #follow(): Promise<void> {
    const found = await bound(this.#id).catch(() => null);
    const isLost = this.#bound !== null && found?.cells.length !== this.#fields.length;
    this.#bound = found?.cells.length === this.#fields.length ? found : null;
    this.#show();
    if (isLost) setText(this.#note, w.bind.lost);
    if (!this.#bound) return;
    for (const { field, value } of this.#echo.fromCells(this.#bound.cells)) this.session.case.set(field.name, value, format.label(field));
  }

  /** The case says what the cells are; of changes that come meanwhile only the newest is written. */
  async #write(): Promise<void> {
    if (!this.#bound) return;
    this.#isStale = true;
    if (this.#isWriting) return;
    this.#isWriting = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        const cells = this.#echo.toCells((field) => this.session.case.get(field.name));
        if (cells.length) await writeBound(this.#id, cells);
      }
    } catch (error) {
      setText(this.#note, w.pane.failed(reasonOf(error)));
    } finally {
      this.#isWriting = false;
    }
  }

  /** Names and values at the selected cell, and beneath them the answers as formulas. */
  async #place(): Promise<void> {
    const { selection } = await selected();
    const fields = this.#fields;
    const whole: Area = { ...selection, rows: fields.length + 2, columns: 2 };
    if (!(await isEmpty(whole))) return setText(this.#note, w.bind.notEmpty(addressOf(whole)));
    const values = fields.map((field) => cellOf(field, this.session.case.get(field.name)));
    const cells = await Excel.run(async (context) => {
      const cells = writeInputs(context, whole, fields, values);
      const names = addressOf(part(whole, 0, 0, fields.length, 1));
      const asked = `${quoted(this.model.name)},${addressOf(cells)},${names}`;
      const target = this.session.description.targets[0];
      const label = asText(target ? nameOf(target, []) : w.build.prediction);
      rangeOf(context, part(whole, fields.length, 0, 2, 2)).formulas = [[label, `=SCORELET.PREDICT(${asked})`], [w.build.checks, `=SCORELET.CHECK(${asked})`]];
      await context.sync();
      return cells;
    });
    await this.#bind(cells);
  }

  async #take(): Promise<void> {
    const { selection } = await selected();
    const n = selection.rows * selection.columns;
    if (n !== this.#fields.length || (selection.rows > 1 && selection.columns > 1)) return setText(this.#note, w.bind.wrongSize(n, this.#fields.length));
    await this.#bind(selection);
  }

  async #bind(area: Area): Promise<void> {
    await bind(this.#id, area);
    this.#echo = this.#newEcho();
    await this.#follow();
    this.say(w.bind.bound(addressOf(area)));
  }

  async #keep(): Promise<void> {
    const { name, sheet } = await keepScenario(this.model, this.session);
    const text = w.scenarios.kept(name, sheet);
    this.#kept.hidden = false;
    setText(this.#kept, text);
    this.say(text);
  }

  async #unbind(): Promise<void> {
    this.#bound = null;
    this.#show();
    await this.#try(() => unbind(this.#id));
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      setText(this.#note, w.pane.failed(reasonOf(error)));
    }
  }

  #newEcho(): Echo {
    const { inputs } = this.session.description;
    const readers = this.calls.readers(this.model);
    return new Echo(this.#fields, this.#fields.map((field) => readers[inputs.indexOf(field)]!));
  }

  #cell(index: number): Area {
    const { area } = this.#bound!;
    return area.rows > 1 ? part(area, index, 0, 1, 1) : part(area, 0, index, 1, 1);
  }

  #goTo(name: string): Promise<void> {
    return this.#try(() => select(this.#cell(this.#fields.findIndex((f) => f.name === name))));
  }

  #show(): void {
    setText(this.#heading, this.#bound ? w.bind.heading : w.bind.unbound);
    setText(this.#note, this.#bound ? w.bind.bound(`${this.#bound.area.sheet}!${addressOf(this.#bound.area)}`) : w.bind.explain);
    this.#release.hidden = !this.#bound;
    for (const [i, field] of this.#fields.entries()) {
      const chip = this.#chips.get(field.name)!;
      chip.hidden = !this.#bound;
      if (!this.#bound) continue;
      const address = addressOf(this.#cell(i));
      setText(chip, address);
      chip.setAttribute("aria-label", w.bind.chip(address, format.label(field)));
    }
  }
}
