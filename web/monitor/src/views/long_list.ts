// A list of any length: only the rows in sight are in the page. One link of it is in the tab order; arrows, page keys, Home
// and End lead on from there.
import { h, setVariable } from "../../../what-if/src/dom.ts";

const spare = 8; // rows above and below what is seen
const most = 200; // however tall the window is, as when it is printed

export interface Column {
  name: string;
  kind: string;
}

export class LongList<T> {
  readonly root: HTMLElement;
  readonly #head = h("div", { role: "row", class: "lrow lhead", "aria-rowindex": 1 });
  readonly #body = h("div", { role: "rowgroup", class: "lbody" });
  readonly #rows = new Map<string, { row: HTMLElement; shown: string }>();
  #items: readonly T[] = [];
  #active: string | null = null;

  constructor(
    label: string,
    columns: readonly Column[],
    private readonly key: (item: T) => string,
    /** The cells of a row; the first holds the one link. */
    private readonly cells: (item: T) => (Node | string)[],
  ) {
    this.columns = columns;
    this.#head.append(...columns.map(({ name, kind }) => h("span", { role: "columnheader", class: kind }, name)));
    this.root = h(
      "div",
      { role: "grid", class: "llist", "aria-label": label },
      h("div", { role: "rowgroup" }, this.#head),
      this.#body,
    );
    this.root.addEventListener("keydown", (event) => this.#press(event));
    this.#body.addEventListener("focusin", (event) => this.#enter(event));
    const draw = () => requestAnimationFrame(() => this.draw());
    addEventListener("scroll", draw, { passive: true });
    addEventListener("resize", draw, { passive: true });
  }

  private readonly columns: readonly Column[];

  show(items: readonly T[]): void {
    this.#items = items;
    this.root.setAttribute("aria-rowcount", String(items.length + 1));
    if (!items.some((item) => this.key(item) === this.#active))
      this.#active = items[0] === undefined ? null : this.key(items[0]);
    this.draw();
  }

  draw(): void {
    if (!this.root.isConnected) return;
    const height = this.#height;
    setVariable(this.#body, "--rows", String(this.#items.length));
    const top = -this.#body.getBoundingClientRect().top;
    const from = Math.max(0, Math.floor(top / height) - spare);
    const until = Math.min(this.#items.length, from + most, Math.ceil((top + innerHeight) / height) + spare);
    const active = this.#items.findIndex((item) => this.key(item) === this.#active); // Tab must find it, wherever one has scrolled
    const wanted = Array.from({ length: Math.max(0, until - from) }, (_, i) => from + i).filter((i) => i !== active);
    if (active >= 0) wanted.push(active);
    this.#fill(wanted.sort((a, b) => a - b));
  }

  /** Rows stand in the order of the list, for those who read the page without seeing it. */
  #fill(wanted: readonly number[]): void {
    const rows = wanted.map((i) => this.#row(i));
    for (const [key, { row }] of this.#rows)
      if (!rows.includes(row)) {
        row.remove();
        this.#rows.delete(key);
      }
    const held = document.activeElement;
    let cursor = this.#body.firstElementChild;
    for (const row of rows) {
      if (row === cursor) cursor = cursor.nextElementSibling;
      else this.#body.insertBefore(row, cursor);
    }
    if (held instanceof HTMLElement && held !== document.activeElement && this.#body.contains(held))
      held.focus({ preventScroll: true });
  }

  /** What the style sheet makes of a row. */
  get #height(): number {
    return Number.parseFloat(getComputedStyle(this.root).getPropertyValue("--row")) || 48;
  }

  #row(i: number): HTMLElement {
    const item = this.#items[i]!;
    const key = this.key(item);
    const shown = JSON.stringify(item);
    const known = this.#rows.get(key);
    const row = known?.row ?? h("div", { role: "row", class: "lrow" });
    if (known?.shown !== shown) {
      const wasInside = row.contains(document.activeElement);
      row.replaceChildren(
        ...this.cells(item).map((cell, k) =>
          h("span", { role: k ? "gridcell" : "rowheader", class: this.columns[k]!.kind }, cell),
        ),
      );
      if (wasInside) row.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
      this.#rows.set(key, { row, shown });
    }
    row.setAttribute("aria-rowindex", String(i + 2));
    setVariable(row, "--at", String(i));
    const link = row.querySelector("a");
    if (link) link.tabIndex = key === this.#active ? 0 : -1;
    return row;
  }

  #enter(event: FocusEvent): void {
    const found = [...this.#rows].find(([, { row }]) => row.contains(event.target as Node));
    if (!found || found[0] === this.#active) return;
    this.#active = found[0];
    for (const [key, { row }] of this.#rows) {
      const link = row.querySelector("a");
      if (link) link.tabIndex = key === this.#active ? 0 : -1;
    }
  }

  #press(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(innerHeight / this.#height) - 2);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || !(event.target as Element).closest("a"))
      return;
    event.preventDefault();
    const now = this.#items.findIndex((item) => this.key(item) === this.#active);
    const next = Math.min(this.#items.length - 1, Math.max(0, now + step));
    const item = this.#items[next];
    if (item === undefined) return;
    this.#active = this.key(item);
    const top = this.#body.getBoundingClientRect().top + scrollY + next * this.#height;
    if (top < scrollY + 2 * this.#height) scrollTo(0, Math.max(0, top - 2 * this.#height));
    else if (top + 2 * this.#height > scrollY + innerHeight) scrollTo(0, top + 2 * this.#height - innerHeight);
    this.draw();
    this.#rows.get(this.#active)?.row.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  }
}
