// A line at the top while a file is opened: what is being done, how far it is, and the way to stop it.
import type { Progress } from "../engine/protocol.ts";
import { h, setText } from "../dom.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";

const patience = 300; // ms before there is anything to see

export class ProgressView {
  readonly #phase = h("p", { role: "status" });
  readonly #figures = h("p", { class: "fine", "aria-hidden": "true" }); // not read out at every step
  readonly #cancel = h("button", { type: "button", class: "btn" }, t.open.cancel);
  readonly root = h("div", { class: "progress", hidden: true }, this.#phase, this.#figures, this.#cancel);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(cancel: () => void) {
    this.#cancel.addEventListener("click", cancel);
  }

  begin(): void {
    this.end();
    this.#timer = setTimeout(() => {
      this.root.hidden = false;
      if (!this.#phase.textContent) setText(this.#phase, t.open.working);
    }, patience);
  }

  tell(progress: Progress): void {
    const reading = progress.phase === "reading";
    setText(this.#phase, reading ? t.open.reading : t.open.checking);
    setText(this.#figures, reading ? figures(progress.bytes, progress.of) : "");
  }

  end(): void {
    clearTimeout(this.#timer);
    this.root.hidden = true;
    setText(this.#phase, "");
    setText(this.#figures, "");
  }
}

function figures(bytes: number, of: number | null): string {
  if (!of) return format.size(bytes);
  return t.open.partOf(format.size(of), format.chanceFigure(bytes / of));
}
