// Cases side by side, and two models on the same cases.
import { h, setAttribute, setText } from "../dom.ts";
import { comparedIn } from "../scenarios/compared.ts";
import { finding, focusOf, type Compared } from "../scenarios/comparison.ts";
import { tableOf } from "../scenarios/rows.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { button } from "./button.ts";
import { linkTo } from "./link.ts";
import { arrange, rebuild } from "./rebuild.ts";
import { ScenarioActs } from "./scenario_acts.ts";
import { scenarioTable } from "./scenario_table.ts";
import { TwoView } from "./two.ts";
import { TwoWhyView } from "./two_why.ts";
import type { Page, View } from "./view.ts";
import { WaysBack } from "./ways_back.ts";

export class CompareView implements View {
  readonly root: HTMLElement;
  readonly heading = h("h2", { id: "h-compare", tabindex: "-1" });
  readonly #sub = h("p", { class: "sub" });
  readonly #table = h("section", { class: "card side" });
  readonly #acts: ScenarioActs;
  readonly #ways: WaysBack;
  readonly #two: TwoView;
  readonly #why: TwoWhyView;
  #isShown = false;
  #showsEqual = false;

  constructor(
    private readonly session: Session,
    page: Page,
  ) {
    this.#acts = new ScenarioActs(session.case, (sentence) => page.say(sentence));
    this.#ways = new WaysBack(session.case.history);
    const update = () => this.#isShown && this.#update();
    this.#two = new TwoView(session, page, update);
    this.#why = new TwoWhyView(session);
    this.root = h(
      "div",
      { class: "compare" },
      h("div", { class: "vh2" }, this.heading, this.#sub),
      this.#table,
      this.#two.root,
      this.#why.root,
    );
    session.onChange(update);
    session.kept.onAnswer(update);
    session.onAnswer(update);
  }

  get title(): string {
    return t.views.compare;
  }

  get finding(): string {
    return this.heading.textContent ?? "";
  }

  enter(): void {
    this.#isShown = true;
    this.#update();
  }

  leave(): void {
    this.#isShown = false;
    this.#why.leave();
  }

  #update(): void {
    const columns = comparedIn(this.session);
    const [first] = columns as [Compared, ...Compared[]];
    const isAlone = columns.length === 1;
    const leads = isAlone && this.session.rival !== null; // two models are all there is to compare
    if (!leads) setText(this.heading, finding(columns, this.session.asked));
    this.#two.update(leads ? this.heading : null);
    this.#why.update();
    setText(this.#sub, leads ? t.two.sub : isAlone ? t.compare.aloneText : t.compare.sub(first.name));
    this.#ways.update();
    setAttribute(this.#table, "aria-labelledby", leads ? "h-alone" : "h-compare");
    rebuild(this.#table, isAlone ? this.#alone(leads) : this.#side(columns), this.heading);
    const models = [this.#two.root, this.#why.root];
    arrange(leads ? [...models, this.#table] : [this.#table, ...models]);
  }

  #alone(isBelow: boolean): Node[] {
    const toCase = linkTo({ view: null }, t.compare.toCase);
    const heading = [h("h3", { id: "h-alone" }, t.compare.alone), h("p", { class: "sub" }, t.compare.aloneText)];
    return [
      ...(isBelow ? heading : []),
      h("div", { class: "row" }, this.#acts.keepButton("primary"), ...this.#ways.buttons, toCase),
      this.#reason(),
    ];
  }

  #side(columns: readonly Compared[]): Node[] {
    const table = tableOf(this.session.case, columns, focusOf(columns[0]!.answer, this.session.asked));
    const { equal, different } = table;
    const fold = button(
      this.#showsEqual ? t.compare.hideEqual(equal.length) : t.compare.showEqual(equal.length),
      "quiet",
      () => {
        this.#showsEqual = !this.#showsEqual;
        this.#update();
      },
      "fold",
    );
    fold.setAttribute("aria-expanded", String(this.#showsEqual));
    const name = t.compare.caption;
    return [
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": name, "data-key": "scroll" },
        scenarioTable(table, { acts: (column) => this.#actsFor(column, columns[0]!), equal: this.#showsEqual }),
      ),
      ...(different.length ? [] : [h("p", { class: "fine" }, t.compare.noneDiffer)]),
      ...(equal.length ? [fold] : []),
      h("div", { class: "acts" }, this.#acts.keepButton(""), ...this.#ways.buttons),
      this.#reason(),
    ];
  }

  #actsFor(column: Compared, first: Compared): Node[] {
    if (column.at === null) return [];
    return [
      ...(column.isNow ? [] : [this.#acts.tryButton(column.at)]),
      ...(column === first ? [] : [this.#acts.pinButton(column.at)]),
      this.#acts.removeButton(column.at),
    ];
  }

  #reason(): Node {
    return h("p", { class: "fine" }, this.#acts.reason);
  }
}
