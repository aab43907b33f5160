// Ranking and calibration once outcomes are known. The dot of the limit moves along the ROC curve with the limit's slider.
import type { CurvePoint, Top } from "scorelet";
import { h, setText } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Batch } from "../../many/batch.ts";
import type { Judgement } from "../../many/protocol.ts";
import { calibrationFinding } from "../../many/verdicts.ts";
import { t } from "../../texts.ts";
import { count, limit, percent } from "./figures.ts";
import { chartTable, line, mark, plot, type Tick } from "./plot.ts";
import { numberBox, section } from "./section.ts";

type Binary = NonNullable<Judgement["binary"]>;

const startShare = 0.7; // of all events
const tableRows = 11;

const percentTicks = (steps: number): Tick[] =>
  Array.from({ length: steps + 1 }, (_, i) => {
    const at = i / steps;
    const text = String(Math.round(at * 100));
    return { at, text: i === steps ? t.percent(text) : text };
  });

const square = () => ({ x: percentTicks(2), y: percentTicks(2) });
const diagonal = (): SVGElement =>
  line(
    [
      [0, 0],
      [1, 1],
    ],
    "by",
  );

/** Points of a curve nearest to equally spaced places, for its table. */
function picked<P>(points: readonly P[], at: (point: P) => number): P[] {
  return Array.from({ length: tableRows }, (_, i) =>
    points.reduce((best, p) =>
      Math.abs(at(p) - i / (tableRows - 1)) < Math.abs(at(best) - i / (tableRows - 1)) ? p : best,
    ),
  );
}

export class GainView {
  readonly root: HTMLElement;
  readonly #heading = h("h3");
  readonly #chart = h("div");
  readonly #cases: HTMLInputElement;
  readonly #share: HTMLInputElement;

  constructor(
    private readonly batch: Batch,
    private readonly binary: Binary,
    private readonly value: string,
  ) {
    this.#cases = numberBox(t.many.gain.top, 0, (cases) => void this.#ask({ cases }));
    this.#share = numberBox(
      t.many.gain.share(value),
      startShare * 100,
      (share) => void this.#ask({ share: share / 100 }),
    );
    const { events, nonEvents } = binary.figures;
    this.root = section(
      this.#heading,
      h(
        "p",
        { class: "ask" },
        h(
          "label",
          {},
          h("span", {}, t.many.gain.top),
          " ",
          this.#cases,
          " ",
          t.many.gain.topOf(count(events + nonEvents)),
        ),
        h("label", {}, h("span", {}, t.many.gain.share(value)), " ", this.#share, ` ${t.percentSign}`),
      ),
      this.#chart,
      h("p", { class: "fine" }, t.many.gain.x),
      chartTable(
        [t.many.gain.cases, t.many.gain.found, t.many.gain.lift],
        picked(binary.curve, (p) => this.#reached(p)).map((p) => {
          const reached = this.#reached(p);
          return [
            count(p.truePositives + p.falsePositives),
            format.chanceCell(p.truePositives / events),
            reached ? format.brief(p.truePositives / events / reached, 3) : "–",
          ];
        }),
      ),
    );
    void this.#ask({ share: startShare });
  }

  #reached(p: CurvePoint): number {
    const { events, nonEvents } = this.binary.figures;
    return (p.truePositives + p.falsePositives) / (events + nonEvents);
  }

  async #ask(wanted: { cases: number } | { share: number }): Promise<void> {
    const top = await this.batch.ask("top", wanted).catch(() => null);
    if (!top) return;
    if ("share" in wanted) this.#cases.value = String(Math.round(top.cases));
    else this.#share.value = String(Math.round(top.share * 1000) / 10);
    this.#paint(top);
  }

  #paint(top: Top): void {
    const { events, nonEvents } = this.binary.figures;
    const finding = t.many.gain.title(percent(top.share), this.value, count(top.cases));
    setText(this.#heading, finding);
    const x = top.cases / (events + nonEvents);
    const note = t.many.gain.mark(percent(top.share), format.brief(top.lift, 2));
    this.#chart.replaceChildren(
      h("p", { class: "axis" }, t.many.gain.axis(this.value)),
      plot(
        t.many.gain.label(finding),
        square(),
        [diagonal(), line(this.binary.curve.map((p) => [this.#reached(p), p.truePositives / events]))],
        [
          mark("dl halo", 0.72, 0.6, t.many.gain.chance),
          mark("dot", x, top.share),
          mark(x > 0.45 ? "dl halo under" : "dl halo", x, top.share, h("b", {}, note)),
        ],
        { tall: true },
      ),
    );
  }
}

export class RocView {
  readonly root: HTMLElement;
  readonly #dot = mark("dot", 0, 0);
  readonly #note = mark("dl halo", 0, 0);

  constructor(
    private readonly binary: Binary,
    value: string,
  ) {
    const { events, nonEvents, auc } = binary.figures;
    const caught = (p: CurvePoint): [number, number] => [p.falsePositives / nonEvents, p.truePositives / events];
    this.root = section(
      t.many.roc.title(value, format.brief(auc * 100, auc > 0.99 ? 3 : 2)),
      h("p", { class: "axis" }, t.many.roc.axis(value)),
      plot(
        t.many.roc.label(format.fixed(auc, 3)),
        square(),
        [diagonal(), line(binary.curve.map(caught))],
        [mark("dl halo quiet", 0.4, 0.2, t.many.roc.area(format.fixed(auc, 3))), this.#dot, this.#note],
        { tall: true },
      ),
      h("p", { class: "fine" }, t.many.roc.x),
      chartTable(
        [t.many.roc.threshold, t.many.roc.axis(value), t.many.roc.x],
        picked(binary.curve, (p) => caught(p)[0]).map((p) => [
          Number.isFinite(p.threshold) ? format.chanceCell(p.threshold) : "–",
          format.chanceCell(caught(p)[1]),
          format.chanceCell(caught(p)[0]),
        ]),
      ),
    );
  }

  /** The limit has moved. */
  at(threshold: number, truePositives: number, falsePositives: number): void {
    const { events, nonEvents } = this.binary.figures;
    const [x, y] = [falsePositives / nonEvents, truePositives / events];
    for (const span of [this.#dot, this.#note]) {
      span.style.setProperty("--x", String(x * 100));
      span.style.setProperty("--y", String((1 - y) * 100));
    }
    this.#note.className = x > 0.6 ? "dl halo under" : "dl halo";
    this.#note.replaceChildren(h("b", {}, t.many.roc.limit(limit(threshold))));
  }
}

export function calibrationView({ groups }: Binary): HTMLElement {
  const { kind, from } = calibrationFinding(groups);
  const finding =
    kind === "low" || kind === "high" ? t.many.calibration[kind](percent(from)) : t.many.calibration[kind];
  const top = Math.min(1, Math.ceil(Math.max(...groups.flatMap((g) => [g.meanScore, g.intervalHigh])) * 10) / 10);
  const ticks = [0, 0.5, 1].map((at) => {
    const text = format.brief(at * top * 100, 2);
    return { at, text: at === 1 ? t.percent(text) : text };
  });
  return section(
    finding,
    h("p", { class: "axis" }, t.many.calibration.axis),
    plot(
      t.many.calibration.label(finding),
      { x: ticks, y: ticks },
      [
        diagonal(),
        ...groups.map((g) =>
          line(
            [
              [g.meanScore / top, g.intervalLow / top],
              [g.meanScore / top, g.intervalHigh / top],
            ],
            "l2",
          ),
        ),
      ],
      [
        mark("dl halo quiet left", 0.6, 0.66, t.many.calibration.perfect),
        ...groups.map((g) => mark("dot b", g.meanScore / top, g.rate / top)),
      ],
      { tall: true },
    ),
    h("p", { class: "fine" }, t.many.calibration.x),
    chartTable(
      [t.many.calibration.chance, t.many.calibration.rate, t.many.calibration.interval, t.many.calibration.cases],
      groups.map((g) => [
        format.chanceCell(g.meanScore),
        format.chanceCell(g.rate),
        t.many.spread.between(format.chanceCell(g.intervalLow), format.chanceCell(g.intervalHigh)),
        count(g.cases),
      ]),
    ),
  );
}
