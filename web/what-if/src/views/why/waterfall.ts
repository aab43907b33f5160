// What each field contributes, as a table whose bars lead from the average to the result.
import type { Explanation } from "scorelet";
import type { Case } from "../../case.ts";
import { h, setText } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Measure } from "../../explain/measure.ts";
import { bySize, Order } from "../../explain/order.ts";
import type { Reasons } from "../../explain/reasons.ts";
import { pushes, stepsOf, type Step } from "../../explain/waterfall.ts";
import { show } from "../../remarks.ts";
import { t } from "../../texts.ts";
import { Section } from "./section.ts";
import { StepsTable } from "./steps_table.ts";

export interface Shown {
  measure: Measure;
  explanation: Explanation;
  /** What it is compared with, in words. */
  against: string;
}

export class WaterfallView {
  readonly #table = new StepsTable();
  readonly #note = h("p", { class: "fine" });
  readonly #section: Section;
  readonly #order = new Order();
  #shown: Shown | null = null;

  constructor(
    private readonly theCase: Case,
    more: HTMLElement,
  ) {
    this.#section = new Section("waterfall", null, this.#table.root, this.#note, more);
  }

  get root(): HTMLElement {
    return this.#section.root;
  }

  update(shown: Shown): void {
    this.#shown = shown;
    const { measure, explanation, against } = shown;
    const record = explanation.records[0]!;
    this.#table.root.hidden = !("contributions" in record);
    if (!("contributions" in record)) {
      this.#section.say(t.why.none, t.why.noneText);
      setText(this.#note, against);
      return;
    }
    const { contributions } = record;
    const steps = stepsOf(explanation.base, contributions, this.#order.of(sizes(contributions)), measure.isNothing);
    const { finding, lead, note } = this.#wordsOf(shown, record);
    this.#section.say(finding, lead);
    this.#table.update(steps, measure, {
      caption: t.why.caption(measure.name),
      tell: (step) => ({ name: this.#nameOf(step), detail: step.kind === "field" ? this.#valueOf(step.field) : "" }),
    });
    setText(this.#note, note);
  }

  /** What it shows, with a row for every field; null where nothing can be told. */
  get reasons(): Reasons | null {
    const record = this.#shown?.explanation.records[0];
    if (!record || !("contributions" in record)) return null;
    const { measure, explanation } = this.#shown!;
    const { contributions, value } = record;
    const fields = bySize(sizes(contributions)).map((name) => ({
      name: format.label(this.#field(name)),
      value: this.#valueOf(name),
      size: measure.difference(contributions[name]!),
    }));
    const [average, result] = [explanation.base, value].map((x) => measure.cell(x));
    return {
      ...this.#wordsOf(this.#shown!, record),
      unit: measure.unit,
      rows: [{ name: t.why.average, value: "", size: average! }, ...fields, { name: t.why.thisCase, value: "", size: result! }],
    };
  }

  #wordsOf(shown: Shown, { contributions, value, standardError }: Contributions): Pick<Reasons, "finding" | "lead" | "note"> {
    const { measure, explanation, against } = shown;
    const method = measure.isNothing(standardError) ? t.why.exact : t.why.estimated(measure.cell(standardError));
    return {
      finding: this.#finding(shown, contributions, value),
      lead: t.why.lead(measure.name, measure.value(explanation.base), measure.value(value)),
      note: `${method} ${t.why.notCause} ${against}`,
    };
  }

  /** After a moment of rest: rows move to where they belong. */
  settle(): void {
    const record = this.#shown?.explanation.records[0];
    if (!record || !("contributions" in record)) return;
    this.#order.settle(sizes(record.contributions));
    this.update(this.#shown!);
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

type Contributions = Extract<Explanation["records"][number], { contributions: unknown }>;

const sizes = (contributions: Readonly<Record<string, number>>): Map<string, number> => new Map(Object.entries(contributions));
