// One case: its form, its prediction and all other results, kept in step.
import type { Answer } from "../answer.ts";
import { h, messageNodes, setAttribute } from "../dom.ts";
import type { Session } from "../session.ts";
import { FormView } from "./form.ts";
import { linkTo } from "./link.ts";
import { OutputsView } from "./outputs.ts";
import { ResultView } from "./result.ts";
import { SeriesView } from "./series.ts";
import { StripView } from "./strip.ts";
import type { WhyView } from "./why/why.ts";
import { t } from "../texts.ts";
import { failedRecords } from "../verification.ts";
import type { Page, View } from "./view.ts";

const patience = 300; // ms after the first prediction
const rest = 600; // ms without a change before rows may move

export class OneView implements View {
  readonly root: HTMLElement;
  readonly heading: HTMLElement;
  readonly #form: FormView;
  readonly #result: ResultView;
  readonly #series: SeriesView;
  readonly #outputs: OutputsView;
  readonly #strip: StripView;
  /** Loaded once there is a prediction to explain: the first one does not wait for it. */
  #why: WhyView | null = null;
  #isLoading = false;
  readonly #whyPlace = h("div", { hidden: true });
  readonly #observer = new ResizeObserver(() => this.#measure());
  #last: Answer;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isShown = false;

  constructor(
    private readonly session: Session,
    private readonly page: Page,
  ) {
    const { start, case: theCase, opened } = session;
    const { info } = session.description;
    this.#last = start;
    this.#form = new FormView(theCase, opened.isStateful);
    this.#result = new ResultView(start, (field) => this.#form.reveal(field));
    this.#series = new SeriesView(info.modelType);
    this.#outputs = new OutputsView(start, info.modelType);
    this.#strip = new StripView(session, (sentence) => page.say(sentence));
    this.#result.onAsk = (value) => {
      session.asked = value;
      this.#strip.update();
    };
    this.root = h(
      "div",
      { class: "case" },
      this.#result.root,
      this.#form.root,
      h("div", { class: "rest" }, failedChecks(session), this.#series.root, this.#whyPlace, this.#outputs.root),
      this.#strip.root,
    );
    this.heading = this.#result.root.querySelector<HTMLElement>(".pred")!;
    this.#result.onFocus = () => this.#explain();
    this.#result.limit = session.limit;
    this.#result.onLimit = (limit) => {
      session.limit = limit;
      this.#explain();
    };
    this.#answer(session.answer);
    let { scenarios } = theCase;
    session.onChange(() => {
      this.#form.update();
      if (scenarios !== theCase.scenarios) this.#strip.update();
      scenarios = theCase.scenarios;
      this.#showBusy(true);
      this.#why?.changed();
    });
    session.onAnswer((answer) => this.#answer(answer));
    session.kept.onAnswer(() => this.#strip.update());
  }

  get title(): string {
    return this.#result.figure;
  }

  get finding(): string {
    return this.#result.spoken;
  }

  /** The sticky prediction covers what scrolls beneath it: focus must not end up there. */
  enter(): void {
    this.#isShown = true;
    this.#observer.observe(this.#result.root);
    for (const part of this.#result.root.children) this.#observer.observe(part);
    this.#explain();
  }

  leave(): void {
    this.#isShown = false;
    clearTimeout(this.#timer);
    this.#observer.disconnect();
    document.documentElement.style.removeProperty("--pred-height");
  }

  #answer(answer: Answer | null): void {
    const kept = (answer === null || answer.kind === "none") && this.#last.kind !== "none";
    const shown = kept ? { ...this.#last, diagnostics: answer?.diagnostics ?? [] } : (answer ?? this.#last);
    if (!kept) this.#last = shown;
    const changed = this.session.case.changed.length > 0;
    this.#result.update({ answer: shown, fields: this.#form.fields, kept, changed });
    this.#series.update(shown.target, shown.series);
    this.#outputs.update(shown);
    this.#showBusy(this.session.isAsking);
    this.#explain();
    clearTimeout(this.#timer);
    if (!this.#isShown) {
      this.#strip.update();
      return this.#result.settle();
    }
    this.page.say(this.finding);
    // Setting a page's title takes milliseconds, and rows move only after a rest.
    this.#timer = setTimeout(() => {
      this.#result.settle();
      this.#strip.update();
      this.#why?.settle();
      this.page.entitle(this.title);
    }, rest);
  }

  /** Nobody looks at explanations of a view that is not shown. */
  #explain(): void {
    if (!this.#isShown) return;
    if (this.#why) this.#why.answered(this.#result.isKept ? null : this.#last, this.#result.focus);
    else if (!this.#isLoading) setTimeout(() => void this.#loadWhy(), patience);
    this.#isLoading = true;
  }

  async #loadWhy(): Promise<void> {
    const { WhyView } = await import("./why/why.ts");
    this.#why = new WhyView(this.session, (sentence) => this.page.say(sentence));
    this.#whyPlace.replaceWith(this.#why.root);
    this.#explain();
  }

  #showBusy(busy: boolean): void {
    setAttribute(this.#result.root, "aria-busy", String(busy));
  }

  #measure(): void {
    const style = document.documentElement.style;
    style.setProperty("--answer-height", `${this.#result.root.getBoundingClientRect().height}px`);
    style.setProperty("--pred-height", `${this.heading.getBoundingClientRect().height}px`);
  }
}

/** A model that does not answer as it did where it was made must not be trusted: that is said beside its answers. */
function failedChecks({ opened: { report } }: Session): HTMLElement | null {
  if (!report || report.passed) return null;
  const message = messageNodes(t.card.failedHere(failedRecords(report), report.records));
  return h("p", { class: "note act" }, ...message, " ", linkTo({ view: "about" }, t.card.showCard));
}
