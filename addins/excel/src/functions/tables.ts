// The tables that functions spill.
import type { InputField, Model, OutputValue, Quantity } from "scorelet";
import { kindOf, validValues } from "../../../../web/what-if/src/domain.ts";
import type { Row } from "../../../../web/what-if/src/engine/protocol.ts";
import * as format from "../../../../web/what-if/src/format.ts";
import { domainText } from "../../../../web/what-if/src/remarks.ts";
import { t } from "../../../../web/what-if/src/texts.ts";
import { treatmentsOf } from "../../../../web/what-if/src/treatments.ts";
import { failedRecords } from "../../../../web/what-if/src/verification.ts";
import type { Want } from "../cells/wants.ts";
import type { Subject } from "../models/subject.ts";
import { answerOf, type Answer } from "../scoring/answers.ts";
import { w } from "../texts/texts.ts";

type Table = Answer[][];

export interface Explained {
  base: number;
  quantity: Quantity;
  value: number;
  contributions: Readonly<Record<string, number>>;
  standardError: number;
}

export const cell = (value: OutputValue): Answer => (value === null ? "" : Array.isArray(value) ? value.map(cell).join("; ") : value);

export const labelOf = ({ description }: Subject, name: string): string => {
  const field = description.inputs.find((f) => f.name === name);
  return field ? format.label(field) : name;
};

export function quantityName({ description }: Subject, quantity: Quantity): string {
  const target = description.targets[0];
  const name = target ? format.label(target) : t.answer.prediction;
  return quantity.kind === "probability" ? t.why.chance(name, quantity.name ?? "") : name;
}

/** Fields by the size of what they contribute, the largest first; base and prediction around them. */
export function explanation(subject: Subject, record: Row, { base, quantity, value, contributions }: Explained): Table {
  const fields = Object.entries(contributions).filter(([, x]) => x !== 0).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  return [
    [w.words.field, w.words.value, quantityName(subject, quantity)],
    [w.words.average, "", base],
    ...fields.map(([name, x]): Answer[] => [labelOf(subject, name), cell((record[name] ?? null) as OutputValue), x]),
    [w.words.result, "", value],
  ];
}

/** Fields that push the answer up, the strongest first. */
export function pushing(contributions: Readonly<Record<string, number>>): string[] {
  return Object.entries(contributions).filter(([, x]) => x > 0).sort(([, a], [, b]) => b - a).map(([name]) => name);
}

export function single(model: Model, record: Row, want: Want): Answer {
  model.reset();
  const { values, diagnostics } = model.score(record);
  return answerOf(want.kind === "column" ? values[want.field.name] : null, diagnostics, true);
}

export function fields({ description }: Subject): Table {
  return [
    [w.words.field, w.words.label, w.words.type, w.words.values, w.words.treatment],
    ...description.inputs.map((field): Answer[] => [
      field.name, format.label(field), t.card.fieldKind[kindOf(field)] ?? "", domainText(field) || allValues(field),
      field.isUsed ? treatmentsOf(field).join(" ") : t.card.withoutEffect,
    ]),
  ];
}

const allValues = (field: InputField): string => validValues(field).map((v) => v.value).join("; ");

export function outputs({ description }: Subject): Table {
  return [
    [w.words.output, w.words.label, w.words.kind, w.words.type],
    ...description.results.map((r): Answer[] => [r.name, format.label(r), r.value === undefined ? r.feature : `${r.feature}(${r.value})`, r.dataType]),
  ];
}

export function modelInfo(subject: Subject): Table {
  const { info, inputs, targets, notes } = subject.description;
  const rows: [string, Answer | undefined][] = [
    [t.card.name, subject.name],
    [t.card.predicts, targets.map((f) => format.label(f)).join("; ")],
    [t.card.kind, [info.modelType, info.functionName, info.algorithmName].filter(Boolean).join(", ")],
    [w.words.version, info.modelVersion],
    [t.card.about, info.description],
    [t.card.made, [info.application, info.applicationVersion].filter(Boolean).join(" ")],
    [t.card.when, info.timestamp?.trim()],
    [t.card.copyright, info.copyright],
    [w.words.fields, inputs.filter((f) => f.isUsed).length],
    [t.card.checkedRow, checks(subject)],
    [t.card.notes, notes.map((n) => n.message).join(" ")],
    ["PMML", info.pmmlVersion],
    [w.words.bytes, subject.size],
    ["SHA-256", subject.sha256],
  ];
  return rows.flatMap(([name, value]): Table => (value === undefined || value === "" ? [] : [[name, value]]));
}

/** "40 of 40 check rows reproduced". */
export function checks({ report }: Subject): string {
  if (!report?.records) return w.models.noChecks;
  return w.models.checks(report.records - failedRecords(report), report.records);
}

export function verification(subject: Subject): Table {
  const { report } = subject;
  const head: Table = [[checks(subject), "", "", ""]];
  if (!report || report.passed) return head.map((row) => row.slice(0, 1));
  return [
    ...head,
    [t.card.record, t.card.field, t.card.expected, t.card.actual],
    ...report.mismatches.map((m): Answer[] => [m.record, m.field, m.expected, m.actual]),
    ...report.diagnostics.map((d): Answer[] => ["", d.field ?? "", "", d.message]),
  ];
}
