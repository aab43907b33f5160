// The scenarios as rows of a table for other programs: raw names, and numbers with all their digits.
import type { Answer } from "../answer.ts";
import { recordOf, type Case } from "../case.ts";
import { t } from "../texts.ts";
import type { Compared } from "./comparison.ts";
import type { Cell } from "./csv.ts";

export function sheetOf(theCase: Case, columns: readonly Compared[]): Cell[][] {
  const answers = columns.flatMap((column) => column.answer ?? []);
  const results = [...new Set(answers.flatMap((answer) => [...resultsOf(answer).keys()]))];
  const head = [t.report.scenario, ...theCase.fields.map((f) => f.name), ...results];
  const rows = columns.map(({ name, values, answer }) => {
    const given = Object.values(recordOf(theCase.fields, values));
    const found = answer ? resultsOf(answer) : new Map<string, Cell>();
    return [name, ...given.map(cellOf), ...results.map((result) => found.get(result) ?? null)];
  });
  return [head, ...rows];
}

/** By the names that a scored file has; the prediction first. */
function resultsOf(answer: Answer): Map<string, Cell> {
  const outputs = answer.outputs.map(({ field, value }) => [field.name, cellOf(value)] as const);
  const chances = answer.classes.map((c) => [`probability(${c.value})`, c.chance] as const);
  return new Map<string, Cell>([[t.report.predicted, cellOf(answer.predicted)], ...chances, ...outputs]);
}

const cellOf = (value: unknown): Cell =>
  value === null || value === undefined
    ? null
    : typeof value === "number" || typeof value === "boolean"
      ? value
      : Array.isArray(value)
        ? JSON.stringify(value)
        : String(value);
