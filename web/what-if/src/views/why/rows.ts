// Tables of bars: a name with a detail, marks along an axis, a number with its sign. The roles stay when a small screen
// lays the rows out differently.
import { h, setText, setVariable } from "../../dom.ts";
import type { Measure } from "../../explain/measure.ts";
import { placed, type Scale } from "../../explain/scale.ts";

export interface Cells {
  root: HTMLTableRowElement;
  name: HTMLElement;
  detail: HTMLElement;
  marks: readonly HTMLElement[];
  number: HTMLElement;
  /** 1 up, −1 down, 0 neither. */
  arrow(direction: number): void;
}

/** `marks` are drawn in a cell of the kind `kind`. */
export function cells(kind: string, ...marks: HTMLElement[]): Cells {
  const name = h("span", { class: "name" }),
    detail = h("span", { class: "detail" }),
    pointer = h("span", { "aria-hidden": "true" }),
    number = h("span");
  const cell = h("td", { role: "cell", class: "num" }, pointer, number);
  const root = h(
    "tr",
    { role: "row" },
    h("th", { scope: "row", role: "rowheader" }, name, " ", detail),
    h("td", { class: kind, role: "presentation", "aria-hidden": "true", dir: "ltr" }, ...marks),
    cell,
  );
  return {
    root,
    name,
    detail,
    marks,
    number,
    arrow(direction) {
      setText(pointer, direction > 0 ? "▲ " : direction < 0 ? "▼ " : "");
      cell.className = `num ${direction > 0 ? "up" : direction < 0 ? "down" : ""}`;
    },
  };
}

export function tableOf(kind: string, caption: HTMLElement, first: string, axis: HTMLElement, last: HTMLElement | null, body: HTMLElement): HTMLElement {
  const head = h("tr", { role: "row" }, h("th", { scope: "col", role: "columnheader" }, first), axis, last);
  return h("table", { class: kind, role: "table" }, caption, h("thead", { role: "rowgroup" }, head), body);
}

/** The texts along an axis. */
export function axisOf(root: HTMLElement, scale: Scale, measure: Measure): void {
  while (root.children.length > scale.ticks.length) root.lastElementChild!.remove();
  while (root.children.length < scale.ticks.length) root.append(h("span"));
  for (const [i, x] of scale.ticks.entries()) {
    const text = root.children[i] as HTMLElement;
    const at = placed(scale, x);
    setText(text, measure.tick(x, i === scale.ticks.length - 1));
    text.className = at < 0.04 ? "s" : at > 0.96 ? "e" : "";
    setVariable(text, "--x", at.toFixed(4));
  }
}
