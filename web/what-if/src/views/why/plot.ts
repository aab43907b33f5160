// The prediction along one field: this case in ink, the average and other cases in grey behind it. The dot is the value
// now; dragging it moves the slider of the form.
import type { InputField } from "scorelet";
import type { Case } from "../../case.ts";
import { h, s, setAttribute, setHidden, setText, setVariable } from "../../dom.ts";
import { crossings, pathOf, shapeOf, snapped, type Along } from "../../explain/curve.ts";
import type { Measure } from "../../explain/measure.ts";
import { lineScale, placed, type Scale } from "../../explain/scale.ts";
import * as format from "../../format.ts";
import { ticksOf } from "../../many/ticks.ts";
import { t } from "../../texts.ts";
import { Track } from "../../track.ts";

export type Points = readonly (readonly [number, number | null])[];

export interface Lines {
  own: Points;
  stepped: boolean;
  average: Points;
  others: readonly Points[];
}

export interface CurveShown {
  field: InputField;
  along: Along;
  measure: Measure;
  lines: Lines;
  limit: number | null;
}

const inside = 0.62; // labels right of this go to the left

export class CurvePlot {
  readonly root: HTMLElement;
  readonly #grid = s("path", { class: "g" });
  readonly #others = s("path", { class: "ice" });
  readonly #average = s("path", { class: "l2" });
  readonly #own = s("path", { class: "l" });
  readonly #limitLine = s("path", { class: "thr" });
  readonly #chart: HTMLElement;
  readonly #texts = h("div", { class: "texts", "aria-hidden": "true" });
  readonly #unseen = [h("i", { class: "hatch before" }), h("i", { class: "hatch after" })];
  readonly #unseenText = h("span", { class: "unseen" }, t.why.curve.unseen);
  readonly #averageText = h("span", { class: "dl halo" }, t.why.curve.average);
  readonly #limitText = h("span", { class: "dl halo limit" });
  readonly #dot = h("span", { class: "dot" });
  readonly #nowText = h("b", { class: "dl halo" });
  readonly #handle = h("input", { type: "range", class: "handle", min: 0, max: 1, step: "any" });
  #shown: CurveShown | null = null;
  #scale: Scale = { low: 0, high: 1, ticks: [] };
  /** While it is held the axis stays as it was. */
  isHeld = false;

  constructor(private readonly theCase: Case) {
    const svg = s(
      "svg",
      { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
      ...[this.#grid, this.#others, this.#average, this.#limitLine, this.#own],
    );
    const marks = [this.#unseenText, this.#averageText, this.#limitText];
    for (const mark of [...marks, this.#nowText, this.#dot]) setAttribute(mark, "aria-hidden", "true");
    const now = h("div", { class: "now-at" }, this.#nowText, this.#dot);
    this.#chart = h("div", { class: "chart" }, ...this.#unseen, svg, this.#texts, ...marks, now, this.#handle);
    this.root = h("div", { class: "yx", dir: "ltr" }, this.#chart);
    this.#handle.addEventListener("pointerdown", () => (this.isHeld = true));
    this.#handle.addEventListener("change", () => (this.isHeld = false));
    this.#handle.addEventListener("input", () => {
      const { along } = this.#shown!;
      this.#set(snapped(along, along.low + (along.high - along.low) * Number(this.#handle.value)));
    });
    this.#handle.addEventListener("keydown", (event) => this.#key(event));
  }

  update(shown: CurveShown): void {
    this.#shown = shown;
    const { along, measure, lines, limit } = shown;
    const known = (points: Points) => points.flatMap(([, y]) => (y === null ? [] : [y]));
    const all = [lines.own, lines.average, ...lines.others].flatMap(known);
    if (!all.length) return;
    this.#scale = lineScale(limit === null ? all : [...all, limit], measure.isChance ? [0, 1] : null);
    const scale = this.#scale;
    const place = (x: number, y: number) => [this.#x(x) * 100, (1 - placed(scale, y)) * 100] as const;
    const path = (points: Points) => pathOf(points, lines.stepped, place);
    this.#own.setAttribute("d", path(lines.own));
    this.#average.setAttribute("d", path(lines.average));
    this.#others.setAttribute("d", lines.others.map(path).join(""));
    this.#grid.setAttribute("d", scale.ticks.map((y) => `M0 ${place(0, y)[1]}H100`).join(""));
    this.#limitLine.setAttribute("d", limit === null ? "" : `M0 ${place(0, limit)[1]}H100`);
    this.#limitText.hidden = limit === null;
    if (limit !== null) {
      setText(this.#limitText, t.why.curve.limit(measure.value(limit)));
      this.#put(this.#limitText, 0.02, placed(scale, limit));
    }
    this.#paintAxes(shown);
    this.#paintUnseen(along);
    this.#paintAverageText(lines);
    this.move();
  }

  /** The dot, without new lines: the case has moved along this field. `result` is its prediction. */
  move(result?: number | null): void {
    if (!this.#shown) return;
    const { field, along, measure, lines } = this.#shown;
    const now = this.theCase.get(field.name);
    const x = typeof now === "number" ? now : null;
    const y = x === null ? null : (result ?? at(lines.own, x, lines.stepped));
    const name = format.label(field);
    setAttribute(this.#handle, "aria-label", t.why.curve.drag(name));
    this.#handle.value = String(this.#x(x ?? along.low + (along.high - along.low) / 2));
    const value = x === null ? t.notGiven : format.number(x);
    setAttribute(this.#handle, "aria-valuetext", y === null ? value : t.why.curve.at(value, measure.value(y)));
    for (const mark of [this.#dot, this.#nowText]) setHidden(mark, x === null || y === null);
    if (x === null || y === null) return;
    const [left, up] = [this.#x(x), Math.min(1, Math.max(0, placed(this.#scale, y)))];
    this.#put(this.#dot, left, up);
    this.#put(this.#nowText, left, up);
    setText(this.#nowText, t.why.curve.now(measure.value(y)));
    this.#nowText.className = `dl halo ${left > inside ? "left" : "right"} ${up > 0.9 ? "under" : "over"}`;
  }

  #x(x: number): number {
    const { along } = this.#shown!;
    return Math.min(1, Math.max(0, (x - along.low) / (along.high - along.low)));
  }

  #put(mark: HTMLElement, x: number, y: number): void {
    setVariable(mark, "--x", (x * 100).toFixed(2));
    setVariable(mark, "--y", ((1 - y) * 100).toFixed(2));
  }

  #paintAxes({ along, measure }: CurveShown): void {
    const { ticks } = this.#scale;
    const xs = ticksOf(along.low, along.high, 4);
    const texts = [
      ...ticks.map((y, i) => ({ text: measure.tick(y, i === ticks.length - 1), kind: "yt", x: 0, y: placed(this.#scale, y) })),
      ...xs.map((x) => ({ text: format.compact(x), kind: "xt", x: this.#x(x), y: 0 })),
    ];
    this.#texts.replaceChildren(
      ...texts.map(({ text, kind, x, y }) => {
        const end = kind === "xt" ? (x < 0.05 ? " s" : x > 0.95 ? " e" : "") : "";
        const span = h("span", { class: kind + end }, text);
        this.#put(span, x, y);
        return span;
      }),
    );
  }

  #paintUnseen({ low, high, seen }: Along): void {
    const parts = [
      [0, this.#x(seen[0]), low < seen[0]],
      [this.#x(seen[1]), 1, high > seen[1]],
    ] as const;
    for (const [i, [from, to, isThere]] of parts.entries()) {
      this.#unseen[i]!.hidden = !isThere;
      setVariable(this.#unseen[i]!, "--from", String(from));
      setVariable(this.#unseen[i]!, "--width", String(to - from));
    }
    const shown = parts.find(([, , isThere]) => isThere);
    this.#unseenText.hidden = !shown;
    if (shown) {
      setVariable(this.#unseenText, "--from", String(shown[0]));
      setVariable(this.#unseenText, "--width", String(shown[1] - shown[0]));
    }
  }

  /** Where it is farthest from this case's line, away from the dot. */
  #paintAverageText({ own, average }: Lines): void {
    const now = this.theCase.get(this.#shown!.field.name);
    const dot = typeof now === "number" ? this.#x(now) : -1;
    const places = average.flatMap(([x, y]) => {
      const left = this.#x(x);
      if (y === null || left < 0.12 || left > 0.88 || Math.abs(left - dot) < 0.18) return [];
      const mine = at(own, x, false);
      return [{ left, y, apart: mine === null ? 1 : y - mine }];
    });
    const best = places.reduce<(typeof places)[number] | null>((a, b) => (a && Math.abs(a.apart) >= Math.abs(b.apart) ? a : b), null);
    this.#averageText.hidden = !best;
    if (!best) return;
    this.#put(this.#averageText, best.left, placed(this.#scale, best.y));
    this.#averageText.className = `dl halo middle ${best.apart >= 0 ? "over" : "under"}`;
  }

  #set(value: number): void {
    const { field } = this.#shown!;
    this.theCase.set(field.name, value, t.history.field(format.label(field)));
  }

  #key(event: KeyboardEvent): void {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    const { field, along } = this.#shown!;
    const now = this.theCase.get(field.name);
    const track = new Track(along.range, along.low, along.high);
    const from = typeof now === "number" ? now : track.middle;
    this.#set(track.snap(from + steps * track.step(from)));
  }
}

/** A line at a place between its points. */
export function at(points: Points, x: number, stepped: boolean): number | null {
  const next = points.findIndex(([px]) => px >= x);
  if (next < 0) return points.at(-1)?.[1] ?? null;
  const [x1, y1] = points[next]!,
    [x0, y0] = points[Math.max(0, next - 1)]!;
  if (y0 === null || y1 === null || x1 === x0) return y1;
  const share = (x - x0) / (x1 - x0);
  return stepped ? (share < 0.5 ? y0 : y1) : y0 + (y1 - y0) * share;
}

/** What the line says, for the heading. */
export function findingOf({ field, measure, lines, limit }: CurveShown, text: (x: number) => string): string {
  const name = format.label(field);
  const passed = limit === null ? [] : crossings(lines.own, limit, lines.stepped);
  if (passed.length === 1) return t.why.curve.passes(measure.value(limit!), name, text(passed[0]!.at));
  const shape = shapeOf(lines.own, measure.isNothing);
  switch (shape?.kind) {
    case "rises":
      return t.why.curve.rises(name, measure.value(shape.from), measure.value(shape.to));
    case "falls":
      return t.why.curve.falls(name, measure.value(shape.from), measure.value(shape.to));
    case "peak":
      return t.why.curve.peak(name, text(shape.at));
    case "dip":
      return t.why.curve.dip(name, text(shape.at));
    case "mixed":
      return t.why.curve.mixed(name);
    default:
      return t.why.curve.flat(name);
  }
}

