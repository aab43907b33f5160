// Diagnostics as a list: what was found, then where, for whoever has to mend the document.
import type { Diagnostic } from "scorelet";
import { h } from "../dom.ts";
import { t } from "../texts.ts";

const most = 50;

export function findingsList(diagnostics: readonly Diagnostic[]): HTMLElement {
  return h(
    "ul",
    { class: "findings" },
    ...diagnostics
      .slice(0, most)
      .map((d) => h("li", {}, h("p", { lang: "en" }, d.message), h("p", { class: "fine mono" }, where(d)))),
    diagnostics.length > most ? h("li", {}, t.refused.more(diagnostics.length - most)) : null,
  );
}

const where = (d: Diagnostic): string =>
  [d.code, d.line ? t.refused.where(d.line) : "", d.path ?? ""].filter(Boolean).join(" · ");
