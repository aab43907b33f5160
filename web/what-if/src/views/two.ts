// Champion and challenger: a second model asked about the same cases.
import { h, setAttribute, setText } from "../dom.ts";
import { heldIn } from "../case.ts";
import * as format from "../format.ts";
import { remarkOn } from "../remarks.ts";
import { comparedIn } from "../scenarios/compared.ts";
import type { Compared } from "../scenarios/comparison.ts";
import { findingOfTwo, matchFields } from "../scenarios/two.ts";
import { championOf, namesOf, type Session } from "../session.ts";
import { t } from "../texts.ts";
import { addressOf, gallery, galleryModelAt } from "../gallery.ts";
import { button } from "./button.ts";
import { addressForm } from "./opening.ts";
import { rebuild } from "./rebuild.ts";
import { pairsOf, twoTable } from "./two_table.ts";
import type { Page } from "./view.ts";

export class TwoView {
  readonly root = h("section", { class: "card side" });
  /** The ways to open a second model: made once, so that what is chosen there stays. */
  readonly #doors: Node[];
  #heard: Session | null = null;

  /** `again` is called when the second model has answered. */
  constructor(
    private readonly session: Session,
    private readonly page: Page,
    private readonly again: () => void,
  ) {
    this.#doors = [
      h("div", { class: "row" }, button(t.two.open, "", () => page.second.choose(), "second")),
      this.#fromGallery(),
      addressForm(t.two.address, (address) => page.second.go(address)),
    ];
  }

  /** `above` is the heading of the view, where what both models say of the case is what leads. */
  update(above: HTMLElement | null): void {
    this.#hear(this.session.rival);
    const heading = above ?? h("h3", { id: "h-two", tabindex: "-1" }, t.two.title);
    const nodes = this.session.rival ? this.#both(heading) : this.#one();
    setAttribute(this.root, "aria-labelledby", heading.id);
    rebuild(this.root, above ? nodes : [heading, ...nodes], heading);
  }

  #hear(rival: Session | null): void {
    if (rival && rival !== this.#heard) {
      rival.onAnswer(this.again);
      rival.kept.onAnswer(this.again);
    }
    this.#heard = rival;
  }

  #one(): Node[] {
    return [h("p", { class: "sub" }, t.two.lead), ...this.#doors];
  }

  #fromGallery(): HTMLElement {
    const own = galleryModelAt(this.session.address);
    const alike = (own?.beside ?? []).map((id) => gallery.find((model) => model.id === id)!);
    const others = new Set([...alike, ...gallery.filter((model) => model !== own)]);
    const select = h(
      "select",
      { id: "second-gallery", "data-key": "second-gallery" },
      ...[...others].map((model) => h("option", { value: addressOf(model) }, t.gallery.models[model.id].title)),
    );
    const open = button(t.open.openAddress, "", () => this.page.second.go(select.value), "second-go");
    return h(
      "div",
      { class: "from" },
      h("label", { class: "fine", for: "second-gallery" }, t.two.fromGallery),
      h("div", {}, select, open),
    );
  }

  #both(heading: HTMLElement): Node[] {
    const { heading: said, sub, table, remarks, names } = bothModels(this.session);
    setText(heading, said);
    return [
      ...(sub ? [h("p", { class: "sub" }, sub)] : []),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": t.two.caption, "data-key": "scroll-two" },
        table,
      ),
      h("ul", { class: "fine" }, ...remarks.map((text) => h("li", {}, text))),
      h("div", { class: "acts" }, this.#madeFrom(names), ...this.#ways()),
    ];
  }

  #madeFrom(names: readonly [string, string]): HTMLElement {
    const here = championOf(this.session).indexOf(this.session);
    const radios = names.map((name, i) => {
      const radio = h("input", { type: "radio", name: "made-from", "data-key": `from ${i}` });
      radio.checked = i === here;
      radio.addEventListener("change", () => {
        void this.page.second
          .swap()
          .then(() => document.querySelector<HTMLElement>(`[data-key="from ${i}"]`)?.focus({ preventScroll: true }));
      });
      return h("label", {}, radio, h("span", {}, name));
    });
    return h(
      "fieldset",
      { class: "from" },
      h("legend", { class: "fine" }, t.two.madeFrom),
      h("div", { class: "seg" }, ...radios),
    );
  }

  #ways(): Node[] {
    return [
      button(t.two.another, "", () => this.page.second.choose(), "second"),
      button(t.two.close, "quiet", () => this.page.second.close(), "close"),
    ];
  }
}

/** What both say, in parts. */
export function bothModels(session: Session): {
  names: [string, string];
  heading: string;
  sub: string;
  table: HTMLElement;
  remarks: string[];
} {
  const names = namesOf(session);
  const [first, second] = championOf(session).map((of) => comparedIn(session, of)) as [Compared[], Compared[]];
  const pairs = pairsOf(first, second, session.asked);
  const now = first.findIndex((column) => column.isNow);
  const { agreement } = pairs[now]!;
  const isCounted =
    pairs.length > 1 &&
    first[now]!.answer?.kind !== "number" &&
    pairs.every((p) => p.agreement && p.agreement.agree !== null);
  const agreed = pairs.filter((pair) => pair.agreement?.agree).length;
  return {
    names,
    heading: agreement
      ? findingOfTwo(names, [first[now]!.answer ?? null, second[now]!.answer ?? null], agreement)
      : t.compare.working,
    sub: isCounted ? t.two.agreeCount(agreed, pairs.length) : "",
    table: twoTable(pairs, names),
    remarks: remarksOn(session),
  };
}

/** What the model that the form is not made from has of the form, in words. */
function remarksOn(session: Session): string[] {
  const rival = session.rival!;
  const name = namesOf(session)[championOf(session).indexOf(rival)]!;
  const { shared, onlyFirst, onlySecond } = matchFields(session.case.fields, rival.case.fields);
  const given = onlySecond.filter((field) => rival.case.get(field.name) !== null);
  const missing = onlySecond.filter((field) => !given.includes(field));
  const outside = rival.case.fields.filter((field) => remarkOn(field, heldIn(field, session.case.values))?.outside);
  const list = (fields: typeof shared) => format.list(fields.map(format.label));
  return [
    t.two.matched(shared.length, shared.length + onlySecond.length, name),
    missing.length ? t.two.missing(name, list(missing)) : "",
    given.length ? t.two.given(name, list(given)) : "",
    onlyFirst.length ? t.two.ignored(name, list(onlyFirst)) : "",
    outside.length ? t.two.outside(name, list(outside)) : "",
  ].filter(Boolean);
}
