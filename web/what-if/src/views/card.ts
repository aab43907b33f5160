// The model card: what the model says about itself, and whether it gives the answers its maker recorded.
import type { VerificationReport } from "scorelet";
import { h } from "../dom.ts";
import type { Opened } from "../engine/protocol.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { findingsList } from "./findings.ts";

export function cardView({ description, report, bytes, fingerprint }: Opened, fileName: string): HTMLElement {
  const { info, targets, inputs, notes } = description;
  const type = t.card.type[info.modelType] ?? info.modelType;
  const predicts = targets.map((f) => {
    const values = f.values.filter((v) => v.property === "valid").map((v) => v.displayValue ?? v.value);
    return values.length && values.length <= 12 ? t.card.oneOf(format.label(f), format.list(values)) : format.label(f);
  });
  const made = [info.application, info.applicationVersion].filter(Boolean).join(" ");
  const rows: [string, (Node | string) | (Node | string)[]][] = [
    [t.card.predicts, predicts.join(t.listSeparator)],
    [
      t.card.kind,
      t.card.kindText(
        info.algorithmName ? `${type}, ${info.algorithmName}` : type,
        t.card.function[info.functionName] ?? "",
      ),
    ],
    [t.card.about, info.description ?? ""],
    [t.card.made, made],
    [t.card.when, info.timestamp ? format.date(info.timestamp.trim()) : ""],
    [t.card.asks, t.card.fields(inputs.filter((f) => f.isUsed).length, inputs.length)],
    [t.card.checkedRow, checkedRow(report)],
    [t.card.copyright, info.copyright ?? ""],
    [t.card.file, [fileName, format.size(bytes), t.card.pmml(info.pmmlVersion)].join(t.listSeparator)],
    [t.card.fingerprint, fingerprint ? h("span", { class: "mono" }, `sha-256 ${fingerprint}`) : ""],
    [
      t.card.notes,
      notes.length
        ? h("details", { class: "tbl" }, h("summary", {}, t.card.noteCount(notes.length)), findingsList(notes))
        : "",
    ],
  ];
  return h(
    "section",
    { class: "card mc", "aria-labelledby": "h-card" },
    h("p", { class: "k" }, t.card.title),
    h("h2", { id: "h-card" }, headline(report)),
    h(
      "dl",
      {},
      ...rows
        .filter(([, what]) => what !== "")
        .map(([name, what]) => h("div", {}, h("dt", {}, name), h("dd", {}, ...(Array.isArray(what) ? what : [what])))),
    ),
  );
}

const failedRecords = (report: VerificationReport): number =>
  new Set(report.mismatches.map((m) => m.record)).size + report.diagnostics.length;

function headline(report: VerificationReport | null): string {
  if (!report || report.records === 0) return t.card.unchecked;
  return report.passed ? t.card.checked(report.records) : t.card.failed(failedRecords(report), report.records);
}

function checkedRow(report: VerificationReport | null): (Node | string)[] {
  if (!report || report.records === 0) return [t.card.notCheckable];
  if (report.passed) return [h("span", { class: "tag ok" }, t.card.checkedAll(report.records, report.fields))];
  const head = [t.card.record, t.card.field, t.card.expected, t.card.actual].map((x) => h("th", { scope: "col" }, x));
  const body = report.mismatches
    .slice(0, 50)
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
