// About the model: its card, which of its fields matter in general, what it asks for and how it treats that, and what
// this page is made of.
import type { InputField } from "scorelet";
import { domainText, manyValues } from "../remarks.ts";
import { h } from "../dom.ts";
import { backgroundFor } from "../explain/sources.ts";
import { kindOf } from "../domain.ts";
import * as format from "../format.ts";
import { parts } from "../parts.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { treatmentsOf } from "../treatments.ts";
import { headlineOf } from "../verification.ts";
import { definitions, modelCard, type Content } from "./card.ts";
import { ImportanceView } from "./importance.ts";
import type { View } from "./view.ts";

const fewFields = 15; // that are shown at once

export function aboutView(session: Session): View {
  const heading = h("h2", { id: "h-about", tabindex: "-1" }, headlineOf(session.opened.report));
  const importance = new ImportanceView(session, async () => session.explainer.background ?? backgroundFor(session));
  session.onClose(() => importance.end());
  return {
    root: h(
      "div",
      { class: "about" },
      h("div", { class: "vh2" }, h("p", { class: "k" }, t.views.about), heading),
      section("h-card", t.card.title, modelCard(session)),
      importance.root,
      section("h-asks", asksTitle(session.description.inputs), ...fieldsOf(session.description.inputs)),
      section("h-parts", t.card.parts, h("p", { class: "fine" }, t.card.partsNote), partsTable()),
    ),
    heading,
    title: t.views.about,
    finding: heading.textContent ?? "",
    enter: () => importance.begin(),
    leave: () => importance.end(),
  };
}

const section = (id: string, title: string, ...content: Content[]): HTMLElement =>
  h("section", { class: "card mc", "aria-labelledby": id }, h("h3", { id }, title), ...content);

function asksTitle(inputs: readonly InputField[]): string {
  return t.card.asks(inputs.filter((f) => f.isUsed).length, inputs.length);
}

/** Those that matter first, and of many the first ones at once. */
function fieldsOf(inputs: readonly InputField[]): Content[] {
  const rows = [...inputs.filter((f) => f.isUsed), ...inputs.filter((f) => !f.isUsed)].map(fieldRow);
  const rest = rows.slice(fewFields);
  return [
    h("dl", { class: "asks" }, ...rows.slice(0, fewFields)),
    ...(rest.length
      ? [
          h(
            "details",
            { class: "tbl" },
            h("summary", {}, t.form.more(rest.length)),
            h("dl", { class: "asks" }, ...rest),
          ),
        ]
      : []),
  ];
}

function fieldRow(field: InputField): HTMLElement {
  const label = format.label(field);
  return h(
    "div",
    {},
    h("dt", {}, label, label === field.name ? null : h("span", { class: "fine mono" }, field.name)),
    h(
      "dd",
      {},
      h("p", {}, [t.card.fieldKind[kindOf(field)], domainText(field) || manyValues(field)].filter(Boolean).join(": ")),
      h("p", { class: "fine" }, field.isUsed ? treatmentsOf(field).join(" ") : t.card.withoutEffect),
    ),
  );
}

const partsTable = (): HTMLElement =>
  definitions(
    parts.map((part) => [[part.name, part.version].join(" "), [part.licence]]),
    "parts",
  );
