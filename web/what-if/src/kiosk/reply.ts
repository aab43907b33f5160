// The answer of a kiosk, readable from two metres: the figure or the word, and how often in a hundred.
import { mostLikely, type Answer, type ClassChance } from "../answer.ts";
import type { FieldView } from "../controls/field.ts";
import { h, setAttribute, setText } from "../dom.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { findingOf } from "../verdict.ts";
import { reasonsFor } from "../views/wary.ts";

export class Reply {
  readonly root: HTMLElement;
  spoken = "";
  readonly #what = h("p", { class: "k" });
  readonly #figure = h("p", { class: "kf" });
  readonly #sentence = h("p");
  readonly #dots = h("div", { class: "dots", role: "img" }, ...Array.from({ length: 100 }, () => h("i")));
  readonly #note = h("p", { class: "fine" });
  readonly #rough = h("p", { class: "note", hidden: true });

  constructor(note: string) {
    this.root = h(
      "section",
      { class: "kr", "aria-label": t.kiosk.answer },
      this.#what,
      this.#figure,
      this.#sentence,
      this.#dots,
      this.#rough,
      this.#note,
    );
    this.note(note);
  }

  note(text: string): void {
    setText(this.#note, text);
  }

  show(answer: Answer, fields: readonly FieldView[]): void {
    const chance = answer.classes.find((c) => c.label === answer.predictedLabel) ?? mostLikely(answer.classes);
    setText(this.#what, answer.kind === "number" ? t.answer.value(answer.target) : t.kiosk.answerTo(answer.target));
    setText(this.#figure, figureOf(answer));
    this.#sentence.replaceChildren(...sentenceOf(answer, chance, fields));
    const filled = chance ? Math.round(chance.chance * 100) : 0;
    this.#dots.hidden = !chance;
    setAttribute(this.#dots, "aria-label", t.kiosk.dots(filled));
    [...this.#dots.children].forEach((dot, i) => dot.classList.toggle("y", i < filled));
    const outside = fields.filter((f) => f.remark?.outside).map((f) => format.label(f.field));
    this.#rough.hidden = outside.length === 0;
    setText(this.#rough, outside.length ? `${t.answer.outside(outside.length)} ${format.list(outside)}. ${t.answer.rough}` : "");
    this.spoken = `${figureOf(answer)}. ${this.#sentence.textContent}`;
  }
}

function figureOf(answer: Answer): string {
  if (answer.kind === "none") return t.answer.none;
  if (answer.decision !== null) return answer.decision;
  if (answer.series) return format.brief(answer.series.values[0]!);
  return answer.kind === "number" ? format.brief(answer.predicted as number) : answer.predictedLabel;
}

function sentenceOf(answer: Answer, chance: ClassChance | undefined, fields: readonly FieldView[]): (Node | string)[] {
  if (answer.kind === "none") return [reasonsFor(answer, fields).join(" ")];
  if (chance) {
    const { head, text } = t.kiosk.inHundred(Math.round(chance.chance * 100), answer.target, chance.label);
    return [h("b", {}, head), ` ${text}`];
  }
  if (!answer.series) return [];
  const { head, text } = findingOf(answer, null, false);
  return [`${head} ${text}`];
}
