// What two models say to the same cases, as a table.
import { h } from "../dom.ts";
import { pending, type Compared } from "../scenarios/comparison.ts";
import { agreementOf, type Agreement } from "../scenarios/two.ts";
import { t } from "../texts.ts";
import { changeNode } from "./change.ts";

/** A case with the answers of both; undefined while one is still to come. */
export interface Pair {
  readonly column: Compared;
  readonly agreement: Agreement | undefined;
}

export function pairsOf(first: readonly Compared[], second: readonly Compared[], asked: string | null): Pair[] {
  return first.map((column, i) => {
    const other = second[i]!.answer;
    const isOpen = column.answer === undefined || other === undefined;
    return { column, agreement: isOpen ? undefined : agreementOf(column.answer, other, asked) };
  });
}

export function twoTable(pairs: readonly Pair[], names: readonly [string, string]): HTMLTableElement {
  const head = (name: string, role: string) => h("th", { scope: "col", class: "num" }, name, h("small", {}, role));
  return h(
    "table",
    { class: "two" },
    h("caption", { class: "vh" }, t.two.caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, t.two.case),
        head(names[0], t.two.champion),
        head(names[1], t.two.challenger),
        h("th", { scope: "col", class: "num" }, t.two.difference),
        h("th", { scope: "col" }, t.two.verdict),
      ),
    ),
    h(
      "tbody",
      {},
      ...pairs.map(({ column, agreement }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, column.name),
          h("td", { class: "num" }, agreement?.first ?? pending),
          h("td", { class: "num" }, agreement?.second ?? pending),
          h("td", { class: "num" }, agreement?.difference ? changeNode(agreement.difference) : ""),
          h("td", {}, agreement ? verdict(agreement) : ""),
        ),
      ),
    ),
  );
}

function verdict({ agree, focus, difference }: Agreement): HTMLElement {
  if (agree === null) return h("span", { class: "tag repl" }, t.two.unknown);
  if (!agree && difference && !focus) return h("span", { class: "fine" }, t.two.between);
  return h("span", { class: agree ? "tag ok" : "tag warn" }, agree ? t.two.agrees : t.two.differs);
}
