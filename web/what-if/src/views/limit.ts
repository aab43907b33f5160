// The limit of a chance: the box that sets it, and where it lies on the prediction's scale.
import { h, setHidden, setText, setVariable } from "../dom.ts";
import * as format from "../format.ts";
import { parseNumber } from "../parse.ts";
import { t, type Message } from "../texts.ts";

export class LimitBox {
  readonly #box = h("input", { class: "box", inputmode: "decimal", autocomplete: "off", placeholder: t.why.limit.none });
  readonly root = h("label", { class: "pick limit" }, h("span", { class: "fine" }, t.why.limit.label), this.#box, t.percentSign);

  /** `set` gets the limit between 0 and 1, or null. */
  constructor(set: (limit: number | null) => void) {
    this.#box.addEventListener("input", () => {
      const percent = parseNumber(this.#box.value.replace("%", ""));
      const isLimit = percent !== null && percent > 0 && percent < 100;
      this.#box.setAttribute("aria-invalid", String(!isLimit && this.#box.value.trim() !== ""));
      set(isLimit ? percent / 100 : null);
    });
  }

  show(limit: number | null): void {
    if (!this.#box.matches(":focus")) this.#box.value = limit === null ? "" : format.brief(limit * 100);
  }
}

export class LimitMark {
  /** On the track: what lies below the limit, and its line. */
  readonly marks = [h("i", { class: "under", hidden: true }), h("i", { class: "lim", hidden: true })];
  readonly label = h("span", { class: "c limit", hidden: true });

  paint(limit: number | null): void {
    for (const part of [...this.marks, this.label]) {
      setHidden(part, limit === null);
      if (limit !== null) setVariable(part, "--limit", `${limit * 100}%`);
    }
    if (limit !== null) setText(this.label, t.why.limit.at(format.chance(limit)));
  }
}

const close = 0.005;

/** On which side of the limit a chance is. */
export function sideOf(chance: number, limit: number): Message {
  const text = format.chance(limit, format.decimalsOf(limit * 100) > 2 ? 2 : 0);
  if (Math.abs(chance - limit) < close)
    return { head: t.why.limit.near(chanceBeside(chance, limit), chance < limit), text: t.why.limit.couldTurn };
  return { head: chance < limit ? t.why.limit.below(text) : t.why.limit.above(text), text: "" };
}

/** With as many decimals as it takes to be seen on its own side of the limit. */
export function chanceBeside(chance: number, limit: number | null): string {
  if (limit === null) return format.chance(chance);
  const side = (digits: number) => Number((chance * 100).toFixed(digits)) < Number((limit * 100).toFixed(6));
  const digits = [0, 1, 2, 3, 4].find((d) => side(d) === chance < limit && Number((chance * 100).toFixed(d)) !== limit * 100) ?? 4;
  return format.chance(chance, digits);
}
