// How good the predictions were: against the reader's target, and in a second file beside the first.
import { h, setText } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Run } from "../../many/run.ts";
import type { Judgement } from "../../many/protocol.ts";
import { difference, isBetter, meets, qualitiesOf, type Measure, type Quality } from "../../many/verdicts.ts";
import { t } from "../../texts.ts";
import { count, measured } from "./figures.ts";
import { table } from "./plot.ts";
import { button, choice, numberBox, section } from "./section.ts";

/** What the reader asks of the model; kept while files change. */
export class Target {
  measure: Measure | null = null;
  readonly values: Partial<Record<Measure, number>> = {};
}

interface Given {
  first: Run;
  second: Run | null;
  value: string | null;
  target: Target;
  addSecond(): void;
  removeSecond(): void;
}

export function qualityView({ first, second, value, target, addSecond, removeSecond }: Given): HTMLElement {
  const judgement = first.judgement!;
  const qualities = qualitiesOf(judgement);
  if (!qualities.length) return section(t.many.outcome.one.head, h("p", { class: "sub" }, t.many.outcome.one.text));
  const heading = h("h3");
  const quality = (): Quality => qualities.find((q) => q.measure === target.measure) ?? qualities[0]!;
  const tag = h("span", { class: "tag ok" });
  const wanted = (): number | undefined => target.values[quality().measure];
  const box = numberBox(t.many.quality.target, 0, (x) => {
    target.values[quality().measure] = quality().measure === "accuracy" ? x / 100 : x;
    paint();
  });
  const bound = h("span");
  const unit = h("span", { class: "unit" });
  const showTarget = () => {
    const { measure } = quality();
    const shown = measure === "accuracy" ? Math.round((wanted() ?? NaN) * 1000) / 10 : (wanted() ?? NaN);
    box.value = Number.isNaN(shown) ? "" : String(shown);
    setText(bound, measure === "mae" ? t.many.quality.atMost : t.many.quality.atLeast);
    setText(unit, measure === "accuracy" ? t.percentSign : "");
  };
  const paint = () => {
    const { measure, value: found } = quality();
    const figure = [t.many.quality.short[measure], measured(measure, found)] as const;
    const asked = wanted();
    const isMet = asked !== undefined && meets(measure, found, asked);
    const verdict =
      asked === undefined
        ? t.many.quality.plain(...figure, count(casesOf(judgement)))
        : t.many.quality[isMet ? "meets" : "fails"](...figure, measured(measure, asked));
    tag.className = `tag ${isMet ? "ok" : "act"}`;
    setText(tag, verdict);
    setText(heading, second?.judgement ? comparison(first, second, quality()) : verdict);
    tag.hidden = !second?.judgement || asked === undefined;
  };
  const measures = qualities.map((q) => t.many.quality.what[q.measure]);
  const picker = choice(t.many.quality.targetLead, measures, qualities.indexOf(quality()), (i) => {
    target.measure = qualities[i]!.measure;
    showTarget();
    paint();
  });
  showTarget();
  paint();
  const other = second
    ? button(t.many.quality.removeSecond, "", removeSecond)
    : button(t.many.quality.second, "", addSecond);
  return section(
    heading,
    h("p", { class: "sub" }, tag),
    h(
      "div",
      { class: "abreast" },
      h("div", {}, figuresTable(first, second, value), h("p", { class: "fine" }, t.many.quality.interval)),
      h(
        "div",
        {},
        h("p", { class: "ask" }, picker, bound, box, unit),
        h("p", { class: "row" }, other),
        h("p", { class: "fine" }, second ? t.many.quality.overNote : t.many.quality.secondNote),
      ),
    ),
  );
}

const casesOf = ({ binary, regression, classes }: Judgement): number =>
  binary ? binary.figures.events + binary.figures.nonEvents : (regression?.figures.cases ?? classes?.cases ?? 0);

/** What two files say about overfitting: the better one first. */
function comparison(first: Run, second: Run, quality: Quality): string {
  const other = qualitiesOf(second.judgement!).find((q) => q.measure === quality.measure);
  const what = t.many.quality.short[quality.measure];
  if (!other) return what;
  const [a, b] = [measured(quality.measure, quality.value), measured(quality.measure, other.value)];
  const { isClear } = difference(quality, other);
  if (Number.isNaN(quality.error)) return t.many.quality.unclear(what, a, b);
  if (!isClear) return t.many.quality.same(what, a, b);
  const drop = isBetter(quality.measure, quality.value, other.value)
    ? t.many.quality.drop(what, a, first.file.name, b, second.file.name)
    : t.many.quality.drop(what, b, second.file.name, a, first.file.name);
  return t.many.quality.over(drop);
}

function figuresTable(first: Run, second: Run | null, value: string | null): HTMLElement {
  const runs = [first, ...(second?.judgement ? [second] : [])];
  const columns = runs.map((run) => figuresOf(run.judgement!, value));
  const rows = columns[0]!.map(([name, text], i) => [name, text, ...columns.slice(1).map((c) => c[i]?.[1] ?? "–")]);
  const heads = [t.many.quality.measure, ...runs.map((run) => run.file.name)];
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": t.many.quality.measure },
    table(heads, rows, "plain"),
  );
}

function figuresOf(judgement: Judgement, value: string | null): [string, string][] {
  const { binary, regression, classes } = judgement;
  const rows = qualitiesOf(judgement).map(({ measure, value: x, error }): [string, string] => {
    const e =
      measure === "accuracy"
        ? t.percent(format.brief(error * 100, 2))
        : measure === "auc"
          ? format.fixed(error, 3)
          : format.brief(error, 2);
    return [
      t.many.quality.what[measure],
      Number.isFinite(error) ? t.many.quality.plusMinus(measured(measure, x), e) : measured(measure, x),
    ];
  });
  const put = (name: string, x: number, text: (x: number) => string = (v) => format.fixed(v, 3)) =>
    rows.push([name, Number.isFinite(x) ? text(x) : "–"]);
  if (binary) {
    const { figures } = binary;
    put(t.many.quality.logLoss, figures.logLoss);
    put(t.many.quality.brier, figures.brier);
    put(t.many.quality.calibrationError, binary.calibrationError, format.chanceCell);
    put(t.many.quality.ks, figures.ks);
    put(t.many.quality.eventRate(value ?? ""), figures.eventRate, format.chanceCell);
    put(t.many.quality.meanScore, figures.meanScore, format.chanceCell);
    put(t.many.quality.cases, casesOf(judgement), count);
  } else if (regression) {
    put(t.many.quality.rmse, regression.figures.rmse, format.brief);
    put(t.many.quality.bias, regression.figures.bias, (x) => format.brief(x, 3));
    put(t.many.quality.cases, casesOf(judgement), count);
  } else if (classes) put(t.many.quality.cases, casesOf(judgement), count);
  return rows;
}
