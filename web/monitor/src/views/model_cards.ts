// The cards of one model. Each is a heading that is the finding, how it was found, a chart, and its numbers.
import { h } from "../../../what-if/src/dom.ts";
import * as format from "../../../what-if/src/format.ts";
import { button } from "../../../what-if/src/views/button.ts";
import { chartTable, line, mark, placed, plot, table } from "../../../what-if/src/views/many/plot.ts";
import type { Action, Comparison, Field, ModelDetail, Quality } from "../answers.ts";
import {
  comparisonFinding,
  driftFinding,
  errorFinding,
  fieldFinding,
  figure,
  figureName,
  judgedValues,
  latencyFinding,
  milliseconds,
  qualityFinding,
  scoreFinding,
  share,
  threshold,
  volumeFinding,
} from "../findings.ts";
import { linkTo, toModel } from "../place.ts";
import { known, latest, placesOf } from "../series.ts";
import { longDay, shortDay, windowName } from "../time.ts";
import { w } from "../words.ts";
import { across, band, columns, course, timeTicks, trace, unknownFrom, upright, valueTicks } from "./charts.ts";
import { stateNode } from "./shapes.ts";

type Nodes = (Node | string | null | false)[];
const dash = "–";
const percent = (value: number): string => w.percent(format.brief(value * 100, 2));

const heading = (text: string): HTMLElement => h("h2", {}, text);
const written = (value: number | null | undefined, write: (value: number) => string): string =>
  value === null || value === undefined || !Number.isFinite(value) ? dash : write(value);

/** A figure of quality by window, with its range and the threshold; outcomes that are not known yet are hatched. */
export function qualityCard(quality: Quality | null, now: string | undefined): Nodes {
  if (!quality) return [heading(qualityFinding(null)), h("p", { class: "sub" }, w.quality.how)];
  const finding = qualityFinding(quality);
  const { windows } = quality;
  const values = windows.map((x) => x.value);
  const last = latest(judgedValues(quality));
  const name = figureName(quality.figure);
  const write = (value: number) => figure(quality.figure, value);
  const sub = h(
    "p",
    { class: "sub" },
    w.quality.sub(name, quality.step),
    quality.source === "rules" || quality.source === "bundle" ? ` ${w.quality.from[quality.source]}` : "",
    quality.waiting ? ` ${w.quality.notYet(quality.waiting, format.count(quality.waiting))}` : "",
  );
  if (!last) return [heading(finding), sub];
  const all = [
    ...known(values),
    ...known(windows.map((x) => x.low)),
    ...known(windows.map((x) => x.high)),
    ...(quality.threshold === null ? [] : [quality.threshold]),
  ];
  const pad = (Math.max(...all) - Math.min(...all)) * 0.12 || 0.05;
  const [low, high] = [Math.min(...all) - pad, Math.max(...all) + pad];
  const times = windows.map((x) => x.start);
  const ends = now && Date.parse(now) > Date.parse(times.at(-1)!) ? [...times, now] : times; // what is not known yet has its place, too
  const place = placesOf(ends);
  const x = (i: number) => place(times[i]!);
  const y = (value: number) => placed(value, low, high);
  const edge = x(last.at);
  const isHatched = edge < 0.97;
  return [
    heading(finding),
    sub,
    plot(
      w.quality.label(finding),
      { x: timeTicks(ends, "day"), y: valueTicks(low, high, format.brief, 4) },
      [
        ...band(
          windows.map((v) => v.low),
          windows.map((v) => v.high),
          x,
          y,
        ),
        ...(quality.threshold === null ? [] : [across(y(quality.threshold), "by")]),
        ...trace(values, x, y),
      ],
      [
        ...(quality.threshold === null
          ? []
          : [
              mark(
                "dl halo quiet under-line",
                0,
                y(quality.threshold),
                w.quality.threshold(threshold(quality.threshold)),
              ),
            ]),
        ...(isHatched ? [unknownFrom(edge, w.quality.unknownYet)] : []),
        mark("dot", edge, y(last.value)),
        mark(edge > 0.85 ? "dl halo left raised" : "dl halo", edge, y(last.value), h("b", {}, write(last.value))),
      ],
      { tall: true },
    ),
    chartTable(
      [w.quality.window, name, w.quality.range, w.quality.cases, w.quality.known],
      windows
        .toReversed()
        .map((v) => [
          shortDay(new Date(v.start)),
          `${written(v.value, write)}${v.below ? ` ${w.quality.belowMark}` : ""}`,
          v.low === null || v.high === null ? dash : w.between(write(v.low), write(v.high)),
          format.count(v.cases),
          written(v.known, share),
        ]),
    ),
    otherFigures(quality),
  ];
}

function otherFigures(quality: Quality): HTMLElement | null {
  const others = Object.entries(quality.figures).filter(([name, value]) => value !== null && name !== quality.figure);
  if (!others.length) return null;
  return h(
    "dl",
    { class: "figs" },
    ...others.map(([name, value]) => h("div", {}, h("dt", {}, figureName(name)), h("dd", {}, figure(name, value!)))),
  );
}

/** Whether chances come true as often as they say. */
export function calibrationCard(quality: Quality | null): Nodes {
  const groups = quality?.calibration?.filter((group) => group.cases > 0) ?? [];
  if (groups.length < 2) return [];
  const off = groups.filter((group) => group.meanScore < group.low || group.meanScore > group.high);
  const finding = off.length ? w.calibration.off(off.length, groups.length) : w.calibration.good;
  const top = Math.min(1, Math.ceil(Math.max(...groups.flatMap((g) => [g.meanScore, g.high])) * 10) / 10);
  const ticks = [0, 0.5, 1].map((at) => ({
    at,
    text: at === 1 ? w.percent(format.brief(top * 100, 3)) : format.brief(at * top * 100, 3),
  }));
  return [
    heading(finding),
    h("p", { class: "sub" }, w.calibration.sub),
    plot(
      w.calibration.label(finding),
      { x: ticks, y: ticks },
      [
        line(
          [
            [0, 0],
            [1, 1],
          ],
          "by",
        ),
        ...groups.map((g) =>
          line(
            [
              [g.meanScore / top, g.low / top],
              [g.meanScore / top, g.high / top],
            ],
            "l2",
          ),
        ),
      ],
      [
        mark("dl halo quiet left", 0.62, 0.68, w.calibration.perfect),
        ...groups.map((g) => mark("dot b", g.meanScore / top, g.rate / top)),
      ],
      { tall: true },
    ),
    h("p", { class: "fine" }, w.calibration.x),
    chartTable(
      [w.calibration.chance, w.calibration.rate, w.quality.range, w.quality.cases],
      groups.map((g) => [
        format.chanceCell(g.meanScore),
        share(g.rate),
        w.between(share(g.low), share(g.high)),
        format.count(g.cases),
      ]),
    ),
  ];
}

/** Champion and challenger: the running difference with a range that holds at every look, and the verdict in plain words. */
export function comparisonCard(comparison: Comparison, act: (action: Action) => void): Nodes {
  const finding = comparisonFinding(comparison);
  const choices = comparison.actions.filter((action) => action === "promote" || action === "keep");
  const { series, champion, challenger } = comparison;
  const times = series.map((x) => x.start);
  const place = placesOf(times);
  const x = (i: number) => place(times[i]!);
  const [lows, highs] = [series.map((v) => v.low), series.map((v) => v.high)];
  const ends = [...known(lows), ...known(highs), 0];
  const [low, high] = cut(ends, known(series.map((v) => v.difference)));
  const y = (value: number) => Math.min(1, Math.max(0, placed(value, low, high)));
  const values = series.map((v) => v.difference);
  const last = latest(values);
  const loss = figureName(comparison.loss);
  const certain = comparison.certainSince && times.length ? place(comparison.certainSince) : null;
  const signed = (value: number) => `${value > 0 ? "+" : ""}${format.fixed(value, 3)}`;
  return [
    heading(finding),
    h(
      "p",
      { class: "sub" },
      comparison.paired
        ? w.comparison.paired(challenger.version, loss, longDay(new Date(comparison.since)))
        : w.comparison.apart(challenger.version, loss, longDay(new Date(comparison.since))),
    ),
    series.length > 1 &&
      plot(
        w.comparison.label(finding),
        { x: timeTicks(times, "day"), y: valueTicks(low, high, signed, 5) },
        [...band(lows, highs, x, y), ...(certain === null ? [] : [upright(certain, "by")]), ...trace(values, x, y)],
        [
          mark("dl halo quiet top start", 0, 0.98, w.comparison.above),
          mark("dl halo quiet start", 0, 0.05, w.comparison.below),
          ...(certain === null
            ? []
            : [
                mark(
                  certain > 0.55 ? "dl halo left" : "dl halo",
                  certain,
                  0.05,
                  w.comparison.certain(longDay(new Date(comparison.certainSince!))),
                ),
              ]),
          ...(last
            ? [
                mark("dot", x(last.at), y(last.value)),
                mark("dl halo left raised", x(last.at), y(last.value), h("b", {}, signed(last.value))),
              ]
            : []),
        ],
        { zero: y(0), tall: true },
      ),
    comparison.difference !== null &&
      comparison.low !== null &&
      comparison.high !== null &&
      h(
        "p",
        { class: "evidence" },
        w.comparison.evidence(
          loss,
          signed(comparison.difference),
          w.between(signed(comparison.low), signed(comparison.high)),
          comparison.cases,
          format.count(comparison.cases),
        ),
      ),
    scrolled(
      w.comparison.sides,
      [w.comparison.version, loss, w.figure.auc, w.quality.cases],
      [
        [w.comparison.champion(champion.version), ...compared(champion)],
        [w.comparison.challenger(challenger.version), ...compared(challenger)],
      ],
    ),
    choices.length > 0 &&
      h(
        "div",
        { class: "row acts" },
        ...choices.map((action) =>
          button(
            w.act.name(action, challenger.version),
            action === "promote" ? "primary" : "",
            () => act(action),
            `compare ${action}`,
          ),
        ),
      ),
    chartTable(
      [w.quality.window, w.comparison.difference, w.quality.range, w.quality.cases],
      series
        .toReversed()
        .map((v) => [
          shortDay(new Date(v.start)),
          written(v.difference, signed),
          v.low === null || v.high === null ? dash : w.between(signed(v.low), signed(v.high)),
          format.count(v.cases),
        ]),
    ),
  ];
}

/** A table that may be wider than a phone. */
export const scrolled = (
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (string | Node)[])[],
  kind = "",
): HTMLElement =>
  h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, table(heads, rows, `plain ${kind}`));

const compared = (side: Comparison["champion"]): string[] => [
  written(side.loss, (x) => format.fixed(x, 3)),
  side.auc === null
    ? dash
    : `${format.fixed(side.auc, 3)}${side.aucLow === null || side.aucHigh === null ? "" : ` (${w.between(format.fixed(side.aucLow, 3), format.fixed(side.aucHigh, 3))})`}`,
  format.count(side.cases),
];

/** The first looks have ranges so wide that nothing else could be seen beside them. */
function cut(ends: readonly number[], values: readonly number[]): [number, number] {
  const most = Math.max(...values.map(Math.abs), 1e-9) * 4;
  return [Math.max(Math.min(...ends), -most), Math.min(Math.max(...ends), most)];
}

/** A small chart for each field, the worst first. A field leads to its distributions. */
export function driftCard(detail: ModelDetail, role: Field["role"], chosen: string | null): Nodes {
  const fields = detail.drift.fields.filter((field) => field.role === role);
  if (!fields.length) return [];
  const finding = role === "input" ? driftFinding(fields, detail.hasBaseline) : scoreFinding(fields);
  // One scale for all; what is far beyond it leaves the chart at the top, its figure stands beside it.
  const limit = Math.max(...fields.map((field) => field.limit));
  const highest = Math.max(...fields.flatMap((field) => known(field.drift)), 1.5 * limit);
  const top = Math.min(highest, 4 * limit) * 1.1;
  return [
    heading(finding),
    h("p", { class: "sub" }, role === "input" ? w.drift.sub(detail.step) : w.drift.scoreSub),
    h("ul", { class: "dr" }, ...fields.map((field) => fieldItem(detail, field, top, field.name === chosen))),
  ];
}

function fieldItem(detail: ModelDetail, field: Field, top: number, isChosen: boolean): HTMLElement {
  const said = fieldFinding(field);
  const now = written(field.now, (x) => format.fixed(x, 2));
  const link = linkTo(toModel(detail.name, { field: field.name }), field.name);
  link.dataset["key"] = `field ${field.name}`;
  link.ariaDescription = w.field.shows;
  if (isChosen) link.setAttribute("aria-current", "true");
  return h(
    "li",
    { class: `field-drift is-${field.status}` },
    h("div", { class: "dh" }, h("h3", {}, link), h("span", { class: "dv" }, now)),
    course(w.field.label(field.name, now, said), detail.starts, detail.step, field.drift, {
      limit: field.limit,
      top,
      bare: true,
      jumps: field.jumps.map((jump) => ({ at: jump.start, text: w.field.jumpMark(shortDay(new Date(jump.start))) })),
    }),
    h(
      "p",
      { class: "said" },
      field.status === "act" || field.status === "watch" ? stateNode(field.status) : null,
      " ",
      said,
    ),
  );
}

/** What was asked, and of what was not answered. */
export function volumeCard(detail: ModelDetail): Nodes {
  const finding = volumeFinding(detail);
  const { predictions, expected } = detail.volume;
  const late = expected?.some((n) => n);
  const missing = expected?.map((n, i) => (n === null ? null : Math.max(0, n - (predictions[i] ?? 0))));
  return [
    heading(finding),
    h(
      "p",
      { class: "sub" },
      w.volume.sub(detail.step),
      late ? ` ${w.volume.dashed}` : "",
      detail.hostsLate ? ` ${w.volume.late(detail.hostsLate, format.count(detail.hostsLate))}` : "",
    ),
    columns(w.volume.label(finding), detail.starts, detail.step, predictions, missing ? { more: missing } : {}),
    windowTable(detail, [w.volume.predictions], (i) => [written(predictions[i], format.count)]),
  ];
}

export function errorCard(detail: ModelDetail): Nodes {
  const finding = errorFinding(detail);
  const { errors, predictions } = detail.volume;
  const shares = errors.map((n, i) => (n === null || !predictions[i] ? null : n / predictions[i]));
  return [
    heading(finding),
    h("p", { class: "sub" }, w.errors.sub(detail.step)),
    course(w.errors.label(finding), detail.starts, detail.step, shares, {
      write: percent,
      top: Math.max(0.001, ...known(shares)) * 1.15,
    }),
    windowTable(detail, [w.errors.count, w.errors.share], (i) => [
      written(errors[i], format.count),
      written(shares[i], share),
    ]),
  ];
}

export function latencyCard(detail: ModelDetail): Nodes {
  const finding = latencyFinding(detail);
  const { p50, p95, p99 } = detail.latency;
  if (!known(p95).length) return [heading(finding), h("p", { class: "sub" }, w.latency.sub(detail.step))];
  const ends = [
    [w.latency.p50, p50],
    [w.latency.p99, p99],
  ] as const;
  return [
    heading(finding),
    h("p", { class: "sub" }, w.latency.sub(detail.step)),
    course(w.latency.label(finding), detail.starts, detail.step, p95, { also: [p50, p99], write: milliseconds }),
    h(
      "p",
      { class: "fine" },
      w.latency.lines(...(ends.map(([, values]) => written(latest(values)?.value, milliseconds)) as [string, string])),
    ),
    windowTable(detail, [w.latency.p50, w.latency.p95, w.latency.p99], (i) =>
      [p50, p95, p99].map((values) => written(values[i], milliseconds)),
    ),
  ];
}

const windowTable = (detail: ModelDetail, heads: string[], row: (i: number) => string[]): HTMLElement =>
  chartTable(
    [w.quality.window, ...heads],
    detail.starts.map((start, i) => [windowName(new Date(start), detail.step), ...row(i)]).toReversed(),
  );

export function versionsCard(detail: ModelDetail): Nodes {
  return [
    heading(w.versions.title(detail.versions.length)),
    scrolled(
      w.versions.label,
      [w.versions.version, w.versions.role, w.versions.from, w.versions.to, w.volume.predictions, w.versions.digest],
      detail.versions.map((version) => [
        version.version,
        w.versions.variant(version.variant),
        shortDay(new Date(version.first)),
        shortDay(new Date(version.last)),
        format.count(version.predictions),
        h("span", { class: "mono" }, version.sha256.slice(0, 12)),
      ]),
      "texts",
    ),
  ];
}
