import { h } from "../dom.ts";

/** `key` tells it from others when the part around it is made anew. */
export function button(text: string, kind: string, act: () => void, key?: string, label?: string): HTMLButtonElement {
  const made = h("button", { type: "button", class: `btn ${kind}`, "data-key": key, "aria-label": label }, text);
  made.addEventListener("click", act);
  return made;
}
