// What a model says about itself, whether it gives the answers its maker recorded, and what is known against it.
import type { InputField, VerificationReport } from "scorelet";
import { h } from "../dom.ts";
import { validValues } from "../domain.ts";
import * as format from "../format.ts";
import { galleryModelAt } from "../gallery.ts";
import { limitsOf } from "../limits.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { failedRecords } from "../verification.ts";
import { findingsList } from "./findings.ts";

const fewValues = 12; // that a target's classes are named
const mostDifferences = 50;

export type Content = Node | string;

/** What the model says about itself. */
export const modelCard = (session: Session): HTMLElement => definitions(rowsOf(session));

export const definitions = (rows: [string, Content[]][], kind = ""): HTMLElement =>
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
