// What every control offers to the field around it.
import type { InputField } from "scorelet";
import { h, setAttribute, setHidden, setText } from "../dom.ts";
import type { CaseValue } from "../domain.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";

export interface Control {
  /** Placed between the field's name and its remark. */
  readonly nodes: HTMLElement[];
  /** The id that the field's label points to; without one the field is a group with a legend. */
  readonly labels?: string;
  /** Inputs that carry the remark (`aria-describedby`, `aria-invalid`). */
  readonly inputs: HTMLElement[];
  /** The id of a line that says how the control is used. */
  readonly help?: string;
  show(value: CaseValue): void;
}

export type Emit = (value: CaseValue) => void;
export type MakeControl = (field: InputField, id: string, emit: Emit) => Control;

/** The way to take a value away, and the way back to the last one. */
export class NotGiven {
  readonly button: HTMLButtonElement;
  readonly #name: string;
  readonly #give: (() => void) | undefined;
  #last: CaseValue = null;
  #missing: boolean | undefined;

  /** `give` sets a first value where nothing was ever given; a box to type in needs none. */
  constructor(field: InputField, emit: Emit, give?: () => void) {
    this.#give = give;
    this.#name = format.label(field);
    this.button = alternative(t.notGiven, t.notGivenFor(this.#name));
    this.button.addEventListener("click", () => {
      if (!this.#missing) emit(null);
      else if (this.#last === null) this.#give?.();
      else emit(this.#last);
    });
  }

  show(value: CaseValue): void {
    const wasGiven = this.#missing === false;
    this.#missing = value === null;
    if (!this.#missing) this.#last = value;
    if (wasGiven && !this.#missing) return; // most often
    setHidden(this.button, this.#missing && this.#last === null && !this.#give);
    setText(this.button, this.#missing ? t.give : t.notGiven);
    setAttribute(this.button, "aria-label", this.#missing ? t.giveFor(this.#name) : t.notGivenFor(this.#name));
  }
}

/** A small button beneath a control. */
export function alternative(text: string, name: string): HTMLButtonElement {
  return h("button", { type: "button", class: "alt", "aria-label": name }, text);
}

/** Sets a text box unless the reader is typing in it. */
export function fillBox(box: HTMLInputElement, text: string): void {
  if (!box.matches(":focus") && box.value !== text) box.value = text;
}
