// Tabs by the usual keys: Tab reaches the one that is shown, arrows go to the others.
import { h, setAttribute } from "../../../../web/what-if/src/dom.ts";

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly root: HTMLElement;
  /** Called whenever it comes into sight, and when it goes. */
  enter?(): void;
  leave?(): void;
}

export class Tabs {
  readonly list: HTMLElement;
  readonly panels: HTMLElement[];
  #shown: Tab | null = null;

  constructor(
    label: string,
    private readonly tabs: readonly Tab[],
  ) {
    this.list = h("div", { class: "tabs", role: "tablist", "aria-label": label }, ...tabs.map((tab) => this.#button(tab)));
    this.panels = tabs.map((tab) => h("div", { id: `panel-${tab.id}`, class: "panel", role: "tabpanel", "aria-labelledby": `tab-${tab.id}`, tabindex: "-1", hidden: true }, tab.root));
  }

  show(id: string): void {
    const tab = this.tabs.find((t) => t.id === id)!;
    if (tab === this.#shown) return;
    this.#shown?.leave?.();
    this.#shown = tab;
    for (const [i, t] of this.tabs.entries()) {
      const button = this.list.children[i]!;
      setAttribute(button, "aria-selected", String(t === tab));
      setAttribute(button, "tabindex", t === tab ? null : "-1");
      this.panels[i]!.hidden = t !== tab;
    }
    tab.enter?.();
  }

  #button(tab: Tab): HTMLElement {
    const button = h("button", { type: "button", role: "tab", id: `tab-${tab.id}`, "aria-controls": `panel-${tab.id}` }, tab.title);
    button.addEventListener("click", () => this.show(tab.id));
    button.addEventListener("keydown", (event) => {
      const at = this.tabs.indexOf(tab),
        last = this.tabs.length - 1;
      const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.show(this.tabs[to]!.id);
      (this.list.children[to] as HTMLElement).focus();
    });
    return button;
  }
}
