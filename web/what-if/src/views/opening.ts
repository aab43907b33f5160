// The page before a model is open, and after a file was refused.
import type { Diagnostic } from "scorelet";
import { h, messageNodes } from "../dom.ts";
import { t, type Message } from "../texts.ts";
import { findingsList } from "./findings.ts";

export interface Doors {
  choose(): void;
  example(): void;
  back?(): void;
}

const button = (text: string, kind: string, act: () => void): HTMLButtonElement => {
  const b = h("button", { type: "button", class: `btn ${kind}` }, text);
  b.addEventListener("click", act);
  return b;
};

export function emptyView(doors: Doors): HTMLElement {
  return h(
    "section",
    { class: "card opening", "aria-labelledby": "h-open" },
    h("h2", { id: "h-open" }, t.open.title),
    h("p", { class: "sub" }, t.open.lead),
    h(
      "div",
      { class: "row" },
      button(t.open.choose, "primary", doors.choose),
      button(t.open.example, "", doors.example),
    ),
    h("p", { class: "fine" }, t.open.exampleNote),
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
    diagnostics.length > 0 && h("p", { class: "note act" }, diagnostics[0]!.message),
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
      doors.back ? button(t.refused.back, "", doors.back) : button(t.open.example, "", doors.example),
    ),
  );
}
