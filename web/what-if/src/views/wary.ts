// What to be wary of, beside the prediction: values outside, replaced or not given, and why there is no prediction.
import type { Answer } from "../answer.ts";
import type { FieldView } from "../controls/field.ts";
import { h } from "../dom.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { rowReason } from "../verdict.ts";

type Piece = Node | string;

/** Why there is no prediction, as sentences. */
export function reasonsFor(answer: Answer, fields: readonly FieldView[]): string[] {
  const blocking = fields.filter((f) => f.remark?.blocks).map((f) => f.remark!.message.head);
  if (blocking.length) return blocking;
  if (answer.diagnostics.length) return [...new Set(answer.diagnostics.map(rowReason))];
  const missing = withoutValue(fields).length;
  return [missing ? t.answer.noneMissing(missing) : t.answer.noRule];
}

export class WaryView {
  readonly root = h("div", { class: "wary" });

  constructor(private readonly goTo: (field: FieldView) => void) {}

  /** `kept`: the answer is from before a change that gives no prediction. */
  update(answer: Answer, fields: readonly FieldView[], kept: boolean): void {
    const notes: HTMLElement[] = [];
    const note = (kind: string, ...pieces: Piece[]) => notes.push(h("p", { class: `note ${kind}` }, ...pieces));
    const outside = fields.filter((f) => f.remark?.outside);
    const replaced = fields.filter((f) => f.remark?.replaced && !f.remark.outside);
    const missing = withoutValue(fields);
    if (kept) {
      const why = reasonsFor(answer, fields).join(" ");
      note("act", h("b", {}, `${t.answer.noneTitle}.`), ` ${why} ${t.answer.kept}`);
    }
    if (outside.length)
      note("warn", `${t.answer.outside(outside.length)} `, ...this.#links(outside), `. ${t.answer.rough}`);
    if (replaced.length) note("plain", `${t.answer.replaced(replaced.length)} `, ...this.#links(replaced), ".");
    if (!kept && answer.kind !== "none") {
      if (missing.length) note("plain", t.answer.missing(missing.length));
      for (const reason of new Set(answer.diagnostics.map(rowReason))) note("plain", reason);
    }
    const text = notes.map((n) => n.textContent).join("");
    if (this.root.textContent !== text) this.root.replaceChildren(...notes);
  }

  #links(fields: readonly FieldView[]): Piece[] {
    return fields.flatMap((field, i) => {
      const link = h("a", { href: `#${field.id}` }, format.label(field.field));
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.goTo(field);
      });
      return i ? [", ", link] : [link];
    });
  }
}

/** Actual values are asked for only to be compared with. */
const withoutValue = (fields: readonly FieldView[]) =>
  fields.filter((f) => f.remark?.message === t.remark.handled && f.field.isUsed && !f.isActual);
