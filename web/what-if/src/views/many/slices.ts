// Cases by the values of one column.
import { h, setVariable } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Slice, Subject } from "../../many/protocol.ts";
import { t } from "../../texts.ts";
import { count, measured, percent, scored } from "./figures.ts";
import { table } from "./plot.ts";
import { choice, section } from "./section.ts";

const least = 30; // cases from which on a group's figure is worth a headline

interface Given {
  slices: readonly Slice[];
  subject: Subject;
  columns: readonly { number: number; name: string }[];
  column: number;
  pick(column: number): void;
}

export function slicesView({ slices, subject, columns, column, pick }: Given): HTMLElement {
  const name = columns.find((c) => c.number === column)?.name ?? "";
  const known = slices.some((s) => s.cases > 0);
  const chance = subject.kind === "chance";
  const hasMean = subject.kind !== "word" && slices.some((s) => Number.isFinite(s.mean));
  const largest = Math.max(...slices.map((s) => Math.abs(s.mean)).filter(Number.isFinite), 0);
  const nameOf = (s: Slice) => (s.others ? t.many.slices.others(s.others) : (s.name ?? t.many.slices.notGiven));
  const value = (x: number) => (Number.isFinite(x) ? scored(subject, x) : "–");
  const quality = (x: number) =>
    Number.isFinite(x) ? measured(chance ? "auc" : subject.kind === "number" ? "mae" : "accuracy", x) : "–";
  const heads = [
    t.many.slices.group,
    t.many.slices.cases,
    ...(hasMean ? [chance ? t.many.slices.meanChance : t.many.slices.meanNumber] : []),
    ...(known && hasMean ? [chance ? t.many.slices.rate : t.many.slices.meanActual] : []),
    ...(known
      ? [chance ? t.many.slices.auc : subject.kind === "number" ? t.many.slices.mae : t.many.slices.accuracy]
      : []),
  ];
  const rows = slices.map((s) => [
    nameOf(s),
    count(s.rows),
    ...(hasMean ? [barred(s.mean, largest, value(s.mean))] : []),
    ...(known && hasMean ? [value(s.actual)] : []),
    ...(known ? [quality(s.quality)] : []),
  ]);
  return section(
    findingOf(slices, subject, name, nameOf),
    h(
      "div",
      { class: "row" },
      choice(
        t.many.slices.by,
        columns.map((c) => c.name),
        columns.findIndex((c) => c.number === column),
        (i) => pick(columns[i]!.number),
      ),
    ),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": t.many.slices.plain(name) },
      table(heads, rows, "plain slices"),
    ),
  );
}

function barred(x: number, largest: number, text: string): HTMLElement {
  const bar = h("i", { class: "len", "aria-hidden": "true" });
  setVariable(bar, "--share", String(largest > 0 && Number.isFinite(x) ? Math.abs(x) / largest : 0));
  return h("span", { class: "barred" }, bar, text);
}

function findingOf(slices: readonly Slice[], subject: Subject, column: string, nameOf: (s: Slice) => string): string {
  const by = (list: readonly Slice[], key: (s: Slice) => number) =>
    list.reduce<Slice | null>((best, s) => (best && key(best) >= key(s) ? best : s), null);
  const named = (s: Slice) => t.many.slices.named(column, nameOf(s));
  const weighty = slices.filter((s) => !s.others && s.name !== null && s.rows >= least);
  const judged = weighty.filter((s) => s.cases >= least && Number.isFinite(s.quality));
  if (judged.length > 1) {
    const worst = by(judged, (s) => (subject.kind === "number" ? s.quality : -s.quality))!;
    const best = by(judged, (s) => (subject.kind === "number" ? -s.quality : s.quality))!;
    // Of several groups one is always the worst: more than chance is asked for, at 99 %.
    if (!(Math.abs(worst.quality - best.quality) > 2.576 * Math.hypot(worst.error, best.error)))
      return t.many.slices.even(column);
    if (subject.kind === "number") return t.many.slices.errors(named(worst), format.brief(worst.quality, 3));
    return subject.kind === "chance"
      ? t.many.slices.worst(named(worst), measured("auc", worst.quality))
      : t.many.slices.least(named(worst), percent(worst.quality));
  }
  const highest = by(
    weighty.filter((s) => Number.isFinite(s.mean)),
    (s) => s.mean,
  );
  return highest && weighty.length > 1
    ? t.many.slices.highest(named(highest), scored(subject, highest.mean))
    : t.many.slices.plain(column);
}
