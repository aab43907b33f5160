// What a list is narrowed to. All of it is in the address.
import { h } from "../../../what-if/src/dom.ts";
import { go, keep, part } from "../place.ts";

type Narrow = "find" | "state" | "group" | "sort";

/** Typing is kept in the address without a step for every letter. */
export function findBox(label: string, changed: () => void): HTMLLabelElement {
  const box = h("input", {
    class: "box",
    type: "search",
    autocomplete: "off",
    spellcheck: "false",
    value: part("find") ?? "",
  });
  box.addEventListener("input", () => {
    keep({ find: box.value.trim() || null });
    changed();
  });
  return h("label", { class: "ff find" }, h("span", {}, label), box);
}

export function pick(name: Narrow, label: string, choices: readonly (readonly [string, string])[]): HTMLLabelElement {
  const select = h("select", {}, ...choices.map(([value, text]) => h("option", { value }, text)));
  select.addEventListener("change", () => go({ [name]: select.value || null }));
  const root = h("label", { class: "ff" }, h("span", {}, label), select);
  root.dataset["narrow"] = name;
  return root;
}

/** Shows what the address says now, which may have come from a link or from going back. */
export function follow(root: HTMLElement): void {
  const box = root.querySelector<HTMLInputElement>('input[type="search"]');
  if (box && box !== document.activeElement) box.value = part("find") ?? "";
  for (const label of root.querySelectorAll<HTMLElement>("[data-narrow]"))
    label.querySelector("select")!.value = part(label.dataset["narrow"] as Narrow) ?? "";
}

/** Whether a text has every word that is looked for now. */
export function finder(): (text: string) => boolean {
  const words = (part("find") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => words.every((word) => text.toLowerCase().includes(word));
}
