// Everything else the model gives, as a table.
import type { Answer } from "../answer.ts";
import type { OutputValue, ResultField } from "scorelet";
import { h, setHidden, setText } from "../dom.ts";
import { t } from "../texts.ts";
import { briefly, exactly, resultName } from "../written.ts";

export class OutputsView {
  readonly root: HTMLElement;
  readonly #cells: HTMLElement[];
  readonly #exact = h("button", { type: "button", class: "btn toggle", "aria-pressed": "false" }, t.outputs.exact);
  #answer: Answer;

  constructor(answer: Answer, modelType: string) {
    this.#answer = answer;
    this.#cells = answer.outputs.map(() => h("td", { class: "num" }));
    const rows = answer.outputs.map(({ field }, i) =>
      h(
        "tr",
        { "data-result": field.name },
        h("th", { scope: "row" }, resultName(field)),
        h("td", { class: "what" }, meaningOf(field, modelType)),
        this.#cells[i]!,
      ),
    );
    this.root = h(
      "section",
      { class: "card outputs", "aria-labelledby": "h-out" },
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
      setText(cell, this.#isExact ? exactly(value) : briefly(field, value));
      cell.classList.toggle("nothing", value === null);
      setHidden(cell.parentElement!, isInSeries(field, value, answer));
    });
    setHidden(this.root, answer.outputs.every(({ field, value }) => isInSeries(field, value, answer)));
  }

  get #isExact(): boolean {
    return this.#exact.getAttribute("aria-pressed") === "true";
  }
}

/** Every step of it is in the table of the forecast. */
const isInSeries = (field: ResultField, value: OutputValue, { series }: Answer): boolean =>
  series !== null &&
  Array.isArray(value) &&
  (field.feature === "predictedValue" || series.others.some((o) => o.field === field));

/** What a result is, in the words that suit the kind of model. */
export function meaningOf(field: ResultField, modelType: string): string {
  const { feature, value, kind } = field;
  if (kind === "target") return t.outputs.target;
  if (feature === "probability") return value === undefined ? t.outputs.chance : t.outputs.chanceOf(value);
  const part = t.outputs.part[modelType];
  if (part && /^(entityId|clusterId)$/.test(feature)) return part;
  if (/[aA]ffinity$/.test(feature)) {
    const near = value === undefined ? t.outputs.near[modelType] : t.outputs.nearTo(value);
    if (near) return near;
  }
  return t.outputs.feature[feature] ?? feature;
}
