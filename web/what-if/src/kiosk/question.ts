// One question of a kiosk: a field, large, with steps for those who cannot drag.
import type { InputField } from "scorelet";
import type { Case } from "../case.ts";
import { FieldView } from "../controls/field.ts";
import { h } from "../dom.ts";
import { rangeOf } from "../domain.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { Track } from "../track.ts";

export class Question {
  readonly root: HTMLElement;
  readonly heading: HTMLElement;
  readonly view: FieldView;

  constructor(
    private readonly field: InputField,
    index: number,
    of: number,
    private readonly theCase: Case,
  ) {
    this.view = new FieldView(field, index, theCase);
    this.heading = h("h1", { tabindex: "-1" }, format.label(field));
    this.root = h("div", {}, h("p", { class: "k" }, t.kiosk.question(index + 1, of)), this.heading, this.view.root);
    const range = rangeOf(field);
    const box = this.view.root.querySelector(".nb .box");
    if (!range || !box) return;
    const track = new Track(range);
    box.before(this.#stepper("\u2212", t.kiosk.less(format.label(field)), track, -1));
    box.after(this.#stepper("+", t.kiosk.more(format.label(field)), track, 1));
  }

  #stepper(sign: string, name: string, track: Track, direction: 1 | -1): HTMLButtonElement {
    const button = h("button", { type: "button", class: "btn step", "aria-label": name }, sign);
    button.addEventListener("click", () => {
      const value = this.theCase.get(this.field.name);
      const from = typeof value === "number" ? value : track.middle;
      const to = track.snap(from + direction * track.step(from));
      this.theCase.set(this.field.name, to, t.history.field(format.label(this.field)));
    });
    return button;
  }
}
