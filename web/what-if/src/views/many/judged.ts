// Which of two models was right more often: each figure with the 95 % range of the difference, and what that says.
import { h, setVariable } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Judged } from "../../many/protocol.ts";
import { verdictOn } from "../../many/verdicts.ts";
import { t } from "../../texts.ts";
import { count, percent } from "./figures.ts";
import { section } from "./section.ts";

export function judgedView(judged: readonly Judged[], names: readonly [string, string]): HTMLElement {
  const [first] = judged;
  const heads = [t.many.quality.measure, ...names];
  return section(
    findingOf(first!, names),
    h("p", { class: "sub" }, t.many.two.judgedLead(count(first!.cases))),
    h(
      "table",
      { class: "cmp" },
      h("caption", { class: "vh" }, t.many.two.title),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...heads.map((text, i) => h("th", { scope: "col", class: i ? "num" : "" }, text)),
          h("th", { scope: "col", class: "cih" }, h("span", {}, t.many.two.ahead(names[0])), " ", h("span", {}, t.many.two.ahead(names[1]))),
          h("th", { scope: "col" }, t.two.verdict),
        ),
      ),
      h("tbody", {}, ...judged.map((one) => rowOf(one, names))),
    ),
    h("p", { class: "fine" }, t.many.two.judgedNote),
  );
}

const figureOf = ({ measure }: Judged, x: number): string =>
  measure === "accuracy" ? percent(x) : measure === "auc" || measure === "logLoss" ? format.fixed(x, 3) : format.brief(x);

function rowOf(one: Judged, names: readonly [string, string]): HTMLElement {
  const { gain, low, high, verdict } = verdictOn(one);
  const far = Math.max(Math.abs(low), Math.abs(high)) * 1.15 || 1;
  const at = (x: number) => (0.5 + x / far / 2).toFixed(4);
  const [range, point] = [h("i", { class: "rg" }), h("i", { class: "pt" })];
  setVariable(range, "--from", at(low));
  setVariable(range, "--width", String(Number(at(high)) - Number(at(low))));
  setVariable(point, "--from", at(gain));
  const plain = (x: number) => (one.measure === "accuracy" ? format.fixed(x * 100, 1) : format.brief(x, 2));
  const label = t.many.two.range(plain(gain), plain(low), plain(high), names[1]);
  const tag = verdict === "close" ? "repl" : verdict === "better" ? "ok" : "warn";
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, t.many.two.measures[one.measure]),
    ...[one.first, one.second].map((x, i) => h("td", { class: "num", "data-head": names[i]! }, figureOf(one, x))),
    h("td", { class: "ci", dir: "ltr" }, h("div", { role: "img", "aria-label": label }, h("i", { class: "z" }), range, point)),
    h("td", {}, h("span", { class: `tag ${tag}` }, t.many.two.verdicts[verdict])),
  );
}

function findingOf(one: Judged, names: readonly [string, string]): string {
  const { verdict } = verdictOn(one);
  const [a, b] = [figureOf(one, one.first), figureOf(one, one.second)];
  const what = t.many.two.short[one.measure];
  if (verdict === "close") return t.many.two.close(what, a, b);
  return verdict === "better" ? t.many.two.better(names[1], what, b, a) : t.many.two.better(names[0], what, a, b);
}
