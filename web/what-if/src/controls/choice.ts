// One of several listed values: buttons for up to five, a drop-down for more. "not given" and a value
// the model does not list are always possible: trying them is what the page is for.
import type { InputField } from "scorelet";
import { h, setAttribute, setHidden, setVariable } from "../dom.ts";
import { validValues, type CaseValue } from "../domain.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { sharesOf } from "../training.ts";
import { Unread } from "../typed.ts";
import { alternative, fillBox, NotGiven, type Control, type Emit, type MakeControl } from "./control.ts";

interface Option {
  value: string | boolean;
  label: string;
}

export const choiceControl: MakeControl = (field, id, emit) => {
  const options = validValues(field).map((v): Option => ({ value: v.value, label: v.displayValue ?? v.value }));
  return options.length <= 5 ? segmented(field, id, emit, options, true) : dropDown(field, id, emit, options);
};

export const booleanControl: MakeControl = (field, id, emit) => {
  const word = (value: boolean) =>
    field.values.find((v) => v.value === String(value))?.displayValue ?? (value ? t.yes : t.no);
  return segmented(
    field,
    id,
    emit,
    [
      { value: true, label: word(true) },
      { value: false, label: word(false) },
    ],
    false,
  );
};

function segmented(field: InputField, id: string, emit: Emit, options: Option[], open: boolean): Control {
  const radios = options.map((option, i) => {
    const radio = h("input", { type: "radio", name: id, id: i ? `${id}-${i}` : id, value: String(option.value) });
    radio.addEventListener("change", () => emit(option.value));
    return radio;
  });
  const shares = sharesOf(field);
  const other = open ? new OtherValue(field, `${id}-other`, emit) : null;
  const notGiven = new NotGiven(field, emit, () => emit(options[0]!.value));
  const seg = h(
    "div",
    { class: "seg" },
    ...radios.map((radio, i) => h("label", {}, radio, h("span", {}, options[i]!.label, shares && shareBar(shares(String(options[i]!.value)))))),
  );
  const order =
    field.opType === "ordinal" && options.length > 2
      ? h("p", { class: "fine order" }, t.form.ordered(options[0]!.label, options.at(-1)!.label))
      : null;
  return {
    nodes: [
      ...(order ? [order] : []),
      seg,
      h("div", { class: "alts" }, other?.button ?? null, notGiven.button),
      ...(other ? [other.box] : []),
    ],
    inputs: [...radios, ...(other ? [other.box] : [])],
    show(value) {
      const at = options.findIndex((o) => o.value === value || (value !== null && String(o.value) === String(value)));
      radios.forEach((radio, i) => (radio.checked = i === at));
      notGiven.show(value);
      other?.show(value, at < 0);
    },
  };
}

/** How many training cases had the value. */
function shareBar(share: number): HTMLElement {
  const bar = h("i");
  setVariable(bar, "--share", String(share));
  return h("small", { class: "share" }, bar, format.chance(share));
}

function dropDown(field: InputField, id: string, emit: Emit, options: Option[]): Control {
  const other = new OtherValue(field, `${id}-other`, emit);
  const shares = sharesOf(field);
  const text = ({ value, label }: Option) =>
    shares ? t.form.withShare(label, format.chance(shares(String(value)))) : label;
  const select = h(
    "select",
    { id },
    h("option", { value: "none" }, t.notGiven),
    ...options.map((o, i) => h("option", { value: i }, text(o))),
    h("option", { value: "other" }, t.form.other),
  );
  select.addEventListener("change", () => {
    if (select.value === "none") emit(null);
    else if (select.value === "other") other.open();
    else emit(options[Number(select.value)]!.value);
  });
  return {
    nodes: [select, other.box],
    labels: id,
    inputs: [select, other.box],
    show(value) {
      const at = options.findIndex((o) => value !== null && String(o.value) === String(value));
      other.show(value, at < 0);
      const shown = at >= 0 ? String(at) : other.isOpen ? "other" : "none";
      if (select.value !== shown) select.value = shown;
    },
  };
}

/** A box for a value that the model does not list. */
class OtherValue {
  readonly box: HTMLInputElement;
  readonly button: HTMLButtonElement;
  isOpen = false;

  constructor(field: InputField, id: string, emit: Emit) {
    const name = t.form.otherLabel(format.label(field));
    this.box = h("input", {
      id,
      class: "box",
      hidden: true,
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": name,
    });
    this.button = alternative(t.form.other, name);
    this.button.addEventListener("click", () => this.open());
    this.box.addEventListener("input", () => emit(this.box.value === "" ? null : this.box.value));
  }

  open(): void {
    this.isOpen = true;
    this.#reveal();
    this.box.focus();
    this.box.select();
  }

  show(value: CaseValue, unlisted: boolean): void {
    const holds = unlisted && value !== null && !(value instanceof Unread);
    const typing = this.box.matches(":focus");
    this.isOpen = holds || (this.isOpen && typing);
    this.#reveal();
    fillBox(this.box, holds ? String(value) : "");
  }

  #reveal(): void {
    setHidden(this.box, !this.isOpen);
    setAttribute(this.button, "aria-pressed", String(this.isOpen));
  }
}
