// The foot of the page: what happens to data, and the languages.
import { h, setAttribute } from "../dom.ts";
import { language, languages, t, type Language } from "../texts.ts";

export function footerView(speak: (language: Language) => void, about: string | HTMLElement = t.footer): HTMLElement {
  const choices = (Object.entries(languages) as [Language, string][]).map(([tag, name]) => {
    const choice = h("button", { type: "button", class: "btn quiet", lang: tag }, name);
    setAttribute(choice, "aria-current", tag === language ? "true" : null);
    choice.addEventListener("click", () => speak(tag));
    return h("li", {}, choice);
  });
  return h(
    "footer",
    {},
    h("p", {}, about),
    h("ul", { class: "languages", "aria-label": t.language.label }, ...choices),
  );
}
