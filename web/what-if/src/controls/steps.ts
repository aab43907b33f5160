// An ordinal field with many levels: a slider that stops at each level, with the level in words beside it.
import { h, setAttribute, setText } from "../dom.ts";
import { validValues } from "../domain.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { NotGiven, type MakeControl } from "./control.ts";
import { levelHistogram } from "./histogram.ts";

export const stepsControl: MakeControl = (field, id, emit) => {
  const levels = validValues(field).map((v) => ({ value: v.value, label: v.displayValue ?? v.value }));
  const middle = Math.floor((levels.length - 1) / 2);
  const input = h("input", { type: "range", id, min: 0, max: levels.length - 1, step: 1 });
  const level = h("output", { class: "box level", for: id });
  const notGiven = new NotGiven(field, emit, () => emit(levels[middle]!.value));
  input.addEventListener("input", () => emit(levels[Number(input.value)]!.value));
  return {
    nodes: [
      h(
        "div",
        { class: "ctl", dir: "ltr" },
        levelHistogram(
          field,
          levels.map((l) => l.value),
        ),
        input,
        h(
          "div",
          { class: "ends", "aria-hidden": true },
          h("span", {}, levels[0]!.label),
          h("span", {}, levels.at(-1)!.label),
        ),
      ),
      h("div", { class: "nb" }, level, notGiven.button),
    ],
    labels: id,
    inputs: [input],
    show(value) {
      const at = levels.findIndex((l) => l.value === String(value));
      const words = value === null ? t.notGiven : (levels[at]?.label ?? format.number(Number(value)));
      input.value = String(at < 0 ? middle : at);
      setAttribute(input, "aria-valuetext", words);
      setText(level, words);
      notGiven.show(value);
    },
  };
};
