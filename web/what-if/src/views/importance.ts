// Which fields matter in general: over the cases that explanations compare with, or over those of a file. Worked out case
// by case in an engine of its own, for as long as somebody looks.
import "../styles/why.css";
import { h, setAttribute, setText, setVariable } from "../dom.ts";
import type { Background } from "../explain/background.ts";
import type { Explainer } from "../explain/explainer.ts";
import { Importance } from "../explain/importance.ts";
import { measureOf, type Measure } from "../explain/measure.ts";
import { barScale, placed } from "../explain/scale.ts";
import * as format from "../format.ts";
import { letGo } from "../pressed.ts";
import { focusOf } from "../scenarios/comparison.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { againstText } from "./why/against.ts";
import { axisOf, cells, tableOf, type Cells } from "./why/rows.ts";

const most = 10; // fields shown
const often = 250; // ms between two paints
const evaluations = 10_000; // of a case, where contributions are sampled: the mean over many evens out
let made = 0;

export class ImportanceView {
  readonly root: HTMLElement;
  readonly #heading: HTMLElement;
  readonly #lead = h("p", { class: "sub" });
  readonly #note = h("p", { class: "fine", role: "status" });
  readonly #axis = h("div", { class: "axisrow" });
  readonly #unit = h("th", { scope: "col", role: "columnheader", class: "num" });
  readonly #caption = h("caption", { class: "vh" });
  readonly #body = h("tbody", { role: "rowgroup" });
  readonly #table: HTMLElement;
  readonly #rows: Cells[] = [];
  readonly #found = new Importance();
  #explainer: Explainer | null = null;
  #background: Background | null = null;
  #next = 0;
  #compared = 0; // records that each is compared with
  #isOn = false;

  /** `cases` gives the cases to look at, which are compared with each other. */
  constructor(
    private readonly session: Session,
    private readonly cases: () => Promise<Background>,
  ) {
    const id = `h-over-${++made}`;
    this.#heading = h("h3", { id });
    const axis = h("th", { class: "axiscell", role: "presentation", "aria-hidden": "true" }, this.#axis);
    this.#table = tableOf("water", this.#caption, t.why.over.field, axis, this.#unit, this.#body);
    this.#table.hidden = true;
    const card = h("section", { class: "card over", "aria-labelledby": id }, this.#heading, this.#lead, this.#table, this.#note);
    this.root = h("div", { class: "why", hidden: true }, card);
  }

  /** Somebody looks: goes on where it was left. */
  begin(): void {
    if (!this.#isOn) void this.#run();
  }

  end(): void {
    this.#isOn = false;
    this.#explainer?.end();
  }

  async #run(): Promise<void> {
    const { start, answer, asked, opened } = this.session;
    const known = start.kind === "none" ? answer : start;
    const measure = measureOf(known, focusOf(known, asked));
    if (!measure || opened.isStateful) return; // there is no single number to explain
    this.#isOn = true;
    this.root.hidden = false;
    if (!this.#next) setText(this.#heading, t.why.over.asking);
    const background = (this.#background ??= await this.cases());
    const { rows } = background;
    if (!rows.length) return this.#say(t.why.over.noCases);
    const explainer = (this.#explainer ??= this.session.explainer.another());
    if (explainer.background !== background) explainer.background = background;
    setAttribute(this.root, "aria-busy", "true");
    let painted = performance.now();
    try {
      for (; this.#next < rows.length && this.#isOn; this.#next++) {
        const explanation = await explainer.contributions(rows[this.#next]!, { quantity: measure.quantity, evaluations }, "some");
        this.#found.add(explanation);
        this.#compared = explanation.cases;
        if (performance.now() - painted < often) continue;
        painted = performance.now();
        await letGo(this.root);
        this.#paint(measure, background);
      }
    } catch (error) {
      if (this.#isOn) this.#say(t.why.failed(error instanceof Error ? error.message : String(error)));
      return;
    }
    await letGo(this.root);
    if (!this.#isOn) return;
    this.#paint(measure, background);
    setAttribute(this.root, "aria-busy", "false");
    this.end();
  }

  /** Nothing can be shown, for this reason. */
  #say(reason: string): void {
    this.#isOn = false;
    setText(this.#heading, t.why.over.none);
    setText(this.#lead, reason);
    setAttribute(this.root, "aria-busy", "false");
  }

  #paint(measure: Measure, background: Background): void {
    const { fields, cases, unexplained } = this.#found;
    const told = fields.filter(({ size }) => !measure.isNothing(size));
    const shown = told.slice(0, most);
    const all = background.rows.length;
    const [first, second] = told.map(({ field }) => format.label(this.session.case.fields.find((f) => f.name === field) ?? { name: field }));
    setText(this.#heading, !first ? t.why.over.none : second ? t.why.over.two(first, second) : t.why.over.one(first));
    setText(this.#lead, t.why.over.lead(measure.name, format.number(cases)));
    this.#table.hidden = !shown.length;
    if (shown.length) this.#paintBars(shown, measure);
    const from =
      background.from === "file"
        ? t.why.over.file(background.name, format.number(this.#compared))
        : againstText(background, false, this.#compared, all);
    const seen = cases + unexplained;
    const notes = [
      seen < all ? t.why.over.working(format.number(seen), format.number(all)) : "",
      unexplained && seen === all ? t.why.over.unexplained(unexplained) : "",
      told.length > shown.length ? t.why.over.more(told.length - shown.length) : "",
      from,
    ];
    setText(this.#note, notes.filter(Boolean).join(" "));
  }

  #paintBars(shown: readonly { field: string; size: number }[], measure: Measure): void {
    const scale = barScale([0, ...shown.map(({ size }) => size)]);
    setText(this.#caption, t.why.over.caption(measure.name));
    setText(this.#unit, measure.unit);
    axisOf(this.#axis, scale, measure);
    setVariable(this.#table, "--grid", String((scale.ticks[1]! - scale.ticks[0]!) / (scale.high - scale.low)));
    while (this.#rows.length < shown.length) {
      const row = cells("wf", h("i", { class: "bar p" }));
      this.#rows.push(row);
      this.#body.append(row.root);
    }
    for (const [i, row] of this.#rows.entries()) {
      const bar = shown[i];
      row.root.hidden = !bar;
      if (!bar) continue;
      setText(row.name, format.label(this.session.case.fields.find((f) => f.name === bar.field) ?? { name: bar.field }));
      setText(row.number, measure.cell(bar.size));
      setVariable(row.marks[0]!, "--from", "0");
      setVariable(row.marks[0]!, "--width", placed(scale, bar.size).toFixed(5));
    }
  }
}
