// Form, prediction, results and explanations of an open model, kept in step: on the page and in the element.
import type { Answer } from "../answer.ts";
import { Behind } from "../behind.ts";
import { h, setAttribute, setVariable } from "../dom.ts";
import type { Session } from "../session.ts";
import { FormView } from "./form.ts";
import { OutputsView } from "./outputs.ts";
import { ResultView } from "./result.ts";
import { SeriesView } from "./series.ts";
import { WhyPlace, type LoadWhy } from "./why_place.ts";

const rest = 600; // ms without a change before rows may move

interface Given {
  /** The fields to show, in their order; none of them means all. */
  only?: readonly string[];
  /** Where explanations are loaded from; without it there are none. */
  why?: LoadWhy;
  /** Stands above all results. */
  notice?: HTMLElement | null;
  say(sentence: string): void;
}

export class Desk {
  readonly form: FormView;
  readonly result: ResultView;
  /** Explanations and results, beneath the prediction. */
  readonly rest: HTMLElement;
  readonly #series: SeriesView;
  readonly #outputs: OutputsView;
  readonly #why: WhyPlace | null;
  readonly #say: (sentence: string) => void;
  readonly #behind = new Behind();
  /** What is beneath the prediction in the same cell of the grid leaves room for it; of what is not on show nothing is known. */
  readonly #room = new ResizeObserver(() => {
    const { height } = this.result.root.getBoundingClientRect();
    if (height > 0) setVariable(this.rest, "--answer-height", `${height}px`);
  });
  #last: Answer;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    { only = [], why, notice = null, say }: Given,
  ) {
    this.#say = say;
    const { start, case: theCase, opened, limit } = session;
    const { modelType } = session.description.info;
    this.#last = start;
    this.form = new FormView(theCase, opened.isStateful, only);
    this.result = new ResultView(start, (field) => this.form.reveal(field));
    this.#series = new SeriesView(modelType);
    this.#outputs = new OutputsView(start, modelType);
    this.#why = why ? new WhyPlace(session, why, say) : null;
    this.rest = h("div", { class: "rest" }, notice, this.#series.root, this.#why?.root, this.#outputs.root);
    this.#room.observe(this.result.root);
    this.result.limit = limit;
    this.result.onFocus = () => this.explain();
    this.result.onLimit = (next) => {
      session.limit = next;
      this.explain();
    };
    this.answer(session.answer);
    session.onChange(() => {
      this.form.update();
      this.#showBusy(true);
      this.#why?.changed(); // what is old must not stand beside a new figure as if it were about it
      queueMicrotask(() => session.isAsking && this.form.tell()); // where the answer is not there at once, this does not wait for it
    });
  }

  /** Shows an answer at once, all of it. */
  answer(answer: Answer | null): void {
    this.#showFigure(answer);
    this.#showRest();
  }

  /** Asks why, of what is on show. */
  explain(): void {
    this.#why?.answered(this.result.isKept ? null : this.#last, this.result.focus);
  }

  /**
   * Everything is about a new answer: in the next frame what the reader looks at, the moved field and the figure; right behind
   * it all else. `then` follows after rest.
   */
  follow(answer: Answer | null, then: () => void = () => {}): void {
    this.#showFigure(answer);
    this.#behind.do(() => {
      this.#showRest();
      this.explain();
      this.#say(this.result.spoken);
      this.settle(then);
    });
  }

  /** After a moment of rest rows move to where they belong; `then` follows. */
  settle(then: () => void = () => {}): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.result.settle();
      this.#why?.settle();
      then();
    }, rest);
  }

  /** Nothing moves any more. */
  hold(): void {
    this.#behind.finish();
    clearTimeout(this.#timer);
  }

  /** Where there is no prediction the one before stays, struck through. */
  #showFigure(answer: Answer | null): void {
    const kept = (answer === null || answer.kind === "none") && this.#last.kind !== "none";
    const shown = kept ? { ...this.#last, diagnostics: answer?.diagnostics ?? [] } : (answer ?? this.#last);
    if (!kept) this.#last = shown;
    const changed = this.session.case.changed.length > 0;
    this.result.showFigure({ answer: shown, fields: this.form.fields, kept, changed });
  }

  #showRest(): void {
    this.form.tell();
    this.result.showRest();
    this.#series.update(this.#last.target, this.#last.series);
    this.#outputs.update(this.#last);
    this.#showBusy(this.session.isAsking);
  }

  #showBusy(busy: boolean): void {
    setAttribute(this.result.root, "aria-busy", String(busy));
  }
}
