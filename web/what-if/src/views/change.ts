// How far a figure moved, with its sign in words, shape and colour.
import { h } from "../dom.ts";
import type { Change } from "../verdict.ts";

export function changeNode({ direction, text }: Change): HTMLElement {
  if (direction === 0) return h("span", {}, text);
  const up = direction > 0;
  const arrow = h("span", { "aria-hidden": "true" }, up ? "▲ " : "▼ ");
  return h("span", { class: up ? "up" : "down" }, arrow, `${up ? "+" : "\u2212"}${text}`);
}
