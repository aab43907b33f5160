// What explanations compare with: said, and chosen.
import type { Background } from "../../explain/background.ts";
import * as format from "../../format.ts";
import { h } from "../../dom.ts";
import { t } from "../../texts.ts";

export function againstText({ from, name }: Background, isObserved: boolean, compared: number, of: number): string {
  const n = compared < of ? t.why.of(format.count(compared), format.count(of)) : format.count(of);
  if (from === "file") return t.why.against.file(n, name);
  return from === "description" && isObserved ? t.why.against.statistics(n) : t.why.against[from](n);
}

export function againstChooser(take: (file: File) => void): HTMLElement {
  const file = h("input", { type: "file", class: "vh", accept: ".csv,.tsv,.txt,text/csv", tabindex: "-1", "aria-hidden": "true", "data-take": "background" });
  const button = h("button", { type: "button", class: "btn quiet" }, t.why.choose);
  button.addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    file.value = "";
    if (chosen) take(chosen);
  });
  return h("p", { class: "against" }, button, file);
}
