// The distributions behind a field's drift: how the training data was spread, and how a window is.
import { h, s, setVariable } from "../../../what-if/src/dom.ts";
import * as format from "../../../what-if/src/format.ts";
import { bar, chartTable, line, mark, plot } from "../../../what-if/src/views/many/plot.ts";
import type { Distribution, ModelDetail } from "../answers.ts";
import { distributionFinding, rangeName, share } from "../findings.ts";
import { go, linkTo, toModel } from "../place.ts";
import { windowName } from "../time.ts";
import { w } from "../words.ts";
import { valueTicks } from "./charts.ts";

const mostLabels = 12;

export function fieldCard(detail: ModelDetail, field: Distribution): Node[] {
  const finding = distributionFinding(field);
  const close = linkTo(toModel(detail.name), w.distribution.close);
  close.dataset["key"] = "close field";
  return [
    h("div", { class: "sh" }, h("h2", { id: "h-field" }, w.distribution.title(field.name, finding)), close),
    h(
      "p",
      { class: "sub" },
      w.distribution.sub(
        field.cases.reference === null ? null : format.count(field.cases.reference),
        format.count(field.cases.current),
      ),
    ),
    windowPick(detail, field),
    chart(field, finding),
    evidence(detail, field),
    chartTable(
      [w.distribution.range, w.distribution.training, w.distribution.before, w.distribution.window],
      field.labels.map((label, i) => [
        rangeName(label),
        ...[field.reference, field.previous, field.current].map((list) => (list ? share(list[i] ?? 0) : "–")),
      ]),
    ),
  ];
}

/** Which window is looked at: one by one, or from the list, where jumps are named. */
function windowPick(detail: ModelDetail, field: Distribution): HTMLElement {
  const at = detail.starts.indexOf(field.start);
  const jumps = new Set(
    detail.drift.fields.find((other) => other.name === field.name)?.jumps.map((jump) => jump.start),
  );
  const name = (start: string) => windowName(new Date(start), field.step);
  const pick = h(
    "select",
    { "aria-label": w.distribution.pick, "data-key": "window" },
    ...detail.starts
      .toReversed()
      .map((start) =>
        h(
          "option",
          { value: start, selected: start === field.start },
          jumps.has(start) ? `${name(start)}, ${w.distribution.jump}` : name(start),
        ),
      ),
  );
  pick.addEventListener("change", () => go({ start: pick.value }));
  const step = (by: number, text: string) => {
    const start = detail.starts[at + by];
    const made = h(
      "button",
      { type: "button", class: "btn", "data-key": `window ${by}`, disabled: at < 0 || start === undefined },
      text,
    );
    made.addEventListener("click", () => start && go({ start }));
    return made;
  };
  return h("div", { class: "row picks" }, step(-1, w.distribution.earlier), pick, step(1, w.distribution.later));
}

/** Grey is the training data, behind; ink is the window. */
function chart(field: Distribution, finding: string): HTMLElement {
  const top = Math.max(0.01, ...field.current, ...(field.reference ?? [])) * 1.1;
  const n = Math.max(1, field.labels.length);
  const width = 1 / n;
  const shapes: SVGElement[] = [];
  for (const [i, now] of field.current.entries()) {
    const left = i * width;
    if (field.reference)
      shapes.push(bar(left + 0.06 * width, left + 0.94 * width, (field.reference[i] ?? 0) / top, 0, "everyone"));
    shapes.push(bar(left + 0.3 * width, left + 0.7 * width, now / top, 0, "mine"));
    if (field.previous) {
      const y = (field.previous[i] ?? 0) / top;
      shapes.push(
        line(
          [
            [left + 0.12 * width, y],
            [left + 0.88 * width, y],
          ],
          "l2 before",
        ),
      );
    }
  }
  const every = Math.ceil(n / mostLabels);
  return h(
    "div",
    { class: "distribution" },
    plot(
      w.distribution.label(field.name, finding),
      { x: [], y: valueTicks(0, top, (value) => w.percent(format.brief(value * 100, 3))) },
      shapes,
      field.labels.flatMap((label, i) =>
        i % every ? [] : [binName((i + 0.5) * width, every * width, rangeName(label))],
      ),
      { tall: true },
    ),
    h(
      "p",
      { class: "key" },
      keyed("everyone", w.distribution.training),
      keyed("mine", w.distribution.window),
      field.previous ? keyed("before", w.distribution.before) : null,
    ),
  );
}

/** Below its bar, in as many lines as it takes. */
function binName(x: number, width: number, text: string): HTMLElement {
  const name = mark("xt bin", x, 0, text);
  setVariable(name, "--width", String(width * 100));
  return name;
}

const keyed = (kind: string, text: string): HTMLElement =>
  h(
    "span",
    {},
    s(
      "svg",
      { class: "swatch", viewBox: "0 0 14 14", "aria-hidden": "true" },
      s("path", { class: kind, d: kind === "before" ? "M0 7h14" : "M1 1h12v12H1z" }),
    ),
    text,
  );

function evidence(detail: ModelDetail, field: Distribution): HTMLElement {
  const at = detail.starts.indexOf(field.start);
  const course = detail.drift.fields.find((other) => other.name === field.name);
  const shares = (["missing", "invalid", "outside", "novel"] as const).flatMap((kind) => {
    const value = course?.[kind][at];
    return value === null || value === undefined ? [] : [[w.field.part[kind], share(value)]];
  });
  const figures: (string | null)[][] = [
    [w.distribution.psi, field.psi === null ? null : format.fixed(field.psi, 3)],
    [w.distribution.bound, field.psiBound === null ? null : format.fixed(field.psiBound, 3)],
    [w.distribution.ks, field.ks === null ? null : format.fixed(field.ks, 3)],
    [
      w.distribution.jensenShannon,
      field.jensenShannonDistance === null ? null : format.fixed(field.jensenShannonDistance, 3),
    ],
    [
      w.distribution.chance,
      field.chiSquareP === null
        ? null
        : field.chiSquareP < 0.0001
          ? w.distribution.tiny
          : format.brief(field.chiSquareP, 2),
    ],
    [w.distribution.shift, field.meanShift === null ? null : format.brief(field.meanShift, 2)],
    [w.distribution.median, field.median === null ? null : format.brief(field.median)],
    ...shares,
    [w.distribution.novel, field.novelValues.length ? format.list(field.novelValues) : null],
  ];
  return h(
    "dl",
    { class: "figs" },
    ...figures.flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [h("div", {}, h("dt", {}, name), h("dd", {}, value))],
    ),
  );
}
