// Charts over time, on the frame that the what-if page's charts have.
import { h, setVariable } from "../../../what-if/src/dom.ts";
import * as format from "../../../what-if/src/format.ts";
import { ticksOf } from "../../../what-if/src/many/ticks.ts";
import { bar, line, mark, placed, plot, type Tick } from "../../../what-if/src/views/many/plot.ts";
import type { Step } from "../answers.ts";
import { latest, marked, placesOf, stretches, type Values } from "../series.ts";
import { windowName } from "../time.ts";

export type Write = (value: number) => string;

/** A line for each unbroken stretch; one point alone is a dot. */
export function trace(
  values: Values,
  x: (i: number) => number,
  y: (value: number) => number,
  kind = "l",
): SVGElement[] {
  return stretches(values).map((part) => {
    const points = part.map((i) => [x(i), y(values[i]!)] as [number, number]);
    if (points.length === 1) points.push([points[0]![0] + 0.002, points[0]![1]]);
    return line(points, kind);
  });
}

/** The area between two lines. */
export function band(low: Values, high: Values, x: (i: number) => number, y: (value: number) => number): SVGElement[] {
  const both = low.map((value, i) => (value === null || high[i] === null ? null : value));
  return stretches(both).map((part) => {
    const there = part.map((i) => [x(i), y(high[i]!)] as [number, number]);
    const back = part.map((i) => [x(i), y(low[i]!)] as [number, number]).reverse();
    return line([...there, ...back], "band");
  });
}

export const across = (at: number, kind: string): SVGElement =>
  line(
    [
      [0, at],
      [1, at],
    ],
    kind,
  );
export const upright = (at: number, kind: string): SVGElement =>
  line(
    [
      [at, 0],
      [at, 1],
    ],
    kind,
  );

export function timeTicks(times: readonly string[], step: Step): Tick[] {
  const at = placesOf(times);
  return marked(times).map((time) => ({ at: at(time), text: windowName(new Date(time), step) }));
}

export const valueTicks = (low: number, high: number, write: Write = format.brief, wanted = 3): Tick[] =>
  ticksOf(low, high, wanted).map((value) => ({ at: placed(value, low, high), text: write(value) }));

const fewest = 14; // columns that a chart has room for; a few are not made as wide as it

/** Columns for each window; `more` stands on top of them, hollow. */
export function columns(
  label: string,
  times: readonly string[],
  step: Step,
  values: Values,
  { more = [] as Values, write = format.compact as Write } = {},
): HTMLElement {
  const top = roundedUp(Math.max(1, ...values.map((value, i) => (value ?? 0) + (more[i] ?? 0))));
  const width = 1 / Math.max(fewest, values.length);
  const shapes = values.flatMap((value, i) => {
    const [from, to] = [(i + 0.12) * width, (i + 0.88) * width];
    const base = (value ?? 0) / top;
    return [
      ...(value ? [bar(from, to, base)] : []),
      ...(more[i] ? [bar(from, to, more[i]! / top, base, "expected")] : []),
    ];
  });
  const ticks = marked(times).map((time) => ({
    at: (times.indexOf(time) + 0.5) * width,
    text: windowName(new Date(time), step),
  }));
  return plot(label, { x: ticks, y: valueTicks(0, top, write, 2) }, shapes);
}

/** A line with the limit it is held against. */
export function course(
  label: string,
  times: readonly string[],
  step: Step,
  values: Values,
  {
    limit = null as number | null,
    jumps = [] as readonly { at: string; text: string }[],
    top = null as number | null,
    bare = false,
    also = [] as readonly Values[],
    write = format.brief as Write,
  } = {},
): HTMLElement {
  const highest = Math.max(limit ?? 0, ...[values, ...also].flat().map((value) => value ?? 0));
  const end = top ?? (highest > 0 ? highest * 1.15 : 1);
  const place = placesOf(times);
  const x = (i: number) => place(times[i]!);
  const y = (value: number) => Math.min(1.02, value / end);
  const last = latest(values);
  return plot(
    label,
    {
      x: timeTicks(times, step).filter((_, i, all) => !bare || i === 0 || i === all.length - 1),
      y: bare ? [] : valueTicks(0, end, write),
    },
    [
      ...(limit === null ? [] : [across(y(limit), "by")]),
      ...jumps.map((jump) => upright(place(jump.at), "jump")),
      ...also.flatMap((more) => trace(more, x, y, "l2")),
      ...trace(values, x, y),
    ],
    [
      ...jumps.map((jump) =>
        mark(place(jump.at) > 0.5 ? "dl halo left jumped" : "dl halo jumped", place(jump.at), 0.9, jump.text),
      ),
      ...(last ? [mark("dot b", x(last.at), y(last.value))] : []),
    ],
  );
}

/** Between what is known to be and what is not known yet. */
export function unknownFrom(at: number, text: string): HTMLElement {
  const hatch = h("div", { class: "hatch" }, h("b", {}, text));
  setVariable(hatch, "--from", String(at * 100));
  return hatch;
}

function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((f) => f * power).find((edge) => edge >= value) ?? value;
}
