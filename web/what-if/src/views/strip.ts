// The scenarios beneath the case: what each is called, what it gives, and how it differs from the first.
import { h } from "../dom.ts";
import * as format from "../format.ts";
import { comparedIn } from "../scenarios/compared.ts";
import { changeFrom, finding, focusOf, split, type Compared } from "../scenarios/comparison.ts";
import { figureOf } from "../scenarios/rows.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { changeNode } from "./change.ts";
import { linkTo } from "./link.ts";
import { rebuild } from "./rebuild.ts";
import { ScenarioActs } from "./scenario_acts.ts";

const fewNames = 3;
const longestName = 40;

export class StripView {
  readonly root = h("section", { class: "card scen", "aria-labelledby": "h-scen" });
  readonly #acts: ScenarioActs;

  constructor(
    private readonly session: Session,
    say: (sentence: string) => void,
  ) {
    this.#acts = new ScenarioActs(session.case, say);
    this.update();
  }

  update(): void {
    const columns = comparedIn(this.session);
    const scenarios = columns.filter((column) => column.at !== null);
    const heading = h(
      "h2",
      { id: "h-scen", tabindex: "-1" },
      columns.length > 1 ? finding(columns, this.session.asked) : t.scenarios.title,
    );
    const note = this.#acts.reason || (scenarios.length ? "" : t.scenarios.empty);
    rebuild(
      this.root,
      [
        h("div", { class: "sh" }, heading, h("div", { class: "row" }, this.#acts.keepButton(""))),
        ...(note ? [h("p", { class: "fine" }, note)] : []),
        ...(scenarios.length ? [this.#list(scenarios)] : []),
        ...(columns.length > 1 ? [h("p", {}, linkTo({ view: "compare" }, t.scenarios.compare))] : []),
      ],
      heading,
    );
  }

  #list(scenarios: readonly Compared[]): HTMLElement {
    return h("ol", { class: "strip" }, ...scenarios.map((column) => this.#item(column, scenarios[0]!)));
  }

  #item(column: Compared, first: Compared): HTMLElement {
    const at = column.at!;
    const focus = focusOf(first.answer, this.session.asked);
    const change = changeFrom(first, column, focus);
    const tags = [column === first && t.scenarios.pinned, column.isNow && t.scenarios.inForm].filter(Boolean);
    return h(
      "li",
      {},
      h("div", { class: "sh" }, this.#name(column), h("span", { class: "fine" }, tags.join(", "))),
      h(
        "p",
        { class: "sum" },
        h("strong", {}, figureOf(column, focus)),
        change && h("span", { class: "vs" }, changeNode(change)),
      ),
      h("p", { class: "fine" }, column === first ? t.scenarios.first : this.#difference(first, column)),
      h(
        "div",
        { class: "row" },
        !column.isNow && this.#acts.tryButton(at),
        column !== first && this.#acts.pinButton(at),
        this.#acts.removeButton(at),
      ),
    );
  }

  #name({ name, at }: Compared): HTMLInputElement {
    const box = h("input", {
      class: "box name",
      value: name,
      maxlength: longestName,
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": t.scenarios.name(name),
      "data-key": `name ${at}`,
    });
    box.addEventListener("change", () => {
      const typed = box.value.trim();
      if (typed === "") box.value = name;
      else setTimeout(() => this.#acts.rename(at!, typed)); // focus has moved on by then
    });
    return box;
  }

  #difference(first: Compared, column: Compared): string {
    const { different } = split(this.session.case.fields, [first, column]);
    if (!different.length) return t.scenarios.same;
    const names = different.map(format.label);
    const shown =
      names.length > fewNames ? [...names.slice(0, fewNames), t.scenarios.andMore(names.length - fewNames)] : names;
    return t.scenarios.differs(format.list(shown));
  }
}
