// A list of values in one box, with a line on how it is written.
import { h } from "../dom.ts";
import { readList, validValues } from "../domain.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { Listed } from "../typed.ts";
import { fillBox, NotGiven, type MakeControl } from "./control.ts";

const few = 12; // up to this many known values are named

export const listControl: MakeControl = (field, id, emit) => {
  const known = validValues(field).map((v) => v.value);
  const help = field.isListOfSets ? t.form.setsHelp : t.form.listHelp;
  const words = known.length && known.length <= few ? `${help} ${t.form.known(format.list(known))}` : help;
  const box = h("input", {
    id,
    type: "text",
    class: "box wide",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: t.notGiven,
  });
  const notGiven = new NotGiven(field, emit);
  box.addEventListener("input", () => emit(readList(field, box.value)));
  return {
    nodes: [h("p", { class: "fine help", id: `${id}-h` }, words), box, h("div", { class: "alts" }, notGiven.button)],
    labels: id,
    inputs: [box],
    help: `${id}-h`,
    show(value) {
      fillBox(box, value instanceof Listed ? value.text : "");
      notGiven.show(value);
    },
  };
};
