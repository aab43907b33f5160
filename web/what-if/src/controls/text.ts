// Free text, and dates and times through the browser's own pickers (ISO text goes to the model).
import { h } from "../dom.ts";
import { kindOf } from "../domain.ts";
import { t } from "../texts.ts";
import { fillBox, NotGiven, type MakeControl } from "./control.ts";

const pickers: Record<string, { type: string; step?: number }> = {
  date: { type: "date" },
  time: { type: "time", step: 1 },
  dateTime: { type: "datetime-local", step: 1 },
};

export const textControl: MakeControl = (field, id, emit) => {
  const picker = pickers[kindOf(field)];
  const box = h("input", {
    id,
    class: picker ? "box" : "box wide",
    autocomplete: "off",
    placeholder: t.notGiven,
    ...(picker ?? { type: "text" }),
  });
  const notGiven = new NotGiven(field, emit);
  box.addEventListener("input", () => emit(box.value === "" ? null : box.value));
  return {
    nodes: [box, h("div", { class: "alts" }, notGiven.button)],
    labels: id,
    inputs: [box],
    show(value) {
      fillBox(box, typeof value === "string" ? value : "");
      notGiven.show(value);
    },
  };
};
