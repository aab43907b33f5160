// Everything else the model gives, as a table.
import { showValue, type Answer } from "../answer.ts";
import type { ResultField } from "scorelet";
import { h, setText } from "../dom.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";

export class OutputsView {
  readonly root: HTMLElement;
  readonly #cells: HTMLElement[];
  readonly #exact = h("button", { type: "button", class: "btn toggle", "aria-pressed": "false" }, t.outputs.exact);
  #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
    this.#cells = answer.outputs.map(() => h("td", { class: "num" }));
    const rows = answer.outputs.map(({ field }, i) =>
      h(
        "tr",
        { "data-result": field.name },
        h("th", { scope: "row" }, format.label(field)),
        h("td", { class: "what" }, meaning(field)),
        this.#cells[i]!,
      ),
    );
    this.root = h(
      "section",
      { class: "card outputs", "aria-labelledby": "h-out", hidden: rows.length === 0 },
      h("div", { class: "sh" }, h("h2", { id: "h-out" }, t.outputs.title(rows.length)), this.#exact),
      h(
        "table",
        {},
        h("caption", { class: "vh" }, t.outputs.caption),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...[t.outputs.name, t.outputs.what].map((x) => h("th", { scope: "col" }, x)),
            h("th", { scope: "col", class: "num" }, t.outputs.value),
          ),
        ),
        h("tbody", {}, ...rows),
      ),
    );
    this.#exact.addEventListener("click", () => {
      this.#exact.setAttribute("aria-pressed", String(!this.#isExact));
      this.update(this.#answer);
    });
    this.update(answer);
  }

  update(answer: Answer): void {
    this.#answer = answer;
    answer.outputs.forEach(({ field, value }, i) => {
      const cell = this.#cells[i]!;
      setText(
        cell,
        this.#isExact && value !== null
          ? String(value)
          : field.feature === "probability" && typeof value === "number"
            ? format.chanceCell(value)
            : showValue(value),
      );
      cell.classList.toggle("nothing", value === null);
    });
  }

  get #isExact(): boolean {
    return this.#exact.getAttribute("aria-pressed") === "true";
  }
}

function meaning(field: ResultField): string {
  if (field.feature === "probability" && field.value !== undefined) return t.outputs.chanceOf(field.value);
  return t.outputs.feature[field.feature] ?? field.feature;
}
