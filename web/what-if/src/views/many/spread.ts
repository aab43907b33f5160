// How the scores of all cases lie.
import * as format from "../../format.ts";
import { h } from "../../dom.ts";
import type { Judgement, Spread, Subject } from "../../many/protocol.ts";
import type { Subjects } from "../../many/subjects.ts";
import { ticksOf } from "../../many/ticks.ts";
import { t } from "../../texts.ts";
import { count, percent, scored } from "./figures.ts";
import { bar, chartTable, placed, plot, table } from "./plot.ts";
import { section } from "./section.ts";

const most = 20; // words listed

export function spreadView(
  spread: Spread,
  subject: Subject,
  subjects: Subjects,
  judgement: Judgement | null,
): HTMLElement {
  return spread.kind === "words" ? words(spread) : numbers(spread, subject, subjects, judgement);
}

function numbers(
  { edges, counts, quantiles, mean }: Extract<Spread, { kind: "numbers" }>,
  subject: Subject,
  subjects: Subjects,
  judgement: Judgement | null,
): HTMLElement {
  const [low, , middle, , high] = quantiles as [number, number, number, number, number];
  const finding = findingOf(subject, low, middle, high);
  const isChance = subject.kind === "chance";
  const text = (x: number) => scored(subject, x);
  const cells = counts.map((n, i) => ({
    n,
    from: edges[i - 1],
    to: edges[i],
    events: judgement?.binary?.bins[i]?.events ?? 0,
  }));
  const name = ({ from, to }: { from: number | undefined; to: number | undefined }) =>
    from === undefined
      ? t.many.spread.below(text(to!))
      : to === undefined
        ? t.many.spread.from(text(from))
        : t.many.spread.between(text(from), text(to));
  const all = counts.reduce((a, b) => a + b, 0);
  if (!edges.length || all === 0) return section(finding);
  const first = isChance ? 0 : edges[0]!,
    last = isChance ? 1 : edges.at(-1)!;
  const shown = isChance ? cells : cells.slice(1, -1);
  const top = Math.max(...shown.map((c) => c.n), 1);
  const bars = shown.flatMap((c) => {
    const [from, to] = [placed(c.from ?? 0, first, last), placed(c.to ?? 1, first, last)];
    const gap = (to - from) * 0.06;
    return [
      bar(from + gap, to - gap, c.n / top),
      ...(c.events ? [bar(from + gap, to - gap, c.events / top, 0, "mine")] : []),
    ];
  });
  const axes = {
    x: ticksOf(first, last).map((x, i, list) => ({
      at: placed(x, first, last),
      text: isChance
        ? i === list.length - 1
          ? t.percent(String(Math.round(x * 100)))
          : String(Math.round(x * 100))
        : format.brief(x),
    })),
    y: ticksOf(0, top).map((y) => ({ at: y / top, text: format.compact(y) })),
  };
  const what = isChance ? t.many.spread.chanceAxis(subjects.target, subject.value!) : t.many.numberOf(subjects.target);
  const hasEvents = Boolean(judgement?.binary);
  return section(
    finding,
    h("p", { class: "axis" }, t.many.spread.axis),
    plot(t.many.spread.label(finding), axes, bars),
    h(
      "p",
      { class: "fine" },
      [what, t.many.spread.mean(text(mean)), hasEvents ? t.many.spread.events(subject.value!) : ""]
        .filter(Boolean)
        .join("; "),
    ),
    chartTable(
      [t.many.spread.range, t.many.spread.cases, t.many.spread.share],
      cells.filter((c) => c.n > 0).map((c) => [name(c), count(c.n), format.chanceCell(c.n / all)]),
    ),
  );
}

function findingOf(subject: Subject, low: number, middle: number, high: number): string {
  if (!Number.isFinite(middle)) return t.many.spread.nothing;
  if (low === high) return t.many.spread.same(scored(subject, middle));
  if (subject.kind === "chance") return t.many.spread.chance(percent(middle), percent(high));
  return t.many.spread.number(format.brief(low), format.brief(high));
}

function words({ words: list }: Extract<Spread, { kind: "words" }>): HTMLElement {
  const all = list.reduce((sum, w) => sum + w.rows, 0);
  if (!all) return section(t.many.spread.nothing);
  return section(
    t.many.spread.words(list[0]!.word, percent(list[0]!.rows / all)),
    table(
      [t.many.slices.group, t.many.spread.cases, t.many.spread.share],
      list.slice(0, most).map((w) => [w.word, count(w.rows), format.chanceCell(w.rows / all)]),
      "plain",
    ),
  );
}
