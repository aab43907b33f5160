// One open model and the case that is asked about. Views show it; none of them owns it.
import type { Description } from "scorelet";
import { readAnswer, type Answer } from "./answer.ts";
import { Case } from "./case.ts";
import { isUnread } from "./domain.ts";
import type { Engine } from "./engine/engine.ts";
import type { Opened, Row } from "./engine/protocol.ts";
import { Questions } from "./engine/questions.ts";

/** Where a model comes from; `address` is null for a file of the reader's own. */
export interface Origin {
  fileName: string;
  address: string | null;
}

export class Session {
  readonly name: string;
  readonly version: string;
  readonly case: Case;
  /** Called when the engine itself gives up. */
  onFailure: (error: unknown) => void = () => {};
  readonly #questions: Questions<Row, Answer>;
  readonly #onChange: (() => void)[] = [];
  readonly #onClose: (() => void)[] = [];
  readonly #onAnswer: ((answer: Answer | null) => void)[] = [];
  #answer: Answer;

  static async begin(engine: Engine, opened: Opened, { fileName, address }: Origin): Promise<Session> {
    const theCase = new Case(opened.description, opened.report?.firstRecord);
    const start = readAnswer(opened.description, await engine.score(theCase.record));
    return new Session(engine, opened, fileName, address, theCase, start);
  }

  private constructor(
    readonly engine: Engine,
    readonly opened: Opened,
    readonly fileName: string,
    /** Where it was fetched from; null for a file of the reader's own. */
    readonly address: string | null,
    theCase: Case,
    /** The answer to the case as it was at first. */
    readonly start: Answer,
  ) {
    this.case = theCase;
    const { info } = opened.description;
    this.name = info.modelName || fileName.replace(/\.(pmml|xml)$/i, "");
    this.version = info.modelVersion ?? "";
    this.#answer = start;
    this.#questions = new Questions({
      ask: (row) => this.score(row),
      answered: (answer) => this.#tell(answer),
      failed: (error) => this.onFailure(error),
    });
    this.case.onChange(() => {
      for (const listener of this.#onChange) listener();
      this.#ask();
    });
  }

  get description(): Description {
    return this.opened.description;
  }

  /** The newest answer to the case. */
  get answer(): Answer {
    return this.#answer;
  }

  /** True while the answer to the newest case is still to come. */
  get isAsking(): boolean {
    return this.#questions.isOpen;
  }

  /** Called when the case has changed, before it is asked about. */
  onChange(listener: () => void): void {
    this.#onChange.push(listener);
  }

  /** Called with every answer, and with null when the case cannot be asked. After every change there is a call. */
  onAnswer(listener: (answer: Answer | null) => void): void {
    this.#onAnswer.push(listener);
  }

  /** The answer to any other case. */
  async score(row: Row): Promise<Answer> {
    return readAnswer(this.description, await this.engine.score(row));
  }

  /** Called when another model takes its place. */
  onClose(listener: () => void): void {
    this.#onClose.push(listener);
  }

  /** Its engine is free then. */
  close(): Engine {
    this.#questions.drop();
    for (const listener of this.#onClose) listener();
    return this.engine;
  }

  #ask(): void {
    if (this.case.fields.some((f) => isUnread(this.case.get(f.name)))) {
      this.#questions.drop();
      this.#tell(null);
    } else this.#questions.ask(this.case.record);
  }

  #tell(answer: Answer | null): void {
    if (answer) this.#answer = answer;
    for (const listener of this.#onAnswer) listener(answer);
  }
}
