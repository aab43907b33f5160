// Ways to another answer: with one field alone, or with a few changes at once; each can be tried.
import type { Counterfactuals, Goal, InputField, OutputValue } from "scorelet";
import type { Case } from "../../case.ts";
import { h, setText } from "../../dom.ts";
import { kindOf, rangeOf, readValue, type CaseValue } from "../../domain.ts";
import type { Row } from "../../engine/protocol.ts";
import type { Explainer } from "../../explain/explainer.ts";
import { nearest, usualTarget } from "../../explain/goal.ts";
import type { Measure } from "../../explain/measure.ts";
import * as format from "../../format.ts";
import { parseNumber } from "../../parse.ts";
import { domainText, show } from "../../remarks.ts";
import { tried } from "../../scenarios/scenarios.ts";
import { t } from "../../texts.ts";
import { Track } from "../../track.ts";
import { chanceBeside } from "../limit.ts";
import { FreedomView } from "./freedom.ts";
import { Section } from "./section.ts";
import { told } from "./told.ts";

interface Asked {
  record: Row;
  measure: Measure;
  now: number;
}
interface Way {
  title: string;
  changes: { field: InputField; value: OutputValue; text: string }[];
  result: number;
}

const most = 3;

export class WaysView {
  readonly #field: HTMLSelectElement;
  readonly #relation = h(
    "select",
    { "aria-label": t.why.ways.relation },
    h("option", { value: "<=" }, t.why.ways.below),
    h("option", { value: ">=" }, t.why.ways.above),
  );
  readonly #target = h("input", { class: "box", inputmode: "decimal", autocomplete: "off" });
  readonly #name = h("span");
  readonly #unit = h("span");
  readonly #find = button(t.why.ways.find, "primary");
  readonly #several = button(t.why.ways.several, "");
  readonly #cancel = button(t.open.cancel, "");
  readonly #state = h("p", { class: "state", role: "status" });
  readonly #list = h("ul", { class: "cf" });
  readonly #freedom: FreedomView;
  readonly #section: Section;
  #asked: Asked | null = null;
  #limit: number | null = null;
  #isOwn = false; // the reader has set a target
  #search: Explainer | null = null;
  #turn = 0;

  constructor(
    private readonly theCase: Case,
    private readonly fields: readonly InputField[],
    private readonly explainer: Explainer,
    private readonly say: (sentence: string) => void,
  ) {
    this.#field = h("select", { "aria-label": t.why.curve.choose }, ...fields.map((f) => h("option", { value: f.name }, format.label(f))));
    this.#freedom = new FreedomView(fields);
    const sentence = h(
      "p",
      { class: "seek" },
      h("span", {}, t.why.ways.only),
      this.#field,
      h("span", {}, t.why.ways.until, " ", this.#name, " ", t.why.ways.is),
      this.#relation,
      h("span", { class: "pcb" }, this.#target, " ", this.#unit),
      this.#find,
    );
    const more = h("p", { class: "seek" }, this.#several, this.#cancel);
    this.#cancel.hidden = true;
    this.#section = new Section("ways", null, sentence, more, this.#state, this.#list, this.#freedom.root);
    this.#target.addEventListener("input", () => {
      this.#isOwn = true;
      this.#paintHeading();
    });
    this.#relation.addEventListener("change", () => {
      this.#isOwn = true;
      this.#paintHeading();
    });
    this.#find.addEventListener("click", () => void this.#seek());
    this.#several.addEventListener("click", () => void this.#look());
    this.#cancel.addEventListener("click", () => this.#stop(t.why.ways.cancelled));
  }

  get root(): HTMLElement {
    return this.#section.root;
  }

  choose(name: string): void {
    if (this.fields.some((f) => f.name === name)) this.#field.value = name;
  }

  /** About the case as it is now. What was found before is about another one, and goes. */
  update(asked: Asked, limit: number | null): void {
    const isOther = this.#asked?.measure.name !== asked.measure.name;
    if (isOther || limit !== this.#limit) this.#isOwn = false;
    this.#asked = asked;
    this.#limit = limit;
    if (!this.#isOwn) {
      const { target, relation } = usualTarget(asked.now, limit, asked.measure.isChance);
      this.#target.value = format.brief(asked.measure.isChance ? target * 100 : target);
      this.#relation.value = relation;
    }
    setText(this.#name, asked.measure.name);
    setText(this.#unit, asked.measure.isChance ? t.percentSign : "");
    this.#target.setAttribute("aria-label", t.why.ways.target(asked.measure.name));
    this.#paintHeading();
  }

  /** The case has changed: nothing that was found holds any more. */
  forget(): void {
    this.#stop("");
    this.#turn++;
    this.#list.replaceChildren();
  }

  get #wanted(): { target: number; relation: "<=" | ">=" } | null {
    const x = parseNumber(this.#target.value.replace("%", ""));
    if (x === null || !this.#asked) return null;
    return { target: this.#asked.measure.isChance ? x / 100 : x, relation: this.#relation.value as "<=" | ">=" };
  }

  #paintHeading(): void {
    const wanted = this.#wanted;
    const measure = this.#asked?.measure;
    const text = wanted && measure ? measure.value(wanted.target) : "…";
    const finding = this.#relation.value === "<=" ? t.why.ways.getBelow(text) : t.why.ways.getAbove(text);
    this.#section.say(finding, this.theCase.keepsScenarios ? t.why.ways.lead : t.why.ways.leadAlone);
  }

  async #seek(): Promise<void> {
    const wanted = this.#wanted,
      asked = this.#asked,
      field = this.fields.find((f) => f.name === this.#field.value);
    if (!wanted || !asked || !field) return this.#tell(t.why.ways.noTarget);
    this.#stop("");
    const turn = ++this.#turn;
    const { record, measure } = asked;
    const about = { quantity: measure.quantity };
    try {
      const goal = await this.explainer.ask("goalSeek", record, { ...about, field: field.name, ...wanted });
      const now = this.theCase.get(field.name);
      const values = goal.ranges.slice(0, most).map((range) => nearest(range, now, fineOf(field)));
      const at = values.length ? await this.explainer.ask("curve", record, field.name, { ...about, values: values as (number | string)[] }) : null;
      if (turn !== this.#turn) return;
      if (!at) return this.#tell(this.#nothing(field, goal, wanted.target, wanted.relation));
      this.#show(
        goal.ranges.slice(0, most).map(({ from, to }, i) => ({
          title: from === to ? t.why.ways.exactly : t.why.ways.anywhere(told(field, from), told(field, to)),
          changes: [{ field, value: values[i]!, text: told(field, values[i]!) }],
          result: at.quantity[i]!,
        })),
      );
      this.#tell(goal.ranges.length > most ? t.why.ways.more(goal.ranges.length - most) : "");
    } catch (error) {
      if (turn === this.#turn) this.#tell(t.why.failed(error instanceof Error ? error.message : String(error)));
    }
  }

  /** Few changes at once: may take long, so in an engine of its own that can be ended. */
  async #look(): Promise<void> {
    const wanted = this.#wanted,
      asked = this.#asked;
    if (!wanted || !asked) return this.#tell(t.why.ways.noTarget);
    this.#stop("");
    const turn = ++this.#turn;
    const search = (this.#search = this.explainer.another());
    this.#list.replaceChildren();
    const begin = performance.now();
    const tell = () => this.#tell(t.why.ways.looking(format.number(Math.floor((performance.now() - begin) / 1000))), true);
    const clock = setInterval(tell, 1000);
    this.#tell(t.why.ways.begin, true);
    this.#cancel.hidden = false;
    try {
      const freedom = this.#freedom.chosen((field) => stepOf(field, this.theCase.get(field.name)));
      const options = { quantity: asked.measure.quantity, ...wanted, fields: freedom, changes: 3, count: most };
      const found = await search.ask("counterfactuals", asked.record, options);
      if (turn !== this.#turn) return;
      this.#show(this.#waysOf(found));
      this.#tell(found.answers.length ? t.why.ways.found(found.answers.length) : t.why.ways.noWays);
    } catch (error) {
      if (turn === this.#turn) this.#tell(t.why.failed(error instanceof Error ? error.message : String(error)));
    } finally {
      clearInterval(clock);
      search.end();
      if (this.#search === search) this.#search = null;
      if (turn === this.#turn) this.#cancel.hidden = true;
    }
  }

  #stop(words: string): void {
    const hadFocus = this.#cancel.matches(":focus");
    this.#search?.end();
    if (this.#search) this.#turn++;
    this.#search = null;
    this.#cancel.hidden = true;
    if (hadFocus) this.#several.focus();
    this.#tell(words);
  }

  #tell(words: string, isWorking = false): void {
    setText(this.#state, words);
    this.#section.root.classList.toggle("is-working", isWorking);
    if (words && !isWorking) this.say(words);
  }

  #waysOf({ answers }: Counterfactuals): Way[] {
    return answers.map(({ changes, quantity }) => {
      const list = Object.entries(changes).flatMap(([name, value]) => {
        const field = this.theCase.fields.find((f) => f.name === name);
        return field ? [{ field, value, text: told(field, value) }] : [];
      });
      return { title: t.why.ways.changes(list.length), changes: list, result: quantity };
    });
  }

  #show(ways: readonly Way[]): void {
    const measure = this.#asked!.measure;
    const target = this.#wanted?.target ?? null;
    const items = ways.map((way, i) => {
      const result = measure.isChance ? chanceBeside(way.result, target) : measure.value(way.result);
      const attempt = button(t.why.ways.try, "");
      attempt.setAttribute("aria-label", t.why.ways.tryNamed(way.changes.map((c) => `${format.label(c.field)} ${c.text}`).join(", ")));
      attempt.addEventListener("click", () => this.#attempt(way, result));
      return h(
        "li",
        { "data-way": i },
        h("p", { class: "k" }, way.title),
        h(
          "ul",
          {},
          ...way.changes.map(({ field, text }) =>
            h(
              "li",
              {},
              h("span", {}, format.label(field)),
              h("span", { class: "chg" }, h("s", {}, show(field, this.theCase.get(field.name))), " → ", h("b", {}, text)),
            ),
          ),
        ),
        h("p", { class: "res" }, h("b", {}, result), attempt),
      );
    });
    this.#list.replaceChildren(...items);
  }

  #attempt({ changes }: Way, result: string): void {
    const values = new Map(changes.map(({ field, value }) => [field.name, caseValue(field, value)]));
    if (this.theCase.keepsScenarios) this.theCase.restore(tried(this.theCase, values), t.why.ways.undo);
    else this.theCase.load({ name: "", values }, t.why.ways.undo);
    this.say(t.why.ways.tried(result, this.theCase.kept?.name ?? null));
    if (document.activeElement === document.body) this.#find.focus(); // the button that was pressed is gone
  }

  #nothing(field: InputField, goal: Goal, target: number, relation: "<=" | ">="): string {
    const measure = this.#asked!.measure;
    const result = goal.closest.quantity;
    const text = result === null ? t.outputs.nothing : measure.isChance ? chanceBeside(result, target) : measure.value(result);
    this.#list.replaceChildren();
    return t.why.ways.nothing(
      format.label(field),
      domainText(field),
      relation === "<=",
      measure.value(target),
      told(field, goal.closest.value),
      text,
    );
  }
}

const button = (text: string, kind: string): HTMLButtonElement => h("button", { type: "button", class: `btn ${kind}` }, text);

const fineOf = (field: InputField): number => rangeOf(field)?.fine ?? (field.dataType === "integer" ? 1 : 1e-6);

/** Counterfactuals move in steps that a person would take. */
function stepOf(field: InputField, now: CaseValue): number | undefined {
  const range = rangeOf(field);
  return range && typeof now === "number" ? new Track(range).step(now) : undefined;
}

const caseValue = (field: InputField, value: OutputValue): CaseValue =>
  typeof value === "number" && kindOf(field) === "number" ? value : readValue(field, String(value));

