// A file being scored: how far it is, in words, and the way to stop it.
import { h, setText, setVariable } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Progress } from "../../many/protocol.ts";
import { t } from "../../texts.ts";
import { count } from "./figures.ts";
import { button } from "./section.ts";

const calm = 3000; // ms between two sentences that are read out

export class WorkingView {
  readonly root: HTMLElement;
  readonly #text = h("p", { class: "sub", "aria-hidden": "true" });
  readonly #spoken = h("p", { class: "vh", role: "status" });
  readonly #bar = h("div", { class: "far", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" });
  #told = 0;

  constructor(heading: HTMLElement, cancel: () => void) {
    this.#bar.setAttribute("aria-label", heading.textContent ?? "");
    this.root = h(
      "section",
      { class: "card working", "aria-label": heading.textContent ?? "" },
      heading,
      this.#bar,
      this.#text,
      this.#spoken,
      h("div", { class: "row" }, button(t.many.cancel, "", cancel)),
    );
    this.tell({ rows: 0, share: 0 });
  }

  tell({ rows, share }: Progress): void {
    const text = t.many.progress(count(rows), format.number(Math.floor(share * 100)));
    setText(this.#text, text);
    setVariable(this.#bar, "--share", String(share));
    this.#bar.setAttribute("aria-valuenow", String(Math.floor(share * 100)));
    if (performance.now() - this.#told < calm) return;
    this.#told = performance.now();
    setText(this.#spoken, text);
  }
}
