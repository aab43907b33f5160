// Cases side by side as a table.
import { h } from "../dom.ts";
import type { Compared } from "../scenarios/comparison.ts";
import type { Row, Table } from "../scenarios/rows.ts";
import { t } from "../texts.ts";
import { changeNode } from "./change.ts";

export interface Parts {
  /** What can be done with a column, beneath it. */
  acts?: (column: Compared) => (Node | string)[];
  /** Also show the fields that are the same in all. */
  equal: boolean;
}

export function scenarioTable(table: Table, { acts, equal }: Parts): HTMLTableElement {
  const { columns } = table;
  const cellClass = (i: number, more = "") => `num ${columns[i]!.isNow ? "hl" : ""} ${more}`.trim();
  const heads = columns.map((column, i) =>
    h("th", { scope: "col", class: cellClass(i) }, column.name, h("small", {}, stateOf(column, i === 0))),
  );
  const line = (row: Row): HTMLElement =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, row.name),
      ...row.cells.map((cell, i) =>
        h(
          "td",
          { class: cellClass(i, cell.differs ? "ch" : "") },
          cell.differs && h("i", { class: "cd", "aria-hidden": "true" }),
          cell.differs && h("span", { class: "vh" }, t.compare.differsMark),
          cell.text,
          cell.wary && h("small", {}, h("span", { class: "tag warn" }, cell.wary)),
        ),
      ),
    );
  const figure = h(
    "tr",
    { class: "r1" },
    h("th", { scope: "row" }, table.figure.name),
    ...table.figure.cells.map(({ text, change }, i) =>
      h("td", { class: cellClass(i) }, h("b", {}, text), change && h("small", {}, changeNode(change))),
    ),
  );
  const group = (name: string, rows: readonly Row[]): HTMLElement[] =>
    rows.length
      ? [
          h("tr", { class: "group" }, h("th", { scope: "rowgroup", colspan: columns.length + 1 }, name)),
          ...rows.map(line),
        ]
      : [];
  const fields = equal ? [...table.different, ...table.equal] : table.different;
  return h(
    "table",
    {},
    h("caption", { class: "vh" }, t.compare.caption),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("span", { class: "vh" }, t.compare.field)), ...heads)),
    h("tbody", {}, figure, ...fields.map(line)),
    h("tbody", {}, ...group(t.compare.results, table.results)),
    acts &&
      h(
        "tfoot",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "row" }, h("span", { class: "vh" }, t.compare.acts)),
          ...columns.map((column, i) => h("td", { class: cellClass(i) }, ...acts(column))),
        ),
      ),
  );
}

const stateOf = (column: Compared, isFirst: boolean): string =>
  [isFirst && column.at !== null && t.scenarios.pinned, column.isNow && t.scenarios.inForm].filter(Boolean).join(", ");
