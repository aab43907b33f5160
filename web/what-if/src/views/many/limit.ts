// The limit from which on one acts: what it catches, what it costs, and where it would be best.
import type { Confusion, Payoff } from "scorelet";
import { h, setText } from "../../dom.ts";
import { Questions } from "../../engine/questions.ts";
import * as format from "../../format.ts";
import type { Batch } from "../../many/batch.ts";
import type { Judgement } from "../../many/protocol.ts";
import { ticksOf } from "../../many/ticks.ts";
import { t } from "../../texts.ts";
import { count, limit, percent } from "./figures.ts";
import { line, mark, placed, plot, table } from "./plot.ts";
import { numberBox, section } from "./section.ts";

type Binary = NonNullable<Judgement["binary"]>;
interface Found {
  threshold: number;
  confusion: Confusion;
  best: { threshold: number; payoff: number };
}

/** A missed event is dearer than a false alarm; the reader's own figures replace these. */
const usual: Payoff = { truePositive: 4, falsePositive: -1, trueNegative: 0, falseNegative: -4 };

const amount = (x: number): string => (Math.abs(x) < 1e6 ? format.brief(x) : format.compact(x));

export const worth = (p: Payoff, c: Confusion): number =>
  p.truePositive * c.truePositives +
  p.falsePositive * c.falsePositives +
  p.trueNegative * c.trueNegatives +
  p.falseNegative * c.falseNegatives;

export class LimitView {
  readonly root: HTMLElement;
  /** Called with every limit that was found out about. */
  onLimit: (found: Found) => void = () => {};
  readonly #heading = h("h3");
  readonly #slider = h("input", { type: "range", min: "0", max: "100", step: "0.1" });
  readonly #box: HTMLInputElement;
  readonly #figures = [h("dd"), h("dd"), h("dd"), h("dd")];
  readonly #chart = h("div");
  readonly #confusion = h("div", {
    class: "scroll",
    tabindex: "0",
    role: "region",
    "aria-label": t.many.limit.confusion,
  });
  readonly #questions: Questions<number, Found>;
  readonly #payoff: Payoff = { ...usual };
  #threshold = 0.5;

  constructor(
    batch: Batch,
    private readonly binary: Binary,
    private readonly value: string,
  ) {
    this.#slider.setAttribute("aria-label", t.many.limit.slider(value));
    this.#box = numberBox(t.many.limit.box, 50, (x) => this.#move(x / 100));
    this.#box.max = "100";
    this.#box.min = "0";
    this.#slider.addEventListener("input", () => this.#move(Number(this.#slider.value) / 100));
    this.#questions = new Questions({
      ask: async (threshold) => {
        const [confusion, best] = await Promise.all([batch.ask("at", threshold), batch.ask("best", this.#payoff)]);
        return { threshold, confusion, best };
      },
      answered: (found) => this.#paint(found),
      failed: () => {},
    });
    const names = [t.many.limit.acted, t.many.limit.among(value), t.many.limit.caught(value), t.many.limit.profit];
    this.root = section(
      this.#heading,
      h(
        "div",
        { class: "thr-grid" },
        h(
          "div",
          {},
          h("p", { class: "what" }, t.many.limit.slider(value)),
          h("div", { class: "ctl bare" }, this.#slider),
        ),
        h("p", { class: "nb" }, this.#box, h("span", { class: "unit" }, t.percentSign)),
        h("dl", { class: "kp" }, ...names.map((name, i) => h("div", {}, h("dt", {}, name), this.#figures[i]!))),
      ),
      h(
        "p",
        { class: "ask" },
        ...(["truePositive", "falsePositive", "falseNegative", "trueNegative"] as const).map((kind) =>
          this.#cost(kind),
        ),
        h("span", { class: "fine" }, t.many.limit.costsNote),
      ),
      this.#chart,
      this.#confusion,
    );
    this.#move(0.5);
  }

  #cost(kind: keyof Payoff): HTMLElement {
    const words = t.many.limit.costs[kind];
    const text = typeof words === "string" ? words : words(this.value);
    const box = numberBox(text, this.#payoff[kind], (x) => {
      this.#payoff[kind] = x;
      this.#questions.ask(this.#threshold);
    });
    return h("label", {}, h("span", {}, text), " ", box);
  }

  #move(threshold: number): void {
    this.#threshold = Math.min(1, Math.max(0, threshold));
    const shown = String(Math.round(this.#threshold * 1000) / 10);
    if (document.activeElement !== this.#box) this.#box.value = shown;
    this.#slider.value = shown;
    this.#slider.setAttribute("aria-valuetext", t.percent(shown));
    this.#questions.ask(this.#threshold);
  }

  #paint(found: Found): void {
    const { threshold, confusion: c, best } = found;
    const acted = c.truePositives + c.falsePositives,
      events = c.truePositives + c.falseNegatives,
      all = events + c.falsePositives + c.trueNegatives;
    const now = worth(this.#payoff, c);
    const never = !Number.isFinite(best.threshold);
    const finding = never
      ? t.many.limit.never(limit(threshold))
      : best.payoff === now
        ? t.many.limit.bestHere(limit(threshold))
        : t.many.limit.best(limit(best.threshold), limit(threshold));
    setText(this.#heading, finding);
    const figures = [
      percent(acted / all),
      acted ? percent(c.truePositives / acted) : "–",
      percent(c.truePositives / events),
      amount(now),
    ];
    for (const [i, text] of figures.entries()) setText(this.#figures[i]!, text);
    this.#paintChart(finding, found, now);
    this.#confusion.replaceChildren(
      table(
        [t.many.limit.confusion, t.many.limit.predicted(this.value), t.many.limit.notPredicted(this.value)],
        [
          [t.many.limit.was(this.value), count(c.truePositives), count(c.falseNegatives)],
          [t.many.limit.wasNot(this.value), count(c.falsePositives), count(c.trueNegatives)],
        ],
        "plain",
      ),
    );
    this.onLimit(found);
  }

  #paintChart(finding: string, { threshold, best }: Found, now: number): void {
    const { events, nonEvents } = this.binary.figures;
    const points = this.binary.curve.map((p): [number, number] => [
      Math.min(1, p.threshold),
      worth(this.#payoff, {
        truePositives: p.truePositives,
        falsePositives: p.falsePositives,
        trueNegatives: nonEvents - p.falsePositives,
        falseNegatives: events - p.truePositives,
      }),
    ]);
    // The way to "nothing predicted" is a step above the highest score.
    const highest = points[1]?.[0] ?? 1;
    const values = [...points.map(([, y]) => y), now, best.payoff];
    const low = Math.min(0, ...values),
      high = Math.max(0, ...values);
    const end = Math.min(1, Math.max(highest, threshold, 0.05) * 1.02);
    const y = (v: number) => placed(v, low, high);
    const steps = points.slice(1).map(([x, v]) => [x / end, y(v)] as const);
    const ticks = ticksOf(0, end * 100).map((x, i, list) => ({
      at: x / 100 / end,
      text: i === list.length - 1 ? t.percent(format.brief(x)) : format.brief(x),
    }));
    const text = (limitText: string, profit: number) => [limitText, amount(profit)] as const;
    const marks = [mark("dot", threshold / end, y(now))];
    const isFar = Math.abs(best.threshold - threshold) / end > 0.02;
    if (Number.isFinite(best.threshold) && isFar)
      marks.push(
        mark("dot o", best.threshold / end, y(best.payoff)),
        mark(
          "dl halo over",
          best.threshold / end,
          y(best.payoff),
          t.many.limit.bestMark(...text(limit(best.threshold), best.payoff)),
        ),
      );
    const note = t.many.limit.nowMark(...text(limit(threshold), now));
    marks.push(mark(threshold / end > 0.6 ? "dl halo left" : "dl halo", threshold / end, y(now), h("b", {}, note)));
    this.#chart.replaceChildren(
      h("p", { class: "axis roomy" }, t.many.limit.axis),
      plot(
        t.many.limit.label(finding),
        { x: ticks, y: ticksOf(low, high, 3).map((v) => ({ at: y(v), text: format.compact(v) })) },
        [line([[1, y(points[0]![1])], [highest / end, y(points[0]![1])], ...steps])],
        marks,
        { zero: y(0) },
      ),
    );
  }
}
