// The head of the page: the views, how far back one looks, and whether what is shown is up to date.
import { h, setAttribute, setText } from "../../../what-if/src/dom.ts";
import { button } from "../../../what-if/src/views/button.ts";
import { mark } from "../../../what-if/src/views/header.ts";
import type { Health } from "../feed.ts";
import { addressWith, daysNow, daysPart, go, linkTo, spans, to, viewNow, type ViewName } from "../place.ts";
import { clock } from "../time.ts";
import { w } from "../words.ts";

const listed = ["today", "groups", "models", "alerts", "report"] as const;

export class HeaderView {
  readonly root: HTMLElement;
  readonly #links: [ViewName, HTMLAnchorElement][];
  readonly #days: HTMLSelectElement;
  readonly #span: HTMLElement;
  readonly #health = h("span", { class: "tag ok" });

  constructor(say: (sentence: string) => void) {
    this.#links = listed.map((name) => [name, linkTo(to(name), w.views[name])]);
    this.#days = h("select", {}, ...spans.map((days) => h("option", { value: days }, w.lastDays(days))));
    this.#days.addEventListener("change", () => go(daysPart(Number(this.#days.value))));
    this.#span = h("label", {}, h("span", { class: "vh" }, w.lookBack), this.#days);
    const copy = button(w.copyLink, "", () => {
      void navigator.clipboard.writeText(location.href).then(
        () => say(w.copied),
        () => say(w.notCopied),
      );
    });
    this.root = h(
      "header",
      { class: "top" },
      h("p", { class: "wm" }, mark(), h("span", {}, w.product)),
      h("nav", { "aria-label": w.viewsLabel }, h("ul", {}, ...this.#links.map(([, link]) => h("li", {}, link)))),
      h("div", { class: "local" }, this.#health, this.#span, copy),
    );
  }

  /** The address has changed. */
  update(): void {
    const now = viewNow() === "model" ? "models" : viewNow();
    for (const [name, link] of this.#links) {
      link.href = addressWith(to(name));
      setAttribute(link, "aria-current", name === now ? "page" : null);
    }
    this.#days.value = String(daysNow());
    this.#span.hidden = !["today", "model", "alerts"].includes(viewNow());
  }

  feel({ trouble, at }: Health): void {
    this.#health.className = `tag ${trouble ? "warn" : "ok"}`;
    setText(this.#health, trouble ? w.health.cutShort : at ? w.health.live(clock(at)) : "");
    this.#health.hidden = !trouble && !at;
  }
}
