// Form, prediction and results of an open model, kept in step, with nothing of a page around them.
import type { Answer } from "../answer.ts";
import { Announcer } from "../announce.ts";
import { h, setAttribute } from "../dom.ts";
import type { Session } from "../session.ts";
import { FormView } from "../views/form.ts";
import { OutputsView } from "../views/outputs.ts";
import { ResultView } from "../views/result.ts";
import { SeriesView } from "../views/series.ts";

const rest = 600; // ms without a change before rows may move

export class Board {
  readonly root: HTMLElement;
  readonly #form: FormView;
  readonly #result: ResultView;
  readonly #series: SeriesView;
  readonly #outputs: OutputsView;
  readonly #announcer = new Announcer();
  readonly #observer = new ResizeObserver(() => this.#measure());
  #last: Answer;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `only` names the fields to show, in their order; none of them means all. */
  constructor(
    private readonly session: Session,
    only: readonly string[],
  ) {
    const { start, case: theCase, opened } = session;
    const { modelType } = session.description.info;
    this.#last = start;
    this.#form = new FormView(theCase, opened.isStateful, only);
    this.#result = new ResultView(start, (field) => this.#form.reveal(field));
    this.#series = new SeriesView(modelType);
    this.#outputs = new OutputsView(start, modelType);
    this.root = h(
      "div",
      { class: "case" },
      this.#result.root,
      this.#form.root,
      h("div", { class: "rest" }, this.#series.root, this.#outputs.root),
      this.#announcer.root,
    );
    this.#nameParts();
    this.#observer.observe(this.#result.root);
    this.#answer(session.answer);
    session.onChange(() => {
      this.#form.update();
      setAttribute(this.#result.root, "aria-busy", "true");
    });
    session.onAnswer((answer) => this.#answer(answer));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#observer.disconnect();
  }

  #answer(answer: Answer | null): void {
    const kept = (answer === null || answer.kind === "none") && this.#last.kind !== "none";
    const shown = kept ? { ...this.#last, diagnostics: answer?.diagnostics ?? [] } : (answer ?? this.#last);
    if (!kept) this.#last = shown;
    const changed = this.session.case.changed.length > 0;
    this.#result.update({ answer: shown, fields: this.#form.fields, kept, changed });
    this.#series.update(shown.target, shown.series);
    this.#outputs.update(shown);
    setAttribute(this.#result.root, "aria-busy", String(this.session.isAsking));
    if (changed) this.#announcer.say(this.#result.spoken);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#result.settle(), rest);
  }

  #measure(): void {
    this.root.style.setProperty("--answer-height", `${this.#result.root.getBoundingClientRect().height}px`);
  }

  /** What a page's own styles may reach, `scorelet-whatif::part(figure)`. */
  #nameParts(): void {
    const parts = { form: ".form", field: ".field", prediction: ".pred", figure: ".fig strong", verdict: ".verdict", results: ".outputs" };
    for (const [name, selector] of Object.entries(parts))
      for (const element of this.root.querySelectorAll(selector)) element.setAttribute("part", name);
  }
}
