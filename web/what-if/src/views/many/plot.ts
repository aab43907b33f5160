// The frame of a chart: lines in an SVG that is stretched, text and dots as HTML at percentages on top, so that neither is
// ever scaled or distorted. A table stands under each.
import { h, s, setVariable } from "../../dom.ts";
import { t } from "../../texts.ts";

/** A place on an axis, 0 to 1, and what is said there. */
export interface Tick {
  at: number;
  text: string;
}

export interface Axes {
  x: Tick[];
  y: Tick[];
}

/** Where a value lies between the ends of an axis. */
export const placed = (value: number, low: number, high: number): number =>
  high > low ? (value - low) / (high - low) : 0.5;

const f = (x: number): string => (x * 100).toFixed(2).replace(/\.?0+$/, "");

/** A line through points whose coordinates are 0 to 1, from the lower left. */
export const line = (points: readonly (readonly [number, number])[], kind = "l"): SVGElement =>
  s("path", { class: kind, d: points.map(([x, y], i) => `${i ? "L" : "M"}${f(x)} ${f(1 - y)}`).join("") });

export const bar = (from: number, to: number, height: number, base = 0, kind = "pop"): SVGElement =>
  s("rect", { class: kind, x: f(from), width: f(Math.max(0, to - from)), y: f(1 - base - height), height: f(height) });

/** Text or a dot at a place. */
export function mark(kind: string, x: number, y: number, ...text: (Node | string)[]): HTMLElement {
  const span = h("span", { class: kind }, ...text);
  setVariable(span, "--x", f(x));
  setVariable(span, "--y", f(1 - y));
  return span;
}

/** `label` states the finding; `zero` is where the strong line of the vertical axis lies. */
export function plot(
  label: string,
  axes: Axes,
  shapes: readonly SVGElement[],
  marks: readonly HTMLElement[] = [],
  { zero = 0, tall = false }: { zero?: number; tall?: boolean } = {},
): HTMLElement {
  const grid = axes.y
    .filter((tick) => Math.abs(tick.at - zero) > 1e-9)
    .map((tick) =>
      line(
        [
          [0, tick.at],
          [1, tick.at],
        ],
        "g",
      ),
    );
  const svg = s(
    "svg",
    { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
    ...grid,
    ...shapes,
    line(
      [
        [0, zero],
        [1, zero],
      ],
      "z",
    ),
  );
  const texts = [
    ...axes.y.map((tick) => mark("yt", 0, tick.at, tick.text)),
    ...axes.x.map((tick) => mark(`xt${tick.at < 0.06 ? " s" : tick.at > 0.94 ? " e" : ""}`, tick.at, 0, tick.text)),
  ];
  return h(
    "div",
    { class: "yx", dir: "ltr" },
    h("div", { class: tall ? "plot tall" : "plot", role: "img", "aria-label": label }, svg, ...texts, ...marks),
  );
}

/** The numbers of a chart, folded. */
export function chartTable(heads: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const name = t.many.spread.table;
  return h(
    "details",
    { class: "tbl" },
    h("summary", {}, name),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": `${name}: ${heads.join(", ")}` },
      table(heads, rows),
    ),
  );
}

/** The first column names the rows. */
export function table(heads: readonly string[], rows: readonly (readonly (string | Node)[])[], kind = ""): HTMLElement {
  const numeric = (i: number) => (i ? "num" : "");
  return h(
    "table",
    { class: kind },
    h("thead", {}, h("tr", {}, ...heads.map((x, i) => h("th", { scope: "col", class: numeric(i) }, x)))),
    h(
      "tbody",
      {},
      ...rows.map(([first, ...rest]) =>
        h("tr", {}, h("th", { scope: "row" }, first!), ...rest.map((x, i) => h("td", { class: numeric(i + 1) }, x))),
      ),
    ),
  );
}
