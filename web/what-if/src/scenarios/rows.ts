// The table of a comparison, as text: the figure first, then the fields that differ, those that do not, all results.
import type { Case } from "../case.ts";
import { heldIn } from "../case.ts";
import { unnamedClasses, type ClassChance } from "../answer.ts";
import * as format from "../format.ts";
import { remarkOn, show } from "../remarks.ts";
import { t } from "../texts.ts";
import { chanceOf, titleOf, type Change } from "../verdict.ts";
import { briefly, resultName } from "../written.ts";
import { changeFrom, differs, pending, split, type Compared } from "./comparison.ts";

export interface Cell {
  readonly text: string;
  /** From the first column. */
  readonly differs: boolean;
  readonly change?: Change | null;
  /** Why to be wary of it. */
  readonly wary?: string | undefined;
}

export interface Row {
  readonly name: string;
  readonly cells: readonly Cell[];
}

export interface Table {
  readonly columns: readonly Compared[];
  readonly figure: Row;
  readonly different: readonly Row[];
  readonly equal: readonly Row[];
  readonly results: readonly Row[];
}

export function tableOf(theCase: Case, columns: readonly Compared[], focus: ClassChance | undefined): Table {
  const { different, equal } = split(theCase.fields, columns);
  const fieldRow = (field: (typeof different)[number]): Row => ({
    name: format.label(field),
    cells: columns.map((column) => {
      const value = heldIn(field, column.values);
      const remark = remarkOn(field, value);
      const wary = remark?.outside || remark?.blocks ? remark.tag : undefined;
      return { text: show(field, value), differs: differs(field, columns[0]!, column), wary };
    }),
  });
  return {
    columns,
    figure: figureRow(columns, focus),
    different: different.map(fieldRow),
    equal: equal.map(fieldRow),
    results: resultRows(columns, focus),
  };
}

/** The figure that stands for an answer. */
export function figureOf({ answer }: Pick<Compared, "answer">, focus: ClassChance | undefined): string {
  if (answer === undefined) return pending;
  if (answer === null || answer.kind === "none") return t.answer.none;
  const chance = chanceOf(answer, focus);
  if (chance !== undefined) return format.chanceCell(chance);
  if (answer.series) return format.brief(answer.series.values[0]!);
  return answer.kind === "number" ? format.brief(answer.predicted as number) : answer.predictedLabel;
}

function figureRow(columns: readonly Compared[], focus: ClassChance | undefined): Row {
  const told = columns.find((column) => column.answer && column.answer.kind !== "none")?.answer;
  return {
    name: told ? titleOf(told, focus) : t.answer.prediction,
    cells: columns.map((column) => ({
      text: figureOf(column, focus),
      differs: false,
      change: changeFrom(columns[0]!, column, focus),
    })),
  };
}

/** The answer where the figure is a chance, the chances of all classes, and every named result. */
function resultRows(columns: readonly Compared[], focus: ClassChance | undefined): Row[] {
  const told = columns.flatMap((column) => column.answer ?? []);
  const [some] = told;
  if (!some) return [];
  const row = (name: string, textOf: (column: Compared) => string): Row => {
    const texts = columns.map((column) => (column.answer ? textOf(column) : ""));
    return { name, cells: texts.map((text) => ({ text, differs: text !== texts[0] })) };
  };
  const classes = [...new Map(told.flatMap(unnamedClasses).map((c) => [c.value, c])).values()];
  return [
    ...(focus ? [row(some.target, ({ answer }) => answer!.predictedLabel)] : []),
    ...classes.map((c) =>
      row(t.answer.chance(some.target, c.label), ({ answer }) => {
        const chance = chanceOf(answer!, c);
        return chance === undefined ? "" : format.chanceCell(chance);
      }),
    ),
    ...some.outputs.map(({ field }, i) =>
      row(resultName(field), ({ answer }) => briefly(field, answer!.outputs[i]?.value ?? null)),
    ),
  ];
}
