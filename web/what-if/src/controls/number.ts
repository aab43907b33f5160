// A number: slider and box where a range is known, else the box alone. The slider's track grows past the
// range while the value lies outside it; that part is hatched.
import type { InputField } from "scorelet";
import { h, setAttribute, setHidden, setText, setVariable } from "../dom.ts";
import { same } from "../case.ts";
import { rangeOf, type CaseValue } from "../domain.ts";
import * as format from "../format.ts";
import { parseNumber } from "../parse.ts";
import { t } from "../texts.ts";
import { Track, type Range } from "../track.ts";
import { Unread } from "../typed.ts";
import { fillBox, NotGiven, type Control, type Emit, type MakeControl } from "./control.ts";
import { histogram } from "./histogram.ts";

const unfinished = /^[-+\u2212]?[.,]?$/; // the beginning of a number: wait for more

export const numberControl: MakeControl = (field, id, emit) => {
  const range = rangeOf(field);
  const track = range && new Track(range);
  const box = h("input", {
    id,
    class: "box",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: t.notGiven,
  });
  const notGiven = new NotGiven(field, emit, track ? () => emit(track.middle) : undefined);
  const slider = range && sliderOf(field, range, emit);
  const read = (leaving: boolean) => {
    const text = box.value.trim();
    if (text === "") return emit(null);
    if (!leaving && unfinished.test(text)) return;
    emit(parseNumber(text) ?? new Unread(text));
  };
  box.addEventListener("input", () => read(false));
  box.addEventListener("keydown", (event) => {
    const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const from = parseNumber(box.value) ?? (box.value.trim() === "" ? (track?.middle ?? null) : null);
    if (steps === undefined || from === null) return;
    event.preventDefault();
    const step = track?.step(from) ?? 1;
    const digits = Math.max(format.decimalsOf(step), decimalsIn(from));
    const to =
      Math.abs(from) < 1e15 ? Number((from + steps * step).toFixed(Math.min(20, digits))) : from + steps * step;
    box.value = format.number(to);
    emit(to);
  });
  let current: CaseValue | undefined;
  box.addEventListener("change", () => read(true));
  box.addEventListener("blur", fill);

  function fill(): void {
    fillBox(box, current instanceof Unread ? current.text : typeof current === "number" ? format.number(current) : "");
  }

  /** Of all fields only one has changed, most often. */
  function show(value: CaseValue): void {
    if (current !== undefined && same(current, value)) return;
    current = value;
    fill();
    notGiven.show(value);
    slider?.show(value);
  }
  return {
    nodes: [...(slider ? [slider.root] : []), h("div", { class: "nb" }, box, notGiven.button)],
    labels: id,
    inputs: slider ? [box, slider.input] : [box],
    show,
  } satisfies Control;
};

const crowded = 0.2; // nearer to an end than this share of the track, the range's own end leaves no room for its label
const end = (x: number): string => format.brief(x, 6);
const decimalsIn = (x: number): number => (String(x).split(".")[1] ?? "").length;

function sliderOf(field: InputField, range: Range, emit: Emit) {
  const { min, max } = range;
  const third = (max - min) / 3;
  const [least, most] = [end(min), end(max)];
  const name = t.form.slider(format.label(field));
  const input = h("input", { type: "range", min: 0, max: 1, step: "any", "aria-label": name });
  const seen = histogram(field);
  const zone = h("i", { class: "zone", hidden: true });
  const first = h("span"),
    last = h("span"),
    edge = h("span", { class: "lim" });
  const root = h(
    "div",
    { class: "ctl", dir: "ltr" },
    seen?.root,
    zone,
    input,
    h("div", { class: "ends", "aria-hidden": true }, first, edge, last),
  );
  let track = drawn(min, max);
  let held: CaseValue = null;
  let dragging = false;

  input.addEventListener("pointerdown", () => (dragging = true));
  input.addEventListener("input", () => emit(track.value(Number(input.value))));
  input.addEventListener("change", () => {
    dragging = false;
    show(held);
  });
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    const from = typeof held === "number" ? held : (range.typical ?? track.middle);
    emit(track.snap(from + steps * track.step(from)));
  });

  function show(value: CaseValue): void {
    held = value;
    // Where the model looks when nothing is given: at its usual value.
    const x = typeof value === "number" ? value : (range.typical ?? new Track(range).middle);
    // A drag keeps the track it began with, so that the thumb does not run away from the pointer.
    const from = x < min ? Math.min(x, min - third) : min,
      to = x > max ? Math.max(x, max + third) : max;
    if (!dragging && (from !== track.min || to !== track.max)) track = drawn(from, to);
    input.value = String(track.at(x));
    setAttribute(input, "aria-valuetext", value === null ? t.notGiven : format.number(x));
  }

  /** The track with all that lies along it: it is as long as the range, most often. */
  function drawn(from: number, to: number): Track {
    const track = new Track(range, from, to);
    const below = from < min,
      above = to > max;
    seen?.show(track);
    const at = track.at(below ? min : max);
    setText(first, below || (above && at < crowded) ? "" : least);
    setText(last, above || (below && at > 1 - crowded) ? "" : most);
    setText(edge, below ? least : above ? most : "");
    setHidden(zone, !below && !above);
    setVariable(root, "--edge", String(at));
    root.classList.toggle("is-above", above);
    return track;
  }
  return { root, input, show };
}
