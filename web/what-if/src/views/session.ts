// One open model: its form, its prediction and its card, kept in step.
import { readAnswer, type Answer } from "../answer.ts";
import { Case } from "../case.ts";
import { isUnread } from "../domain.ts";
import { h, setAttribute } from "../dom.ts";
import type { Engine } from "../engine/engine.ts";
import type { Opened, Row } from "../engine/protocol.ts";
import { Questions } from "../engine/questions.ts";
import { cardView } from "./card.ts";
import { FormView } from "./form.ts";
import { OutputsView } from "./outputs.ts";
import { ResultView } from "./result.ts";
import { SeriesView } from "./series.ts";

const rest = 600; // ms without a change before rows may move

export class Session {
  readonly root: HTMLElement;
  readonly name: string;
  readonly version: string;
  readonly case: Case;
  /** Called after every change with the finding in words. */
  onFinding: (finding: string) => void = () => {};
  /** Called when changes have come to rest, for what is slow (setting a page's title takes milliseconds). */
  onRest: (figure: string) => void = () => {};
  /** Called when the engine itself gives up. */
  onFailure: (error: unknown) => void = () => {};
  readonly #form: FormView;
  readonly #result: ResultView;
  readonly #series: SeriesView;
  readonly #outputs: OutputsView;
  readonly #observer: ResizeObserver;
  readonly #questions: Questions<Row, Answer>;
  #last: Answer;
  #timer: ReturnType<typeof setTimeout> | undefined;

  static async begin(engine: Engine, opened: Opened, fileName: string): Promise<Session> {
    const { description, report } = opened;
    const theCase = new Case(description, report?.firstRecord);
    const start = readAnswer(description, await engine.score(theCase.record));
    return new Session(engine, opened, fileName, theCase, start);
  }

  private constructor(
    private readonly engine: Engine,
    { description, ...opened }: Opened,
    fileName: string,
    theCase: Case,
    start: Answer,
  ) {
    this.case = theCase;
    const { info } = description;
    this.name = info.modelName || fileName.replace(/\.(pmml|xml)$/i, "");
    this.version = info.modelVersion ?? "";
    this.#last = start;
    this.#form = new FormView(this.case, opened.isStateful);
    this.#result = new ResultView(start, (field) => this.#form.reveal(field));
    this.#series = new SeriesView(info.modelType);
    this.#outputs = new OutputsView(start, info.modelType);
    this.root = h(
      "div",
      { class: "case" },
      this.#result.root,
      this.#form.root,
      h(
        "div",
        { class: "rest" },
        this.#series.root,
        this.#outputs.root,
        cardView({ description, ...opened }, fileName),
      ),
    );
    this.#questions = new Questions({
      ask: async (row) => readAnswer(description, await engine.score(row)),
      answered: (answer) => this.#answer(answer),
      failed: (error) => this.onFailure(error),
    });
    // The sticky prediction covers what scrolls beneath it: focus must not end up there.
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(this.#result.root);
    for (const part of this.#result.root.children) this.#observer.observe(part);
    this.#answer(start);
    this.case.onChange(() => this.#update());
  }

  /** The prediction in words. */
  get finding(): string {
    return this.#result.spoken;
  }

  /** Brings the form in line with the case and asks for its prediction. */
  #update(): void {
    this.#form.update();
    if (this.#unread) {
      this.#questions.drop();
      this.#answer(null);
    } else {
      this.#questions.ask(this.case.record);
      this.#showBusy();
    }
  }

  #answer(answer: Answer | null): void {
    const kept = (answer === null || answer.kind === "none") && this.#last.kind !== "none";
    const shown = kept ? { ...this.#last, diagnostics: answer?.diagnostics ?? [] } : (answer ?? this.#last);
    if (!kept) this.#last = shown;
    this.#result.update({ answer: shown, fields: this.#form.fields, kept, changed: this.case.changed.length > 0 });
    this.#series.update(shown.target, shown.series);
    this.#outputs.update(shown);
    this.#showBusy();
    this.onFinding(this.#result.spoken);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#result.settle();
      this.onRest(this.#result.figure);
    }, rest);
  }

  /** Its engine is free then. */
  close(): Engine {
    clearTimeout(this.#timer);
    this.#questions.drop();
    this.#observer.disconnect();
    return this.engine;
  }

  get #unread(): boolean {
    return this.case.fields.some((f) => isUnread(this.case.get(f.name)));
  }

  #showBusy(): void {
    setAttribute(this.#result.root, "aria-busy", String(this.#questions.isOpen));
  }

  #measure(): void {
    const pred = this.#result.root.querySelector(".pred")!;
    const style = document.documentElement.style;
    style.setProperty("--answer-height", `${this.#result.root.getBoundingClientRect().height}px`);
    style.setProperty("--pred-height", `${pred.getBoundingClientRect().height}px`);
  }
}
