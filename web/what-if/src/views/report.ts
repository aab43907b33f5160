// The report of a case, for paper and for a file: everything unfolded, nothing to press.
import { unnamedClasses, type Answer } from "../answer.ts";
import { h, messageNodes } from "../dom.ts";
import * as format from "../format.ts";
import { manyValues, remarkOn, seenText, show } from "../remarks.ts";
import { comparedIn } from "../scenarios/compared.ts";
import { finding, focusOf } from "../scenarios/comparison.ts";
import { figureOf, tableOf } from "../scenarios/rows.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { changeSince, findingOf, titleOf } from "../verdict.ts";
import { briefly, exactly, resultName } from "../written.ts";
import { modelCard } from "./card.ts";
import { scenarioTable } from "./scenario_table.ts";
import { bothModels } from "./two.ts";

type Content = Node | string | false;

export function reportOf(session: Session): HTMLElement {
  const { name } = session;
  const report = h(
    "article",
    { class: "report" },
    h("header", {}, h("h1", {}, t.report.title(name)), ...findingNodes(session), ...standing(session)),
    section(t.report.case, caseTable(session)),
    section(t.report.results, resultTable(session)),
    ...reasons(session),
    ...scenarios(session),
    ...models(session),
    section(t.report.about, modelCard(session)),
  );
  for (const folded of report.querySelectorAll("details")) folded.open = true;
  for (const scroll of report.querySelectorAll(".scroll")) scroll.removeAttribute("tabindex");
  return report;
}

export function outsideText({ case: theCase }: Session): string {
  const outside = theCase.fields.filter((field) => remarkOn(field, theCase.get(field.name))?.outside);
  return outside.length ? t.report.outside(format.list(outside.map(format.label))) : t.report.nothingOutside;
}

const section = (title: string, ...content: Content[]): HTMLElement => h("section", {}, h("h2", {}, title), ...content);

const standing = (session: Session): HTMLElement[] => [
  h("p", {}, `${outsideText(session)}.`),
  h("p", { class: "fine" }, `${t.report.made(format.moment(new Date()))}.`),
];

function findingNodes(session: Session): HTMLElement[] {
  const answer = session.current;
  if (!answer || answer.kind === "none") return [h("p", { class: "fig" }, t.answer.noneTitle)];
  const focus = focusOf(answer, session.asked);
  const change = changeSince(session.start, answer, focus);
  const figure = figureOf({ answer }, focus);
  return [
    h("p", { class: "fig" }, h("span", {}, titleOf(answer, focus)), " ", h("strong", {}, figure)),
    h("p", {}, ...messageNodes(findingOf(answer, change, session.case.changed.length > 0))),
  ];
}

const row = (cells: Content[], classes: string[] = []): HTMLElement =>
  h("tr", {}, ...cells.map((cell, i) => h(i ? "td" : "th", i ? { class: classes[i] } : { scope: "row" }, cell)));

const table = (heads: string[], rows: HTMLElement[], classes: string[] = []): HTMLElement =>
  h(
    "table",
    {},
    h("thead", {}, h("tr", {}, ...heads.map((x, i) => h("th", { scope: "col", class: classes[i] }, x)))),
    h("tbody", {}, ...rows),
  );

function caseTable({ case: theCase }: Session): HTMLElement {
  const classes = ["", "num"];
  const rows = theCase.fields
    .filter((field) => field.isUsed)
    .map((field) => {
      const value = theCase.get(field.name);
      const message = remarkOn(field, value)?.message;
      const start = theCase.start.get(field.name) ?? null;
      const was = theCase.hasChanged(field.name) ? t.report.wasAtStart(show(field, start)) : "";
      const said = [was && `${was}.`, message?.head, message?.text].filter(Boolean).join(" ");
      return row([format.label(field), show(field, value), seenText(field) || manyValues(field), said], classes);
    });
  return table([t.report.field, t.report.value, t.report.seen, t.report.remark], rows, classes);
}

function resultTable(session: Session): HTMLElement {
  const answer = session.current;
  const classes = ["", "num", "num"];
  return table([t.report.result, t.report.value, t.report.exact], answer ? resultRows(answer, classes) : [], classes);
}

function resultRows(answer: Answer, classes: string[]): HTMLElement[] {
  const { target, predicted, predictedLabel } = answer;
  return [
    row([target, predictedLabel, exactly(predicted)], classes),
    ...unnamedClasses(answer).map((c) =>
      row([t.answer.chance(target, c.label), format.chanceCell(c.chance), String(c.chance)], classes),
    ),
    ...answer.outputs.map(({ field, value }) =>
      row([resultName(field), briefly(field, value), exactly(value)], classes),
    ),
  ];
}

function reasons(session: Session): HTMLElement[] {
  const told = session.reasons();
  if (!told) return [];
  const classes = ["", "", "num"];
  const rows = told.rows.map(({ name, value, size }) => row([name, value, size], classes));
  return [
    section(
      t.report.why,
      h("p", {}, `${told.finding} ${told.lead}`),
      table([t.report.field, t.report.value, told.unit], rows, classes),
      h("p", { class: "fine" }, told.note),
    ),
  ];
}

function scenarios(session: Session): HTMLElement[] {
  if (!session.case.scenarios.length) return [];
  const columns = comparedIn(session);
  const { asked } = session;
  return [
    section(
      t.report.scenarios,
      h("p", {}, columns.length > 1 && `${finding(columns, asked)}.`),
      scenarioTable(tableOf(session.case, columns, focusOf(columns[0]!.answer, asked)), { equal: true }),
      h("p", { class: "fine" }, t.compare.sub(columns[0]!.name)),
    ),
  ];
}

function models(session: Session): HTMLElement[] {
  if (!session.rival) return [];
  const { heading, sub, table: both, remarks } = bothModels(session);
  return [
    section(
      t.report.models,
      h("p", {}, `${heading}.`),
      h("p", {}, sub),
      both,
      ...remarks.map((r) => h("p", { class: "fine" }, r)),
    ),
  ];
}
