// A line at the foot of the window: a new version is ready, and need not be waited for.
import { h } from "../dom.ts";
import { t } from "../texts.ts";

export function renewalView(start: () => void): HTMLElement {
  const now = h("button", { type: "button", class: "btn" }, t.offline.start);
  now.addEventListener("click", start);
  return h("div", { class: "renewal" }, h("p", {}, t.offline.renewed), now);
}
