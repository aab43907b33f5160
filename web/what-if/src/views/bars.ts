// The chance of each class as a bar with its figure. Of many classes the five most likely, the rest summed.
import { mostLikely, usualFocus, type ClassChance } from "../answer.ts";
import { h, setHidden, setText, setVariable } from "../dom.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";

const most = 5;

interface Row {
  root: HTMLElement;
  name: HTMLElement;
  bar: HTMLElement;
  value: HTMLElement;
}

export class BarsView {
  readonly root: HTMLElement;
  readonly #bars = h("dl", { class: "cls" });
  readonly #focus = h("select", {});
  readonly #picker = h("label", { class: "pick", hidden: true }, h("span", { class: "fine" }, t.answer.showChance));
  readonly #rows: Row[] = [];
  #offered: string[] = [];
  #order: string[] = [];

  /** `onFocus` is called when the reader asks about another class; `beside` stands beside that choice. */
  constructor(onFocus: () => void, beside: HTMLElement) {
    this.#picker.append(this.#focus);
    this.#focus.addEventListener("change", onFocus);
    this.root = h("div", {}, this.#bars, h("div", { class: "picks" }, this.#picker, beside));
  }

  /** Offers the classes of the first prediction; a case may begin without one. */
  offer(classes: readonly ClassChance[]): void {
    if (this.#offered.length || !classes.length) return;
    this.#offered = classes.map((c) => c.value);
    this.settle(classes);
    const options = classes.map((c, i) => h("option", { value: i + 1 }, c.label));
    this.#focus.replaceChildren(h("option", { value: "" }, t.answer.likely), ...options);
    this.#focus.value = String(this.#offered.indexOf(usualFocus(classes) ?? "") + 1 || "");
    this.#picker.hidden = classes.length < 2;
  }

  /** The class asked about: the one chosen, else the most likely. */
  focused(classes: readonly ClassChance[]): ClassChance | undefined {
    const value = this.#offered[Number(this.#focus.value) - 1];
    return classes.find((c) => c.value === value) ?? mostLikely(classes);
  }

  /** Reorders many classes; only called after a moment of rest, so that nothing moves under the pointer. */
  settle(classes: readonly ClassChance[]): void {
    const sorted = classes.length > most + 1 ? [...classes].sort((a, b) => b.chance - a.chance) : classes;
    this.#order = sorted.map((c) => c.value);
  }

  paint(classes: readonly ClassChance[]): void {
    const lines = this.#lines(classes);
    setHidden(this.#bars, lines.length === 0);
    while (this.#rows.length < lines.length) this.#rows.push(this.#newRow());
    for (const [i, { root, name, bar, value }] of this.#rows.entries()) {
      const line = lines[i];
      setHidden(root, !line);
      if (!line) continue;
      setText(name, line.label);
      setText(value, format.chanceCell(line.chance));
      setVariable(bar, "--share", String(line.chance));
      bar.classList.toggle("me", line.me);
    }
  }

  #lines(classes: readonly ClassChance[]): { label: string; chance: number; me: boolean }[] {
    const focus = this.focused(classes);
    const ordered = this.#order.flatMap((value) => classes.find((c) => c.value === value) ?? []);
    const shown = ordered.slice(0, classes.length > most + 1 ? most : undefined);
    const lines = shown.map((c) => ({ label: c.label, chance: c.chance, me: c === focus }));
    const rest = classes.filter((c) => !shown.includes(c));
    const chance = rest.reduce((sum, c) => sum + c.chance, 0);
    return rest.length ? [...lines, { label: t.answer.others(rest.length), chance, me: false }] : lines;
  }

  #newRow(): Row {
    const name = h("dt");
    const bar = h("i", { class: "bar", "aria-hidden": "true" });
    const value = h("span");
    const root = h("div", {}, name, h("dd", {}, bar, value));
    this.#bars.append(root);
    return { root, name, bar, value };
  }
}
