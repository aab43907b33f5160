// The page's styles inside an element: what speaks of the document speaks of the element, and widths are its own.
import text from "../styles/embed.css?inline";

const insideElement = (css: string): string =>
  css.replaceAll(":root", ":host").replaceAll(/@media ?\((?=[^)]*width)/g, "@container (");

export type Theme = "light" | "dark" | "auto";

/** A sheet of an element's own, since each may have another theme. */
export function sheetOf(theme: Theme): CSSStyleSheet {
  const sheet = sheetWith(text);
  if (theme !== "auto")
    for (const rule of sheet.cssRules)
      if (rule instanceof CSSMediaRule && rule.media.mediaText.includes("prefers-color-scheme: dark"))
        rule.media.mediaText = theme === "dark" ? "all" : "not all";
  return sheet;
}

/** Further styles, whatever the theme. */
export function sheetWith(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(insideElement(css));
  return sheet;
}
