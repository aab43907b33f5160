// A part of a view that is made anew only when what it shows has changed: whoever reads, types or is on a button there stays
// there, and what was unfolded stays so.
import { h } from "../../../what-if/src/dom.ts";
import { rebuild } from "../../../what-if/src/views/rebuild.ts";

type Part = Node | string | null | undefined | false;

export class Piece {
  readonly root: HTMLElement;
  #key = "";

  constructor(tag: "section" | "div" | "header" | "article" = "div", attributes: Record<string, string> = {}) {
    this.root = h(tag, { ...attributes, tabindex: "-1" });
  }

  /** `key` is all that `make` looks at. */
  show(key: unknown, make: () => Part[]): void {
    const text = JSON.stringify(key);
    if (text === this.#key) return;
    this.#key = text;
    const open = this.#folds.map((fold) => fold.open);
    const nodes = make().filter((node): node is Node | string => node !== null && node !== undefined && node !== false);
    rebuild(this.root, nodes, this.root);
    this.root.hidden = nodes.length === 0;
    for (const [i, fold] of this.#folds.entries()) fold.open = open[i] ?? fold.open;
  }

  get #folds(): HTMLDetailsElement[] {
    return [...this.root.querySelectorAll("details")];
  }
}
