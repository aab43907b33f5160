// What each field contributes, as a table whose bars lead from the average to the result.
import type { Explanation } from "scorelet";
import type { Case } from "../../case.ts";
import { h, setText, setVariable } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Measure } from "../../explain/measure.ts";
import { Order } from "../../explain/order.ts";
import { barScale, placed, type Scale } from "../../explain/scale.ts";
import { pushes, stepsOf, type Step } from "../../explain/waterfall.ts";
import { show } from "../../remarks.ts";
import { t } from "../../texts.ts";
import { axisOf, cells, tableOf, type Cells } from "./rows.ts";
import { Section } from "./section.ts";

export interface Shown {
  measure: Measure;
  explanation: Explanation;
  /** What it is compared with, in words. */
  against: string;
}

export class WaterfallView {
  readonly #axis = h("div", { class: "axisrow" });
  readonly #unit = h("th", { scope: "col", role: "columnheader", class: "num" });
  readonly #caption = h("caption", { class: "vh" });
  readonly #body = h("tbody", { role: "rowgroup" });
  readonly #note = h("p", { class: "fine" });
  readonly #section: Section;
  readonly #rows: Cells[] = [];
  readonly #order = new Order();
  #shown: Shown | null = null;

  constructor(
    private readonly theCase: Case,
    more: HTMLElement,
  ) {
    const axis = h("th", { class: "axiscell", role: "presentation", "aria-hidden": "true" }, this.#axis);
    const table = tableOf("water", this.#caption, t.why.field, axis, this.#unit, this.#body);
    this.#section = new Section("waterfall", null, table, this.#note, more);
  }

  get root(): HTMLElement {
    return this.#section.root;
  }

  update(shown: Shown): void {
    this.#shown = shown;
    const { measure, explanation, against } = shown;
    const record = explanation.records[0]!;
    const table = this.#body.parentElement!;
    table.hidden = !("contributions" in record);
    if (!("contributions" in record)) {
      this.#section.say(t.why.none, t.why.noneText);
      setText(this.#note, against);
      return;
    }
    const { contributions, value, standardError } = record;
    const steps = stepsOf(explanation.base, contributions, this.#order.of(sizes(contributions)), measure.isNothing);
    const scale = barScale(steps.flatMap((s) => (s.kind === "average" || s.kind === "result" ? [s.to] : [s.from, s.to])));
    this.#section.say(this.#finding(shown, contributions, value), t.why.lead(measure.name, measure.value(explanation.base), measure.value(value)));
    setText(this.#caption, t.why.caption(measure.name));
    setText(this.#unit, measure.unit);
    axisOf(this.#axis, scale, measure);
    setVariable(table, "--grid", String((scale.ticks[1]! - scale.ticks[0]!) / (scale.high - scale.low)));
    while (this.#rows.length < steps.length) {
      const row = cells("wf", h("i", { class: "bar" }), h("i", { class: "con" }));
      this.#rows.push(row);
      this.#body.append(row.root);
    }
    for (const [i, row] of this.#rows.entries()) this.#paint(row, steps[i], scale, measure, i === steps.length - 1);
    const method = measure.isNothing(standardError) ? t.why.exact : t.why.estimated(measure.cell(standardError));
    setText(this.#note, `${method} ${t.why.notCause} ${against}`);
  }

  /** After a moment of rest: rows move to where they belong. */
  settle(): void {
    const record = this.#shown?.explanation.records[0];
    if (!record || !("contributions" in record)) return;
    this.#order.settle(sizes(record.contributions));
    this.update(this.#shown!);
  }

  #paint(row: Cells, step: Step | undefined, scale: Scale, measure: Measure, isLast: boolean): void {
    row.root.hidden = !step;
    if (!step) return;
    const isTotal = step.kind === "average" || step.kind === "result";
    row.root.className = isTotal ? `tot ${step.kind}` : "";
    const [bar, connector] = row.marks;
    // Of a scale that does not begin at zero totals are marks, not bars: their length would say nothing.
    const from = isTotal && scale.low !== 0 && scale.high !== 0 ? step.to : step.from;
    const [left, right] = [placed(scale, Math.min(from, step.to)), placed(scale, Math.max(from, step.to))];
    setVariable(bar!, "--from", left.toFixed(5));
    setVariable(bar!, "--width", (right - left).toFixed(5));
    setVariable(connector!, "--from", placed(scale, step.to).toFixed(5));
    connector!.hidden = isLast;
    bar!.className = `bar ${step.kind === "average" ? "p" : step.kind === "result" ? "me" : step.size > 0 ? "u" : "d"}`;
    setText(row.name, this.#nameOf(step));
    setText(row.detail, step.kind === "field" ? this.#valueOf(step.field) : "");
    setText(row.number, isTotal ? measure.cell(step.to) : measure.difference(step.size));
    row.arrow(isTotal || measure.isNothing(step.size) ? 0 : Math.sign(step.size));
  }

  #nameOf({ kind, field, count }: Step): string {
    if (kind === "average") return t.why.average;
    if (kind === "result") return t.why.thisCase;
    return kind === "field" ? format.label(this.#field(field)) : t.why.other(count);
  }

  #field(name: string) {
    return this.theCase.fields.find((f) => f.name === name) ?? { name };
  }

  #valueOf(name: string): string {
    const field = this.theCase.fields.find((f) => f.name === name);
    return field ? show(field, this.theCase.get(name)) : "";
  }

  #finding({ measure, explanation }: Shown, contributions: Readonly<Record<string, number>>, value: number): string {
    const found = pushes(contributions, measure.isNothing);
    const name = (field: string) => format.label(this.#field(field));
    if (found.up && found.down)
      return value >= explanation.base
        ? t.why.upDown(name(found.up), name(found.down))
        : t.why.downUp(name(found.down), name(found.up));
    if (found.up) return t.why.up(name(found.up));
    return found.down ? t.why.down(name(found.down)) : t.why.like;
  }
}

const sizes = (contributions: Readonly<Record<string, number>>): Map<string, number> => new Map(Object.entries(contributions));
