// One open model and the case that is asked about. Views show it; none of them owns it.
import type { Description } from "scorelet";
import { readAnswer, type Answer } from "./answer.ts";
import { Case, recordOf, type State } from "./case.ts";
import { isUnread } from "./domain.ts";
import type { Engine } from "./engine/engine.ts";
import type { Opened, Row, Scored } from "./engine/protocol.ts";
import { Questions } from "./engine/questions.ts";
import type { History } from "./history.ts";
import { Answers } from "./scenarios/answers.ts";
import { t } from "./texts.ts";
import { Explainer } from "./explain/explainer.ts";
import type { Reasons } from "./explain/reasons.ts";

/** Where a model comes from; `address` is null for a file of the reader's own. */
export interface Origin {
  fileName: string;
  address: string | null;
}

export class Session {
  readonly name: string;
  readonly version: string;
  readonly case: Case;
  /** A second model, asked about the same case: both share its history. */
  rival: Session | null = null;
  /** Opened as the second one. */
  isChallenger = false;
  /** The class whose chance the reader asks about; null for the usual one. */
  asked: string | null = null;
  /** The answers to cases that were kept. */
  readonly kept: Answers;
  /** Why its answers are what they are. */
  readonly explainer: Explainer;
  /** Why the case has its answer, as far as that is known by now; set by who shows it. */
  reasons: () => Reasons | null = () => null;
  /** What the reader holds a chance against. */
  limit: number | null = null;
  /** Called when the engine itself gives up. */
  onFailure: (error: unknown) => void = () => {};
  readonly #questions: Questions<Row, Answer>;
  readonly #onChange: (() => void)[] = [];
  readonly #onClose: (() => void)[] = [];
  readonly #onAnswer: ((answer: Answer | null) => void)[] = [];
  #answer: Answer;
  readonly #stop: () => void;

  /** `history` is that of the model which is asked about the same case. */
  static async begin(
    engine: Engine,
    opened: Opened,
    { fileName, address }: Origin,
    history?: History<State>,
  ): Promise<Session> {
    const theCase = new Case(opened.description, opened.report?.firstRecord, history);
    const record = recordOf(theCase.fields, theCase.start);
    const start = readAnswer(opened.description, await engine.score(record));
    void engine.approach(record);
    const session = new Session(engine, opened, fileName, address, theCase, start);
    if (history) session.#ask();
    return session;
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
    this.kept = new Answers(
      theCase.fields,
      async (row) => this.score(row),
      (error) => this.onFailure(error),
    );
    this.explainer = new Explainer(() => engine.module, opened.document);
    this.#questions = new Questions({
      ask: (row) => this.score(row),
      answered: (answer) => this.#tell(answer),
      failed: (error) => this.onFailure(error),
    });
    this.#stop = this.case.onChange(() => {
      for (const listener of this.#onChange) listener();
      this.#ask();
    });
  }

  /** Of the document, also where it was opened compiled. */
  get fingerprint(): string | null {
    return this.description.info.documentSha256 ?? this.opened.fingerprint;
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

  /** The answer to the case as it is; null if it cannot be asked, undefined while it is still to come. */
  get current(): Answer | null | undefined {
    if (this.#isUnread) return null;
    return this.isAsking ? undefined : this.#answer;
  }

  /** Called when the case has changed, before it is asked about. */
  onChange(listener: () => void): void {
    this.#onChange.push(listener);
  }

  /** Called with every answer, and with null when the case cannot be asked. After every change there is a call. */
  onAnswer(listener: (answer: Answer | null) => void): void {
    this.#onAnswer.push(listener);
  }

  /** The answer to any other case: at once if the engine can. */
  score(row: Row): Answer | Promise<Answer> {
    const scored = this.engine.score(row);
    const read = (given: Scored) => readAnswer(this.description, given);
    return scored instanceof Promise ? scored.then(read) : read(scored);
  }

  /** Called when another model takes its place. */
  onClose(listener: () => void): void {
    this.#onClose.push(listener);
  }

  /** Its engine is free then. */
  close(): Engine {
    this.#stop();
    this.#questions.drop();
    for (const listener of this.#onClose) listener();
    this.explainer.end();
    return this.engine;
  }

  get #isUnread(): boolean {
    return this.case.fields.some((f) => isUnread(this.case.get(f.name)));
  }

  #ask(): void {
    if (this.#isUnread) {
      this.#questions.drop();
      this.#tell(null);
    } else this.#questions.ask(this.case.record);
  }

  #tell(answer: Answer | null): void {
    if (answer) this.#answer = answer;
    for (const listener of this.#onAnswer) listener(answer);
  }
}

/** The two models, the one that was opened first before the other. Only called when there are two. */
export function championOf(session: Session): [Session, Session] {
  return session.isChallenger ? [session.rival!, session] : [session, session.rival!];
}

/** Their names, told apart by version or file where they are the same. */
export function namesOf(session: Session): [string, string] {
  const [one, other] = championOf(session);
  const ways: ((of: Session) => string)[] = [
    (of) => of.name,
    (of) => (of.version ? `${of.name}, ${t.version(of.version)}` : of.name),
    (of) => of.fileName,
  ];
  const name = ways.find((way) => way(one) !== way(other));
  return name ? [name(one), name(other)] : [`${one.name}, ${t.two.champion}`, `${other.name}, ${t.two.challenger}`];
}
