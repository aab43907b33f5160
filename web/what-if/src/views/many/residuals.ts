// How predicted numbers differ from what came true.
import { h } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Judgement } from "../../many/protocol.ts";
import { ticksOf } from "../../many/ticks.ts";
import { t } from "../../texts.ts";
import { count } from "./figures.ts";
import { bar, chartTable, line, mark, placed, plot } from "./plot.ts";
import { section } from "./section.ts";

type Regression = NonNullable<Judgement["regression"]>;

export function residualsView({ figures, edges, counts }: Regression): HTMLElement {
  const { bias, mae, cases } = figures;
  const finding =
    Math.abs(bias) < 0.05 * mae
      ? t.many.residuals.even
      : bias > 0
        ? t.many.residuals.high(format.brief(bias, 3))
        : t.many.residuals.low(format.brief(-bias, 3));
  const inner = counts.slice(1, -1);
  if (!inner.length) return section(finding);
  const low = edges[0]!,
    high = edges.at(-1)!,
    top = Math.max(...inner, 1);
  const zero = placed(0, low, high);
  const shapes = inner.map((n, i) => {
    const [from, to] = [placed(edges[i]!, low, high), placed(edges[i + 1]!, low, high)];
    return bar(from + (to - from) * 0.06, to - (to - from) * 0.06, n / top);
  });
  if (zero >= 0 && zero <= 1)
    shapes.push(
      line(
        [
          [zero, 0],
          [zero, 1],
        ],
        "by",
      ),
    );
  const name = (i: number) =>
    i === 0
      ? t.many.spread.below(format.brief(low))
      : i === edges.length
        ? t.many.spread.from(format.brief(high))
        : t.many.spread.between(format.brief(edges[i - 1]!), format.brief(edges[i]!));
  return section(
    finding,
    h("p", { class: "axis" }, t.many.residuals.axis),
    plot(
      t.many.residuals.label(finding),
      {
        x: ticksOf(low, high).map((x) => ({ at: placed(x, low, high), text: format.brief(x) })),
        y: ticksOf(0, top).map((y) => ({ at: y / top, text: format.compact(y) })),
      },
      shapes,
      zero > 0.05 && zero < 0.95 ? [mark("dl halo quiet", zero, 0.96, t.many.residuals.zero)] : [],
      { tall: true },
    ),
    chartTable(
      [t.many.spread.range, t.many.spread.cases, t.many.spread.share],
      counts.flatMap((n, i) => (n ? [[name(i), count(n), format.chanceCell(n / cases)]] : [])),
    ),
  );
}

export function byPredictionView({ groups }: Regression): HTMLElement {
  const spreads = groups.map((g) => g.deviation).filter(Number.isFinite);
  const ratio = spreads.length > 1 ? spreads.at(-1)! / spreads[0]! : 1;
  const finding =
    ratio > 1.5 ? t.many.residuals.grows : ratio < 1 / 1.5 ? t.many.residuals.shrinks : t.many.residuals.steady;
  const [left, right] = [groups[0]?.meanPredicted ?? 0, groups.at(-1)?.meanPredicted ?? 1];
  const pad = (right - left) * 0.06 || 1;
  const [x0, x1] = [left - pad, right + pad];
  const ends = groups.flatMap((g) => [g.meanResidual - (g.deviation || 0), g.meanResidual + (g.deviation || 0), 0]);
  const [y0, y1] = [Math.min(...ends), Math.max(...ends)];
  const x = (v: number) => placed(v, x0, x1);
  const y = (v: number) => placed(v, y0, y1);
  return section(
    finding,
    h("p", { class: "axis" }, t.many.residuals.byAxis),
    plot(
      t.many.residuals.label(finding),
      {
        x: ticksOf(x0, x1).map((v) => ({ at: x(v), text: format.brief(v) })),
        y: ticksOf(y0, y1).map((v) => ({ at: y(v), text: format.brief(v) })),
      },
      groups.map((g) =>
        line(
          [
            [x(g.meanPredicted), y(g.meanResidual - (g.deviation || 0))],
            [x(g.meanPredicted), y(g.meanResidual + (g.deviation || 0))],
          ],
          "l2",
        ),
      ),
      groups.map((g) => mark("dot b", x(g.meanPredicted), y(g.meanResidual))),
      { zero: y(0), tall: true },
    ),
    chartTable(
      [t.many.residuals.predicted, t.many.residuals.residual, t.many.residuals.deviation, t.many.residuals.cases],
      groups.map((g) => [
        format.brief(g.meanPredicted),
        format.brief(g.meanResidual),
        format.brief(g.deviation),
        count(g.cases),
      ]),
    ),
  );
}
