// The form: the fields that matter (first twelve of many, with a search), those without effect folded away,
// and the ways back.
import type { Case } from "../case.ts";
import { FieldView } from "../controls/field.ts";
import { h, setText } from "../dom.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { casesSeen } from "../training.ts";
import { WaysBack } from "./ways_back.ts";

const few = 15; // up to this many fields need no search
const first = 12; // shown at once of more

export class FormView {
  readonly root: HTMLElement;
  readonly fields: FieldView[];
  readonly #main: FieldView[];
  readonly #case: Case;
  readonly #ways: WaysBack;
  readonly #reset = h("button", { type: "button", class: "btn" }, t.form.reset);
  readonly #search = h("input", {
    type: "search",
    class: "box wide",
    id: "find-field",
    placeholder: t.form.find,
    "aria-label": t.form.find,
    autocomplete: "off",
  });
  readonly #changed = h("button", { type: "button", class: "btn toggle", "aria-pressed": "false" });
  readonly #more = h("button", { type: "button", class: "btn more" });
  readonly #nothing = h("p", { class: "fine", role: "status" });
  #all = false;

  /** `only` names the fields to show, in their order; none of them means all. */
  constructor(theCase: Case, isStateful: boolean, only: readonly string[] = []) {
    this.#case = theCase;
    this.#ways = new WaysBack(theCase.history);
    const views = theCase.fields.map((field, i) => new FieldView(field, i, theCase));
    const named = only.flatMap((name) => views.find((v) => v.field.name === name) ?? []);
    this.#main = named.length ? named : byImportance(views.filter((v) => v.field.isUsed));
    const idle = named.length ? [] : views.filter((v) => !v.field.isUsed);
    this.fields = [...this.#main, ...idle];
    const many = this.#main.length > few,
      seen = casesSeen(theCase.fields);
    this.root = h(
      "section",
      { class: "form", "aria-labelledby": "h-form" },
      h("div", { class: "sh" }, h("h2", { id: "h-form" }, t.form.title), h("span", { class: "fine" }, this.#count())),
      h("p", { class: "fine lead" }, this.#lead()),
      seen !== undefined && h("p", { class: "fine" }, t.form.seen(format.number(seen))),
      isStateful && h("p", { class: "fine" }, t.form.stateful),
      many && h("div", { class: "finder", role: "search" }, this.#search, this.#changed),
      h("div", { class: "fields" }, ...this.#main.map((v) => v.root)),
      many && this.#nothing,
      many && this.#more,
      idle.length > 0 &&
        h(
          "details",
          { class: "idle" },
          h("summary", {}, t.form.unused(idle.length)),
          h("p", { class: "fine" }, t.form.unusedNote),
          ...idle.map((v) => v.root),
        ),
      views.length > 0 && h("div", { class: "acts" }, ...this.#ways.buttons, this.#reset, this.#clearButton()),
    );
    this.#reset.addEventListener("click", () => theCase.reset(t.history.reset));
    this.#search.addEventListener("input", () => this.#filter());
    this.#changed.addEventListener("click", () => {
      this.#changed.setAttribute("aria-pressed", String(!this.#onlyChanged));
      this.#filter();
    });
    this.#more.addEventListener("click", () => {
      const next = this.#main.find((v) => v.root.hidden);
      this.#all = true;
      this.#filter();
      next?.focus();
    });
    this.#filter();
    this.update();
  }

  /** Its controls hold what the case does. */
  update(): void {
    for (const view of this.fields) view.update();
  }

  /** What is said about the values, and the ways back from here. */
  tell(): void {
    for (const view of this.fields) view.tell();
    this.#ways.update();
    const changed = this.#case.changed.length;
    this.#reset.disabled = changed === 0;
    setText(this.#changed, t.form.changed(changed));
  }

  /** Shows a field that a filter may have hidden and moves there. */
  reveal(view: FieldView): void {
    if (view.root.hidden) {
      this.#all = true;
      this.#search.value = "";
      this.#changed.setAttribute("aria-pressed", "false");
      this.#filter();
    }
    view.root.closest("details")?.setAttribute("open", "");
    view.focus();
  }

  get #onlyChanged(): boolean {
    return this.#changed.getAttribute("aria-pressed") === "true";
  }

  /** Runs when the reader asks for another selection, never while values change. */
  #filter(): void {
    const many = this.#main.length > few,
      query = this.#search.value.trim().toLowerCase();
    const fits = (v: FieldView) => [v.field.name, format.label(v.field)].some((s) => s.toLowerCase().includes(query));
    let shown = 0;
    for (const [i, view] of this.#main.entries()) {
      const wanted = this.#onlyChanged
        ? this.#case.hasChanged(view.field.name)
        : query !== "" || this.#all || !many || i < first;
      view.root.hidden = !(wanted && fits(view));
      if (!view.root.hidden) shown++;
    }
    this.#more.hidden = !many || this.#all || query !== "" || this.#onlyChanged;
    setText(this.#more, t.form.more(this.#main.length - first));
    setText(
      this.#nothing,
      shown > 0 ? "" : this.#onlyChanged && query === "" ? t.form.noneChanged : t.form.none(this.#search.value.trim()),
    );
  }

  #count(): string {
    if (!this.fields.length) return "";
    const n = t.form.count(this.#main.length);
    return this.#main.some((v) => v.field.importance !== undefined) ? `${n}, ${t.form.byEffect}` : n;
  }

  #lead(): string {
    if (!this.fields.length) return t.form.noFields;
    if (this.#case.startsFromExample) return t.form.leadExample;
    const given = this.fields.filter((v) => this.#case.start.get(v.field.name) !== null).length;
    return given * 2 >= this.fields.length ? t.form.lead : t.form.leadEmpty;
  }

  #clearButton(): HTMLButtonElement {
    const clear = h("button", { type: "button", class: "btn quiet" }, t.form.clear);
    clear.addEventListener("click", () => this.#case.clear(t.history.clear));
    return clear;
  }
}

function byImportance(views: FieldView[]): FieldView[] {
  return views.some((v) => v.field.importance !== undefined)
    ? [...views].sort((a, b) => (b.field.importance ?? 0) - (a.field.importance ?? 0))
    : views;
}
