// The page before a model is open, and after a file was refused.
import type { Diagnostic } from "scorelet";
import { h, messageNodes } from "../dom.ts";
import * as format from "../format.ts";
import { addressOf, gallery, type GalleryModel } from "../gallery.ts";
import { t, type Message } from "../texts.ts";
import { button } from "./button.ts";
import { findingsList } from "./findings.ts";

export interface Doors {
  choose(): void;
  /** Opens what lies at an address. */
  go(address: string): void;
  back?(): void;
}

export function emptyView(doors: Doors): HTMLElement {
  return h(
    "div",
    { class: "welcome" },
    h(
      "section",
      { class: "card opening", "aria-labelledby": "h-open" },
      h("h2", { id: "h-open" }, t.open.title),
      h("p", { class: "sub" }, t.open.lead),
      h(
        "div",
        { class: "row" },
        button(t.open.choose, "primary", doors.choose),
        button(t.open.example, "", () => doors.go(addressOf(gallery[0]!))),
      ),
      addressForm(t.open.address, doors.go),
    ),
    h(
      "section",
      { class: "gallery", "aria-labelledby": "h-gallery" },
      h("h2", { id: "h-gallery" }, t.gallery.title),
      h("ul", {}, ...gallery.map((model) => galleryItem(model, doors))),
    ),
  );
}

/** A box for the address of a model. */
export function addressForm(label: string, go: (address: string) => void): HTMLElement {
  const box = h("input", {
    id: "open-address", class: "box", type: "text", inputmode: "url", autocomplete: "off", spellcheck: "false", dir: "ltr",
    "data-key": "address",
  });
  const form = h(
    "form",
    { class: "from" },
    h("label", { class: "fine", for: "open-address" }, label),
    h("div", {}, box, h("button", { class: "btn" }, t.open.openAddress)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim()) go(box.value.trim());
  });
  return form;
}

function galleryItem(model: GalleryModel, doors: Doors): HTMLElement {
  const { title, text } = t.gallery.models[model.id];
  const kind = t.card.type[model.model] ?? model.model;
  return h(
    "li",
    {},
    button(title, "quiet", () => doors.go(addressOf(model))),
    h("p", {}, text),
    h("p", { class: "fine" }, t.gallery.facts(kind, t.gallery.origin[model.data], format.size(model.bytes))),
  );
}

export function refusedView(
  fileName: string,
  reason: Message,
  diagnostics: readonly Diagnostic[],
  doors: Doors,
): HTMLElement {
  const heading = h("h2", { id: "h-open", tabindex: "-1" }, reason.head);
  return h(
    "section",
    { class: "card opening refused", "aria-labelledby": "h-open" },
    heading,
    h("p", { class: "sub" }, ...messageNodes({ head: "", text: `${reason.text} ${t.refused.notOpened(fileName)}` })),
    diagnostics.length > 0 && h("p", { class: "note act", lang: "en" }, diagnostics[0]!.message),
    diagnostics.length > 0 &&
      h(
        "details",
        { class: "tbl" },
        h("summary", {}, t.refused.details(diagnostics.length)),
        findingsList(diagnostics),
      ),
    h(
      "div",
      { class: "row" },
      button(t.open.choose, "primary", doors.choose),
      doors.back
        ? button(t.refused.back, "", doors.back)
        : button(t.open.example, "", () => doors.go(addressOf(gallery[0]!))),
    ),
    addressForm(t.open.address, doors.go),
  );
}
