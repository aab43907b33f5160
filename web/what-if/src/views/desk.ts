// Form, prediction, results and explanations of an open model, kept in step: on the page and in the element.
import type { Answer } from "../answer.ts";
import { h, setAttribute } from "../dom.ts";
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
      this.#why?.changed();
    });
  }

  /** Shows an answer. Where there is none the one before stays, struck through. */
  answer(answer: Answer | null): void {
    const kept = (answer === null || answer.kind === "none") && this.#last.kind !== "none";
    const shown = kept ? { ...this.#last, diagnostics: answer?.diagnostics ?? [] } : (answer ?? this.#last);
    if (!kept) this.#last = shown;
    const changed = this.session.case.changed.length > 0;
    this.result.update({ answer: shown, fields: this.form.fields, kept, changed });
    this.#series.update(shown.target, shown.series);
    this.#outputs.update(shown);
    this.#showBusy(this.session.isAsking);
  }

  /** Asks why, of what is on show. */
  explain(): void {
    this.#why?.answered(this.result.isKept ? null : this.#last, this.result.focus);
  }

  /** Everything is about a new answer, at once or after rest; `then` follows. */
  follow(answer: Answer | null, then: () => void = () => {}): void {
    this.answer(answer);
    this.explain();
    this.#say(this.result.spoken);
    this.settle(then);
  }

  /** After a moment of rest rows move to where they belong; `then` follows. */
  settle(then: () => void = () => {}): void {
    this.hold();
    this.#timer = setTimeout(() => {
      this.result.settle();
      this.#why?.settle();
      then();
    }, rest);
  }

  /** Nothing moves any more. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  #showBusy(busy: boolean): void {
    setAttribute(this.result.root, "aria-busy", String(busy));
  }
}
