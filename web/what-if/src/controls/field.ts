// A field of the form: its name and state, its control, and the remark on its value.
import type { InputField } from "scorelet";
import { same, type Case } from "../case.ts";
import { h, messageNodes, setAttribute, setContent, setHidden, setText } from "../dom.ts";
import { kindOf, type CaseValue, type Kind } from "../domain.ts";
import * as format from "../format.ts";
import { remarkOn, show, type Remark } from "../remarks.ts";
import { t } from "../texts.ts";
import { booleanControl, choiceControl } from "./choice.ts";
import type { Control, MakeControl } from "./control.ts";
import { listControl } from "./list.ts";
import { numberControl } from "./number.ts";
import { stepsControl } from "./steps.ts";
import { textControl } from "./text.ts";

const makers: Record<Kind, MakeControl> = {
  number: numberControl,
  choice: choiceControl,
  boolean: booleanControl,
  steps: stepsControl,
  text: textControl,
  date: textControl,
  time: textControl,
  dateTime: textControl,
  list: listControl,
};

const mostLetters = 50; // of a name that needs no cutting; each that is cut off is painted apart

export class FieldView {
  readonly root: HTMLElement;
  readonly id: string;
  remark: Remark | null = null;
  readonly isActual: boolean;
  readonly #control: Control;
  readonly #tag = h("span", { class: "tag", hidden: true });
  readonly #note: HTMLElement;
  #told: { value: CaseValue } | null = null;

  constructor(
    readonly field: InputField,
    index: number,
    private readonly theCase: Case,
  ) {
    const kind = kindOf(field);
    const name = format.label(field);
    this.id = `f-${index}`;
    this.isActual = theCase.isActual(field);
    this.#control = makers[kind](field, this.id, (value) => theCase.set(field.name, value, t.history.field(name)));
    this.#note = h("p", { class: "note", id: `${this.id}-m`, hidden: true });
    const title = field.description ?? (name === field.name ? undefined : t.form.exactName(field.name));
    const { labels, nodes } = this.#control;
    const use = field === theCase.horizon ? t.form.horizon : this.isActual ? t.form.actual : null;
    if (use) nodes.unshift(h("p", { class: "fine help" }, use));
    const long = name.length > mostLetters ? "long" : null;
    const names = labels ? [h("label", { for: labels, title, class: long }, name)] : [h("legend", { title, class: long }, name)];
    this.root = labels
      ? h(
          "div",
          { class: `field is-${kind}`, "data-field": field.name },
          h("div", { class: "lb" }, ...names, this.#tag),
          ...nodes,
          this.#note,
        )
      : h(
          "fieldset",
          { class: `field is-${kind}`, "data-field": field.name },
          ...names,
          h("div", { class: "state" }, this.#tag), // a fieldset that loses a child is laid out from nothing
          ...nodes,
          this.#note,
        );
  }

  /** The control holds what the case does. Most fields are as they were. */
  update(): void {
    this.#control.show(this.theCase.get(this.field.name));
  }

  focus(): void {
    this.#control.inputs[0]!.focus();
  }

  /** What is said about the value. */
  tell(): void {
    const value = this.theCase.get(this.field.name);
    if (this.#told && same(this.#told.value, value)) return;
    this.#told = { value };
    this.remark = remarkOn(this.field, value);
    this.#showTag(value);
    this.#showNote();
    const state = this.remark?.tone;
    this.root.classList.toggle("is-missing", value === null);
    this.root.classList.toggle("is-outside", state === "warn");
    this.root.classList.toggle("is-invalid", state === "act");
    const described = [this.#control.help, this.#note.hidden ? null : this.#note.id].filter(Boolean).join(" ");
    for (const input of this.#control.inputs) {
      setAttribute(input, "aria-describedby", described || null);
      if (input.getAttribute("type") !== "radio") setAttribute(input, "aria-invalid", state === "act" ? "true" : null);
    }
  }

  #showTag(value: CaseValue): void {
    const tone = this.remark?.tone;
    const mark = tone === "act" || tone === "warn" ? tone : value === null ? "repl" : "";
    const changed = this.theCase.hasChanged(this.field.name);
    const text =
      this.remark?.tag ||
      (changed ? t.form.was(show(this.field, this.theCase.start.get(this.field.name) ?? null)) : "");
    this.#tag.className = `tag ${mark}`;
    this.#tag.hidden = text === "";
    setText(this.#tag, text);
  }

  #showNote(): void {
    const remark = this.remark?.message.text ? this.remark : null;
    setHidden(this.#note, !remark);
    setAttribute(this.#note, "class", `note ${remark?.tone ?? ""}`);
    setContent(this.#note, remark ? messageNodes(remark.message) : []);
  }
}
