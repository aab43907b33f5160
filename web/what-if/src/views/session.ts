// One open model: its form, its prediction and its card, kept in step.
import type { Model } from "scorelet";
import { readAnswer, type Answer } from "../answer.ts";
import { Case } from "../case.ts";
import { firstCheckCase } from "../checkcase.ts";
import { Unread } from "../domain.ts";
import { h } from "../dom.ts";
import { cardView, type SourceFile } from "./card.ts";
import { FormView } from "./form.ts";
import { OutputsView } from "./outputs.ts";
import { ResultView } from "./result.ts";

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
  readonly #outputs: OutputsView;
  readonly #observer: ResizeObserver;
  #last: Answer;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly model: Model,
    file: SourceFile,
  ) {
    const { info, inputs } = model.description;
    this.name = info.modelName || file.name.replace(/\.(pmml|xml)$/i, "");
    this.version = info.modelVersion ?? "";
    this.case = new Case(inputs, () => (info.hasVerification ? firstCheckCase(file.content) : null));
    this.#last = this.#ask();
    this.#form = new FormView(inputs, this.case);
    this.#result = new ResultView(this.#last, (field) => this.#form.reveal(field));
    this.#outputs = new OutputsView(this.#last);
    this.root = h(
      "div",
      { class: "case" },
      this.#result.root,
      this.#form.root,
      h("div", { class: "rest" }, this.#outputs.root, cardView(model, file)),
    );
    // The sticky prediction covers what scrolls beneath it: focus must not end up there.
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(this.#result.root);
    for (const part of this.#result.root.children) this.#observer.observe(part);
    this.case.onChange(() => this.update());
  }

  /** The prediction in words. */
  get finding(): string {
    return this.#result.spoken;
  }

  /** Scores the case and brings the page in line, all within the input event. */
  update(): void {
    this.#form.update();
    try {
      this.#answer(this.#unread ? null : this.#ask());
    } catch (error) {
      this.onFailure(error);
    }
  }

  #answer(answer: Answer | null): void {
    const kept = (answer === null || answer.kind === "none") && this.#last.kind !== "none";
    const shown = kept ? { ...this.#last, diagnostics: answer?.diagnostics ?? [] } : (answer ?? this.#last);
    if (!kept) this.#last = shown;
    this.#result.update({ answer: shown, fields: this.#form.fields, kept, changed: this.case.changed.length > 0 });
    this.#outputs.update(shown);
    this.onFinding(this.#result.spoken);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#result.settle();
      this.onRest(this.#result.figure);
    }, rest);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#observer.disconnect();
    this.model.close();
  }

  get #unread(): boolean {
    return this.case.fields.some((f) => this.case.get(f.name) instanceof Unread);
  }

  #ask(): Answer {
    this.model.reset(); // a what-if has no rows before it
    return readAnswer(this.model.description, this.model.score(this.case.record));
  }

  #measure(): void {
    const pred = this.#result.root.querySelector(".pred")!;
    const style = document.documentElement.style;
    style.setProperty("--answer-height", `${this.#result.root.getBoundingClientRect().height}px`);
    style.setProperty("--pred-height", `${pred.getBoundingClientRect().height}px`);
  }
}
