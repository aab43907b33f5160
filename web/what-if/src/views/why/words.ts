// The prediction for each value of a field with words: this case as a dot, the average as a grey mark.
import { h, setText, setVariable } from "../../dom.ts";
import type { Measure } from "../../explain/measure.ts";
import { lineScale, placed } from "../../explain/scale.ts";
import { t } from "../../texts.ts";
import { axisOf, cells, tableOf, type Cells } from "./rows.ts";

export interface Word {
  text: string;
  isNow: boolean;
  own: number | null;
  average: number | null;
}

export class WordsTable {
  readonly root: HTMLElement;
  readonly #axis = h("div", { class: "axisrow" });
  readonly #unit = h("th", { scope: "col", role: "columnheader", class: "num" });
  readonly #caption = h("caption", { class: "vh" });
  readonly #body = h("tbody", { role: "rowgroup" });
  readonly #rows: Cells[] = [];

  constructor() {
    const axis = h("th", { class: "axiscell", role: "presentation", "aria-hidden": "true" }, this.#axis);
    this.root = tableOf("words", this.#caption, t.why.field, axis, this.#unit, this.#body);
  }

  update(caption: string, measure: Measure, words: readonly Word[]): void {
    const known = words.flatMap((w) => [w.own, w.average]).filter((x) => x !== null);
    if (!known.length) return;
    const scale = lineScale(known, measure.isChance ? [0, 1] : null, 2);
    setText(this.#caption, caption);
    setText(this.#unit, t.why.thisCase);
    axisOf(this.#axis, scale, measure);
    while (this.#rows.length < words.length) {
      const row = cells("wf", h("i", { class: "avg" }), h("i", { class: "pt" }));
      this.#rows.push(row);
      this.#body.append(row.root);
    }
    for (const [i, row] of this.#rows.entries()) {
      const word = words[i];
      row.root.hidden = !word;
      if (!word) continue;
      row.root.className = word.isNow ? "tot" : "";
      setText(row.name, word.text);
      setText(row.number, word.own === null ? t.outputs.nothing : measure.value(word.own));
      for (const [j, x] of [word.average, word.own].entries()) {
        row.marks[j]!.hidden = x === null;
        if (x !== null) setVariable(row.marks[j]!, "--from", placed(scale, x).toFixed(5));
      }
    }
  }
}
