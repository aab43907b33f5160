// The model card: what the model says about itself, whether it gives the answers its maker recorded, what it asks for
// and how it treats it, what is known against it, and what this page is made of.
import type { InputField, VerificationReport } from "scorelet";
import { domainText } from "../remarks.ts";
import { h } from "../dom.ts";
import { kindOf, validValues } from "../domain.ts";
import * as format from "../format.ts";
import { galleryModelAt } from "../gallery.ts";
import { limitsOf } from "../limits.ts";
import { parts } from "../parts.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { treatmentsOf } from "../treatments.ts";
import { failedRecords, headlineOf } from "../verification.ts";
import { findingsList } from "./findings.ts";
import type { View } from "./view.ts";

const fewValues = 12; // that a target's classes are named
const fewFields = 15; // that are shown at once
const mostDifferences = 50;

type Content = Node | string;

export function aboutView(session: Session): View {
  const heading = h("h2", { id: "h-about", tabindex: "-1" }, headlineOf(session.opened.report));
  return {
    root: h(
      "div",
      { class: "about" },
      h("div", { class: "vh2" }, h("p", { class: "k" }, t.views.about), heading),
      section("h-card", t.card.title, modelCard(session)),
      section("h-asks", asksTitle(session.description.inputs), ...fieldsOf(session.description.inputs)),
      section("h-parts", t.card.parts, h("p", { class: "fine" }, t.card.partsNote), partsTable()),
    ),
    heading,
    title: t.views.about,
    finding: heading.textContent ?? "",
    enter() {},
    leave() {},
  };
}

const section = (id: string, title: string, ...content: Content[]): HTMLElement =>
  h("section", { class: "card mc", "aria-labelledby": id }, h("h3", { id }, title), ...content);

/** What the model says about itself. */
export const modelCard = (session: Session): HTMLElement => definitions(rowsOf(session));

const definitions = (rows: [string, Content[]][], kind = ""): HTMLElement =>
  h(
    "dl",
    { class: kind },
    ...rows
      .filter(([, what]) => what.some((w) => w !== ""))
      .map(([name, what]) => h("div", {}, h("dt", {}, name), h("dd", {}, ...what))),
  );

function rowsOf({ opened, description, fileName, address, version, name }: Session): [string, Content[]][] {
  const { report, bytes, fingerprint } = opened;
  const { info, targets, notes } = description;
  const type = t.card.type[info.modelType] ?? info.modelType;
  const kind = info.algorithmName ? `${type}, ${info.algorithmName}` : type;
  const made = [info.application, info.applicationVersion].filter(Boolean).join(" ");
  const limits = limitsOf(opened);
  return [
    [t.card.name, [version ? `${name}, ${t.version(version)}` : name]],
    [t.card.predicts, [targets.map(predicts).join(t.listSeparator)]],
    [t.card.kind, [t.card.kindText(kind, t.card.function[info.functionName] ?? "")]],
    [t.card.about, [info.description ?? ""]],
    [t.card.said, [info.annotations.join(" ").trim()]],
    [t.card.made, [made]],
    [t.card.when, [info.timestamp ? format.date(info.timestamp.trim()) : ""]],
    [t.card.copyright, [info.copyright ?? ""]],
    [t.gallery.from, [provenance(address)]],
    [t.card.checkedRow, checkedRow(report)],
    [t.card.limits, limits.length ? [h("ul", {}, ...limits.map((limit) => h("li", {}, limit)))] : []],
    [
      t.card.notes,
      notes.length
        ? [h("details", { class: "tbl" }, h("summary", {}, t.card.noteCount(notes.length)), findingsList(notes))]
        : [],
    ],
    [t.card.file, [[fileName, format.size(bytes), t.card.pmml(info.pmmlVersion)].join(t.listSeparator)]],
    [t.card.fingerprint, fingerprint ? [h("span", { class: "mono" }, `sha-256 ${fingerprint}`)] : []],
  ];
}

/** Of a model of the gallery, what is known beyond its document. */
function provenance(address: string | null): string {
  const model = galleryModelAt(address);
  if (!model) return "";
  const learned = model.madeBy ? t.gallery.learned(model.madeBy) : "";
  return [t.gallery.data[model.data], learned, t.gallery.free].filter(Boolean).join(" ");
}

function predicts(target: InputField): string {
  const values = validValues(target).map((v) => v.displayValue ?? v.value);
  if (!values.length || values.length > fewValues) return format.label(target);
  return t.card.oneOf(format.label(target), format.either(values));
}

function checkedRow(report: VerificationReport | null): Content[] {
  if (!report || report.records === 0) return [t.card.notCheckable];
  if (report.passed) return [h("span", { class: "tag ok" }, t.card.checkedAll(report.records, report.fields))];
  const head = [t.card.record, t.card.field, t.card.expected, t.card.actual].map((x) => h("th", { scope: "col" }, x));
  const body = report.mismatches
    .slice(0, mostDifferences)
    .map((m) => h("tr", {}, ...[format.number(m.record), m.field, m.expected, m.actual].map((x) => h("td", {}, x))));
  return [
    h("span", { class: "tag act" }, t.card.checkedSome(report.records - failedRecords(report), report.records)),
    ` ${t.card.failedText}`,
    h(
      "details",
      { class: "tbl" },
      h("summary", {}, t.card.showFailed),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": t.card.showFailed },
        h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...body)),
      ),
      report.diagnostics.length ? findingsList(report.diagnostics) : null,
    ),
  ];
}

function asksTitle(inputs: readonly InputField[]): string {
  return t.card.asks(inputs.filter((f) => f.isUsed).length, inputs.length);
}

/** Those that matter first, and of many the first ones at once. */
function fieldsOf(inputs: readonly InputField[]): Content[] {
  const rows = [...inputs.filter((f) => f.isUsed), ...inputs.filter((f) => !f.isUsed)].map(fieldRow);
  const rest = rows.slice(fewFields);
  return [
    h("dl", { class: "asks" }, ...rows.slice(0, fewFields)),
    ...(rest.length
      ? [
          h(
            "details",
            { class: "tbl" },
            h("summary", {}, t.form.more(rest.length)),
            h("dl", { class: "asks" }, ...rest),
          ),
        ]
      : []),
  ];
}

function fieldRow(field: InputField): HTMLElement {
  const label = format.label(field);
  return h(
    "div",
    {},
    h("dt", {}, label, label === field.name ? null : h("span", { class: "fine mono" }, field.name)),
    h(
      "dd",
      {},
      h("p", {}, [t.card.fieldKind[kindOf(field)], domainText(field) || manyValues(field)].filter(Boolean).join(": ")),
      h("p", { class: "fine" }, field.isUsed ? treatmentsOf(field).join(" ") : t.card.withoutEffect),
    ),
  );
}

function manyValues(field: InputField): string {
  const n = validValues(field).length;
  return n ? t.card.values(n) : "";
}

const partsTable = (): HTMLElement =>
  definitions(
    parts.map((part) => [[part.name, part.version].join(" "), [part.licence]]),
    "parts",
  );
