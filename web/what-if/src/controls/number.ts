// A number: slider and box where a range is known, else the box alone. The slider's track grows past the
// range while the value lies outside it; that part is hatched.
import { h, setText, setVariable } from "../dom.ts";
import { rangeOf, snap, Unread, type CaseValue, type Range } from "../domain.ts";
import * as format from "../format.ts";
import { parseNumber } from "../parse.ts";
import { t } from "../texts.ts";
import { fillBox, NotGiven, type Control, type Emit, type MakeControl } from "./control.ts";

const unfinished = /^[-+\u2212]?[.,]?$/;  // the beginning of a number: wait for more

export const numberControl: MakeControl = (field, id, emit) => {
  const range = rangeOf(field);
  const box = h("input", { id, class: "box", inputmode: "decimal", autocomplete: "off", spellcheck: "false", placeholder: t.notGiven });
  const notGiven = new NotGiven(field, emit, () => box.focus());
  const slider = range && sliderOf(range, format.label(field), emit);
  const step = range?.step ?? 1;
  const read = (leaving: boolean) => {
    const text = box.value.trim();
    if (text === "") return emit(null);
    if (!leaving && unfinished.test(text)) return;
    emit(parseNumber(text) ?? new Unread(text));
  };
  box.addEventListener("input", () => read(false));
  box.addEventListener("keydown", (event) => {
    const size = { ArrowUp: step, ArrowDown: -step, PageUp: 10 * step, PageDown: -10 * step }[event.key];
    const from = parseNumber(box.value) ?? (box.value.trim() === "" && range ? (range.min + range.max) / 2 : null);
    if (size === undefined || from === null) return;
    event.preventDefault();
    const digits = format.decimalsOf(step);
    const to = Math.abs(from) < 1e15 ? Number((from + size).toFixed(Math.max(digits, decimalsIn(from)))) : from + size;
    box.value = format.number(to);
    emit(to);
  });
  let current: CaseValue = null;
  box.addEventListener("change", () => read(true));
  box.addEventListener("blur", () => show(current));

  function show(value: CaseValue): void {
    current = value;
    fillBox(box, value instanceof Unread ? value.text : typeof value === "number" ? format.number(value) : "");
    notGiven.show(value);
    slider?.show(value);
  }
  return {
    nodes: [...(slider ? [slider.root] : []), h("div", { class: "nb" }, box, notGiven.button)],
    labels: id, inputs: slider ? [box, slider.input] : [box], show,
  } satisfies Control;
};

const decimalsIn = (x: number): number => (String(x).split(".")[1] ?? "").length;

function sliderOf(range: Range, name: string, emit: Emit) {
  const { min, max, step } = range;
  const third = (max - min) / 3;
  const input = h("input", { type: "range", step: "any", min, max, "aria-label": t.form.slider(name) });
  const zone = h("i", { class: "zone", hidden: true });
  const left = h("span"), right = h("span"), limit = h("span", { class: "lim" });
  const root = h("div", { class: "ctl", dir: "ltr" }, zone, input, h("div", { class: "ends", "aria-hidden": true }, left, limit, right));
  let held: CaseValue = null;
  let dragging = false;

  input.addEventListener("pointerdown", () => (dragging = true));
  input.addEventListener("input", () => emit(snap(Number(input.value), bounds())));
  input.addEventListener("change", () => { dragging = false; show(held); });
  input.addEventListener("keydown", (event) => {
    const sizes: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
    const size = sizes[event.key];
    if (size === undefined) return;
    event.preventDefault();
    const from = typeof held === "number" ? held : (min + max) / 2;
    emit(snap(from + size * step, bounds()));
  });

  const bounds = (): Range => ({ min: Number(input.min), max: Number(input.max), step });

  /** A drag keeps the track it began with, so that the thumb does not run away from the pointer. */
  function show(value: CaseValue): void {
    held = value;
    const x = typeof value === "number" ? value : (min + max) / 2;
    const above = x > max, below = x < min;
    if (!dragging) {
      input.min = String(below ? Math.min(x, min - third) : min);
      input.max = String(above ? Math.max(x, max + third) : max);
    }
    const now = bounds(), extended = now.min < min || now.max > max;
    input.value = String(x);
    input.setAttribute("aria-valuetext", value === null ? t.notGiven : format.number(x));
    setText(left, format.number(now.min < min ? Number(now.min.toPrecision(2)) : min));
    setText(right, extended && now.max > max ? "" : format.number(max));
    setText(limit, extended ? format.number(now.max > max ? max : min) : "");
    zone.hidden = !extended;
    const edge = now.max > max ? max : min;
    setVariable(root, "--edge", String((edge - now.min) / (now.max - now.min)));
    root.classList.toggle("is-above", now.max > max);
  }
  return { root, input, show };
}
