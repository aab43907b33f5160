// Steps that lead from one number to another, as a table whose bars begin where the one before ends.
import { h, setText, setVariable } from "../../dom.ts";
import type { Measure } from "../../explain/measure.ts";
import { barScale, placed, type Scale } from "../../explain/scale.ts";
import type { Step } from "../../explain/waterfall.ts";
import { t } from "../../texts.ts";
import { axisOf, cells, tableOf, type Cells } from "./rows.ts";

export interface Told {
  name: string;
  detail: string;
  /** In the columns beside the step's own number. */
  beside?: readonly string[];
}

interface Row extends Cells {
  beside: readonly HTMLElement[];
}

export class StepsTable {
  readonly root: HTMLElement;
  readonly #axis = h("div", { class: "axisrow" });
  readonly #unit = h("th", { scope: "col", role: "columnheader", class: "num" });
  readonly #heads: readonly HTMLElement[];
  readonly #caption = h("caption", { class: "vh" });
  readonly #body = h("tbody", { role: "rowgroup" });
  readonly #rows: Row[] = [];

  /** `beside` is the number of further columns. */
  constructor(beside = 0) {
    const axis = h("th", { class: "axiscell", role: "presentation", "aria-hidden": "true" }, this.#axis);
    this.#heads = Array.from({ length: beside }, () => h("th", { scope: "col", role: "columnheader", class: "num beside" }));
    this.root = tableOf("water", this.#caption, t.why.field, axis, this.#unit, this.#body);
    this.#unit.after(...this.#heads);
  }

  update(
    steps: readonly Step[],
    measure: Measure,
    { caption, heads = [], tell }: { caption: string; heads?: readonly string[]; tell(step: Step): Told },
  ): void {
    const scale = barScale(steps.flatMap((s) => (isTotal(s) ? [s.to] : [s.from, s.to])));
    setText(this.#caption, caption);
    setText(this.#unit, measure.unit);
    for (const [i, head] of this.#heads.entries()) setText(head, heads[i] ?? "");
    axisOf(this.#axis, scale, measure);
    setVariable(this.root, "--grid", String((scale.ticks[1]! - scale.ticks[0]!) / (scale.high - scale.low)));
    while (this.#rows.length < steps.length) this.#rows.push(this.#newRow());
    for (const [i, row] of this.#rows.entries()) {
      const step = steps[i];
      row.root.hidden = !step;
      if (step) this.#paint(row, step, tell(step), scale, measure, i === steps.length - 1);
    }
    for (const { beside } of this.#rows)
      for (const [i, cell] of beside.entries()) cell.setAttribute("data-head", heads[i] ?? ""); // where there is no room for heads
  }

  #newRow(): Row {
    const row = cells("wf", h("i", { class: "bar" }), h("i", { class: "con" }));
    const beside = this.#heads.map(() => h("td", { role: "cell", class: "num beside" }));
    row.root.append(...beside);
    this.#body.append(row.root);
    return { ...row, beside };
  }

  #paint(row: Row, step: Step, told: Told, scale: Scale, measure: Measure, isLast: boolean): void {
    const total = isTotal(step);
    row.root.className = total ? `tot ${step.kind}` : "";
    const [bar, connector] = row.marks;
    // Of a scale that does not begin at zero totals are marks, not bars: their length would say nothing.
    const from = total && scale.low !== 0 && scale.high !== 0 ? step.to : step.from;
    const [left, right] = [placed(scale, Math.min(from, step.to)), placed(scale, Math.max(from, step.to))];
    setVariable(bar!, "--from", left.toFixed(5));
    setVariable(bar!, "--width", (right - left).toFixed(5));
    setVariable(connector!, "--from", placed(scale, step.to).toFixed(5));
    connector!.hidden = isLast;
    bar!.className = `bar ${step.kind === "average" ? "p" : step.kind === "result" ? "me" : step.size > 0 ? "u" : "d"}`;
    setText(row.name, told.name);
    setText(row.detail, told.detail);
    for (const [i, cell] of row.beside.entries()) setText(cell, told.beside?.[i] ?? "");
    setText(row.number, total ? measure.cell(step.to) : measure.difference(step.size));
    row.arrow(total || measure.isNothing(step.size) ? 0 : Math.sign(step.size));
  }
}

const isTotal = ({ kind }: Step): boolean => kind === "average" || kind === "result";
