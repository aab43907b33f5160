// A forecast: a line over the steps, its likely range behind it, and the same as a table.
import { h, s, setAttribute, setContent, setHidden, setText } from "../dom.ts";
import { lineScale, placed } from "../explain/scale.ts";
import * as format from "../format.ts";
import { bandOf, type Series } from "../series.ts";
import { t } from "../texts.ts";
import { spanOf } from "../verdict.ts";
import { meaningOf } from "./outputs.ts";

const most = 60; // steps in the table
const fewSteps = 36; // that have a dot each

const [width, height] = [600, 180];

export class SeriesView {
  readonly root: HTMLElement;
  readonly #title = h("h2", { id: "h-series" });
  readonly #ticks = h("div", { class: "ys", "aria-hidden": "true" });
  readonly #grid = s("path", { class: "g" });
  readonly #band = s("polygon", { class: "band" });
  readonly #line = s("polyline");
  readonly #dots = s("path", { class: "dots" });
  readonly #drawing = s(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img" },
    this.#grid,
    this.#band,
    this.#line,
    this.#dots,
  );
  readonly #end = h("span");
  /** Round values at the left, the first and last step below. */
  readonly #parts = [
    this.#ticks,
    this.#drawing,
    h("div", { class: "xs", "aria-hidden": "true" }, h("span", {}, t.series.stepAt(1)), this.#end),
  ];
  readonly #plot = h("div", { class: "steps", dir: "ltr" });
  readonly #key = h("p", { class: "fine" }, t.series.band);
  readonly #table = h("table");
  readonly #more = h("p", { class: "fine" });

  constructor(private readonly modelType: string) {
    const scroll = { class: "scroll", tabindex: "0", role: "region", "aria-label": t.series.table };
    this.root = h(
      "section",
      { class: "card series", "aria-labelledby": "h-series" },
      this.#title,
      this.#plot,
      this.#key,
      h("div", scroll, this.#table),
      this.#more,
    );
  }

  update(target: string, series: Series | null): void {
    setHidden(this.root, !series);
    if (!series) return;
    setText(this.#title, t.series.title(target, series.values.length));
    this.#draw(series);
    setHidden(this.#key, !bandOf(series));
    setContent(this.#table, this.#rows(target, series));
    const hidden = series.values.length - most;
    setText(this.#more, hidden > 0 ? t.series.more(hidden) : "");
  }

  #rows(target: string, { values, others }: Series): HTMLElement[] {
    const columns = [{ name: target, values }].concat(
      others.map((o) => ({ name: meaningOf(o.field, this.modelType), values: o.values })),
    );
    const head = columns.map((c) => h("th", { scope: "col", class: "num" }, c.name));
    const body = values
      .slice(0, most)
      .map((_, i) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, format.number(i + 1)),
          ...columns.map((c) => h("td", { class: "num" }, format.brief(c.values[i]!, 6))),
        ),
      );
    return [
      h("caption", { class: "vh" }, t.series.table),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t.series.step), ...head)),
      h("tbody", {}, ...body),
    ];
  }

  #draw(series: Series): void {
    const { values } = series;
    const band = bandOf(series);
    const all = [...values, ...(band ? [...band.lower, ...band.upper] : [])].filter((x) => !Number.isNaN(x));
    const isLine = values.length > 1 && all.length > 0 && all.every(Number.isFinite);
    if (isLine !== this.#plot.hasChildNodes()) this.#plot.replaceChildren(...(isLine ? this.#parts : []));
    if (!isLine) return;
    const x = (i: number) => (i / (values.length - 1)) * width;
    const scale = lineScale(all);
    const y = (v: number) => (1 - placed(scale, v)) * height;
    const points = (list: readonly number[]) => list.flatMap((v, i) => (Number.isNaN(v) ? [] : [`${x(i)},${y(v)}`]));
    setAttribute(this.#grid, "d", scale.ticks.map((v) => `M0 ${y(v)}H${width}`).join(""));
    setAttribute(this.#band, "points", band && [...points(band.upper), ...points(band.lower).reverse()].join(" "));
    setAttribute(this.#line, "points", points(values).join(" "));
    setAttribute(this.#dots, "d", values.length <= fewSteps ? points(values).map((at) => `M${at}h0`).join("") : null);
    const label = spanOf(values);
    setAttribute(this.#drawing, "aria-label", `${label.head} ${label.text}`);
    setContent(this.#ticks, scale.ticks.toReversed().map((v) => h("span", {}, format.brief(v))));
    setText(this.#end, t.series.stepAt(values.length));
  }
}
