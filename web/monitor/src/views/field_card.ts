// The distributions behind a field's drift: how the training data was spread, and how a window is.
import { h, s, setVariable } from "../../../what-if/src/dom.ts";
import * as format from "../../../what-if/src/format.ts";
import { bar, chartTable, line, mark, plot } from "../../../what-if/src/views/many/plot.ts";
import type { Distribution, ModelDetail } from "../answers.ts";
import { distributionFinding, rangeName, share } from "../findings.ts";
import { go, linkTo, part, toModel } from "../place.ts";
import { windowName } from "../time.ts";
import { w } from "../words.ts";
import { valueTicks } from "./charts.ts";

const mostLabels = 12;

/** `field` is null where nothing is told of it in the window asked for. */
export function fieldCard(detail: ModelDetail, name: string, field: Distribution | null): (Node | null)[] {
  const finding = field ? distributionFinding(field) : w.distribution.none;
  const close = linkTo(toModel(detail.name), w.distribution.close);
  close.dataset["key"] = "close field";
  const head = h("div", { class: "sh" }, h("h2", { id: "h-field" }, w.distribution.title(name, finding)), close);
  const start = field?.start ?? part("start");
  if (!field) return [head, start === null ? null : windowPick(detail, name, start)];
  const isKnown = Boolean(field.reference?.length);
  const { reference, current } = field.cases;
  return [
    head,
    h(
      "p",
      { class: "sub" },
      w.distribution.sub(
        isKnown ? format.count(reference ?? 0) : null,
        format.count(isKnown ? current : (field.rows ?? current)),
      ),
    ),
    windowPick(detail, name, field.start),
    isKnown ? chart(field, finding) : h("p", { class: "note plain" }, w.distribution.noBaselineHow),
    evidence(detail, field),
    isKnown ? numbers(field) : null,
  ];
}

const numbers = (field: Distribution): HTMLElement =>
  chartTable(
    [w.distribution.range, w.distribution.training, w.distribution.before, w.distribution.window],
    field.labels.map((label, i) => [
      rangeName(label),
      ...[field.reference, field.previous, field.current].map((list) => (list?.length ? share(list[i] ?? 0) : "–")),
    ]),
  );

/** Which window is looked at: one by one, or from the list, where jumps are named. */
function windowPick(detail: ModelDetail, field: string, now: string): HTMLElement {
  const at = detail.starts.indexOf(now);
  const jumps = new Set(detail.drift.fields.find((other) => other.name === field)?.jumps.map((jump) => jump.start));
  const name = (start: string) => windowName(new Date(start), detail.step);
  const pick = h(
    "select",
    { "aria-label": w.distribution.pick, "data-key": "window" },
    ...detail.starts
      .toReversed()
      .map((start) =>
        h(
          "option",
          { value: start, selected: start === now },
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
    if (field.reference?.length)
      shapes.push(bar(left + 0.06 * width, left + 0.94 * width, (field.reference[i] ?? 0) / top, 0, "everyone"));
    shapes.push(bar(left + 0.3 * width, left + 0.7 * width, now / top, 0, "mine"));
    if (field.previous?.length) {
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
      { x: [], y: valueTicks(0, top, (value) => w.percent(format.brief(value * 100, 3)), 5) },
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
      field.previous?.length ? keyed("before", w.distribution.before) : null,
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
  const written = (value: number | null | undefined, write: (x: number) => string) =>
    value === null || value === undefined ? null : write(value);
  const thousandths = (x: number) => format.fixed(x, 3);
  const chance = (p: number) => (p < 0.0001 ? w.distribution.tiny : format.brief(p, 2));
  const novel = field.novelValues.map((other) => (typeof other === "string" ? other : other.value));
  const figures: (string | null)[][] = [
    [w.distribution.psi, written(field.psi, thousandths)],
    [w.distribution.bound, written(field.psiBound, thousandths)],
    [w.distribution.ks, written(field.ks, thousandths)],
    [w.distribution.jensenShannon, written(field.jensenShannonDistance, thousandths)],
    [w.distribution.chance, written(field.chiSquareP, chance)],
    [w.distribution.shift, written(field.meanShift, (x) => format.brief(x, 2))],
    [w.distribution.median, written(field.median, format.brief)],
    ...shares,
    [w.distribution.novel, novel.length ? format.list(novel) : null],
  ];
  return h(
    "dl",
    { class: "figs" },
    ...figures.flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [h("div", {}, h("dt", {}, name), h("dd", {}, value))],
    ),
  );
}
