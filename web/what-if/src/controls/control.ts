// What every control offers to the field around it.
import type { InputField } from "scorelet";
import { h, setAttribute } from "../dom.ts";
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
  show(value: CaseValue): void;
}

export type Emit = (value: CaseValue) => void;
export type MakeControl = (field: InputField, id: string, emit: Emit) => Control;

/** The "not given" toggle: takes the value away, and gives the last one back. */
export class NotGiven {
  readonly button: HTMLButtonElement;
  #last: CaseValue = null;

  constructor(field: InputField, emit: Emit, onRelease?: () => void) {
    this.button = alternative(t.notGiven, t.notGivenFor(format.label(field)));
    this.button.addEventListener("click", () => {
      if (this.button.getAttribute("aria-pressed") !== "true") emit(null);
      else if (this.#last === null) onRelease?.();
      else emit(this.#last);
    });
  }

  show(value: CaseValue): void {
    if (value !== null) this.#last = value;
    setAttribute(this.button, "aria-pressed", String(value === null));
  }
}

/** A small toggle beneath a control. */
export function alternative(text: string, name: string): HTMLButtonElement {
  return h("button", { type: "button", class: "alt", "aria-pressed": "false", "aria-label": name }, text);
}

/** Sets a text box unless the reader is typing in it. */
export function fillBox(box: HTMLInputElement, text: string): void {
  if (document.activeElement !== box && box.value !== text) box.value = text;
}
