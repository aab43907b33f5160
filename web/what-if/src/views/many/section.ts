// A section with its finding as heading.
import { h } from "../../dom.ts";

let made = 0;

export function section(finding: string | HTMLElement, ...content: (Node | string | null | false)[]): HTMLElement {
  const id = `h-many-${++made}`;
  const heading = typeof finding === "string" ? h("h3", {}, finding) : finding;
  heading.id = id;
  return h("section", { class: "card", "aria-labelledby": id }, h("div", { class: "sh" }, heading), ...content);
}

export function button(text: string, kind: string, act: () => void): HTMLButtonElement {
  const made = h("button", { type: "button", class: `btn ${kind}` }, text);
  made.addEventListener("click", act);
  return made;
}

/** A drop-down list with a label before it; `pick` gets the position of what is chosen. */
export function choice(
  label: string,
  options: readonly string[],
  chosen: number,
  pick: (position: number) => void,
): HTMLElement {
  const select = h("select", {}, ...options.map((text, i) => h("option", { value: i, selected: i === chosen }, text)));
  select.addEventListener("change", () => pick(Number(select.value)));
  return h("label", { class: "pick" }, h("span", {}, label), select);
}

/** A box for a number inside a sentence; `take` gets what was understood. */
export function numberBox(label: string, value: number, take: (value: number) => void): HTMLInputElement {
  const box = h("input", {
    class: "box",
    type: "number",
    step: "any",
    value,
    "aria-label": label,
    autocomplete: "off",
  });
  box.addEventListener("input", () => {
    const given = box.valueAsNumber;
    if (Number.isFinite(given)) take(given);
  });
  return box;
}
