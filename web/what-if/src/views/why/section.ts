// A section whose heading is its finding, with a line on the method below it.
import { h, setText } from "../../dom.ts";

let made = 0;

export class Section {
  readonly root: HTMLElement;
  readonly #heading: HTMLElement;
  readonly #lead = h("p", { class: "sub" });

  /** `beside` stands at the end of the heading's line. */
  constructor(kind: string, beside: HTMLElement | null, ...content: (Node | null)[]) {
    const id = `h-why-${++made}`;
    this.#heading = h("h2", { id });
    this.root = h(
      "section",
      { class: `card ${kind}`, "aria-labelledby": id },
      h("div", { class: "sh" }, this.#heading, beside),
      this.#lead,
      ...content,
    );
  }

  say(finding: string, lead: string): void {
    setText(this.#heading, finding);
    setText(this.#lead, lead);
  }
}
