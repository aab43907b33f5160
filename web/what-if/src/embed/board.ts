// Form, prediction and results of an open model, and explanations if they are wanted, with nothing of a page around them.
import { Announcer } from "../announce.ts";
import { h } from "../dom.ts";
import type { Session } from "../session.ts";
import { Desk } from "../views/desk.ts";
import type { LoadWhy } from "../views/why_place.ts";

export class Board {
  readonly root: HTMLElement;
  readonly #desk: Desk;
  readonly #announcer = new Announcer();
  #isClosed = false;
  readonly #parts = new MutationObserver(() => this.#nameParts());

  /** `only` names the fields to show, in their order; none of them means all. */
  constructor(
    session: Session,
    only: readonly string[],
    why: LoadWhy | null,
  ) {
    this.#desk = new Desk(session, { only, ...(why && { why }), say: (sentence) => this.#announcer.say(sentence) });
    const { result, form, rest } = this.#desk;
    result.onAsk = (value) => (session.asked = value);
    this.root = h("div", { class: "case" }, result.root, form.root, rest, this.#announcer.root);
    this.#nameParts();
    this.#parts.observe(rest, { childList: true });
    this.#desk.explain();
    this.#desk.settle();
    session.onAnswer((answer) => this.#isClosed || this.#desk.follow(answer));
  }

  close(): void {
    this.#isClosed = true;
    this.#desk.hold();
    this.#parts.disconnect();
  }

  /** What a page's own styles may reach, `scorelet-whatif::part(figure)`. */
  #nameParts(): void {
    for (const [name, selector] of Object.entries(parts))
      for (const element of this.root.querySelectorAll(selector)) element.setAttribute("part", name);
  }
}

const parts = {
  form: ".form", field: ".field", prediction: ".pred", figure: ".fig strong", verdict: ".verdict", results: ".outputs",
  explanations: ".why", contributions: ".waterfall", curve: ".curve", sensitivity: ".tornado", ways: ".ways", trace: ".how",
};
