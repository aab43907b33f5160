import { answer, answerBytes, diagnostics, named } from "./answers.js";
import { rowsOf } from "./columns.js";
import type { Core, Session } from "./core.js";
import { fault, ScoreletError } from "./error.js";
import { Inbox } from "./inbox.js";
import { Inquiry, type Records } from "./inquiry.js";
import { PlainRecord } from "./plain.js";
import { TypedRecord } from "./record.js";
import { ColumnResult, Prediction, readColumns, type ResultParts } from "./results.js";
import { type LoadOptions, Runtime } from "./runtime.js";
import { type Bytes, isBytes, type PmmlSource, view, type WasmSource } from "./source.js";
import type { Description, Details, Diagnostic, InputColumns, InputValue, OutputValue, VerificationReport } from "./types.js";

/** How a batch is written as records (docs/output-contract.md). */
export interface RecordOptions {
  /** Include OutputFields with isFinalResult="false". */
  allOutputs?: boolean;
  /** NDJSON: add "@details" to each row. */
  details?: boolean;
  /** CSV: begin with the line of names (the default). */
  header?: boolean;
}

/** Frees the memory of models that were dropped without `close()`: a net, not a plan. */
const dropped = new FinalizationRegistry<{ core: Core; session: Session }>(({ core, session }) => {
  if (!core.isBroken) session.delete();
});

const closed = (): ScoreletError => fault("closed", "This model was closed.");

/** A loaded model. Holds memory outside of JavaScript until `close()`, or the end of a `using` block. */
export class Model implements Disposable {
  readonly #core: Core;
  readonly #inbox: Inbox;
  readonly #plain: PlainRecord;
  readonly #description: Description;
  #session: Session | null;
  #calls = 0;

  /** Loads a model into the shared runtime, or into one of its own if `options.wasm` is given (`Runtime.loadModel`). */
  static async load(pmml: PmmlSource | PromiseLike<PmmlSource>, options: LoadOptions & { wasm?: WasmSource | PromiseLike<WasmSource> } = {}): Promise<Model> {
    const runtime = options.wasm === undefined ? Runtime.shared() : Runtime.load(options.wasm);
    const source = await pmml;  // while the module is compiled
    return (await runtime).loadModel(source, options);
  }

  /** @internal */
  static of(core: Core, session: Session): Model { return new Model(core, session); }

  private constructor(core: Core, session: Session) {
    this.#core = core;
    this.#session = session;
    this.#inbox = new Inbox(core.heap, session);
    this.#description = JSON.parse(core.run(() => session.describe())) as Description;
    this.#plain = new PlainRecord(core, session, this.#description);
    dropped.register(this, { core, session }, this);
  }

  /** Fields, results and metadata. */
  get description(): Description { return this.#description; }

  /** Scores one record. Never throws for what is in a valid record: see `Prediction.diagnostics`. */
  score(record: Readonly<Record<string, InputValue>>): Prediction {
    ++this.#calls;
    return this.#run((session) => {
      if (this.#plain.write(record)) {
        const isOk = this.#plain.score();
        return this.#prediction(session, isOk, this.#plain.hasUnknown ? this.#unknown(record) : []);
      }
      const { inputs } = this.#description;
      this.#inbox.begin(inputs.length, inputs.length * 32);
      inputs.forEach((field, i) => this.#inbox.value(i, field, record[field.name]));
      session.score(1, inputs.length, true);
      return this.#prediction(session, false, this.#unknown(record));
    });
  }

  /** A record to fill with numbers and to score again and again: faster than `score`. */
  record(): TypedRecord { return this.#run(() => new TypedRecord(this)); }

  /** @internal */
  get calls(): number { return this.#calls; }

  /** @internal */
  numberOf(text: string): number | undefined {
    return this.#run(() => this.#plain.numberOf(text));
  }

  /** @internal */
  scoreNumbers(inputs: Float64Array, results: Float64Array): boolean {
    if (!this.#session) throw closed();
    ++this.#calls;
    this.#plain.set(inputs);
    const isOk = this.#plain.score();
    this.#plain.get(results);
    return isOk;
  }

  /** @internal For what looks at the rows that were scored last. */
  within<T>(call: (core: Core, session: Session) => T): T { return this.#run((session) => call(this.#core, session)); }

  /** @internal */
  predictionOf(call: number): Prediction {
    return this.#run((session) => {
      this.#checkLast(call);
      return this.#prediction(session, false, []);
    });
  }

  /** Scores a batch: all columns have one length; inputs without a column are missing. */
  scoreColumns(columns: InputColumns): ColumnResult {
    return new ColumnResult(this.#description.results, this.scoreParts(columns));
  }

  /** @internal */
  scoreParts(columns: InputColumns): ResultParts {
    const notes = this.#unknown(columns);
    return this.#run((session) => {
      const rows = this.#scoreBatch(session, columns, false);
      return readColumns(this.#core, session, rows, this.#description.results, notes);
    });
  }

  /** Scores a batch and writes it as the command line does: NDJSON, one object per row, as UTF-8. */
  scoreToNdjson(columns: InputColumns, options: RecordOptions = {}): Uint8Array<ArrayBuffer> {
    return this.#run((session) => {
      const details = options.details ?? false;
      this.#scoreBatch(session, columns, details);
      return answerBytes(this.#core.heap, session.ndjson(options.allOutputs ?? false, details));
    });
  }

  /** Scores a batch and writes it as the command line does: CSV, one line per row, as UTF-8. */
  scoreToCsv(columns: InputColumns, options: RecordOptions = {}): Uint8Array<ArrayBuffer> {
    return this.#run((session) => {
      this.#scoreBatch(session, columns, false);
      return answerBytes(this.#core.heap, session.csv(options.allOutputs ?? false, options.header ?? true));
    });
  }

  /**
   * Asks why predictions are what they are, and what would change them. Load the model with `explains: true`. Lives
   * until `close()`, at the latest until that of the model.
   */
  inquire(background?: Records): Inquiry {
    const inquiry = this.#run((session) => Inquiry.of(this.#core, session));
    if (background) inquiry.setBackground(background);
    return inquiry;
  }

  /** Runs the document's own ModelVerification. */
  verify(): VerificationReport {
    const [records, fields, mismatches, findings, firstRecord] =
      this.#run((session) => answer(this.#core.heap, session.verify())) as [number, number, [number, string, string, string][], OutputValue, OutputValue];
    const list = diagnostics(findings);
    return {
      records, fields, passed: mismatches.length === 0 && list.length === 0, diagnostics: list,
      mismatches: mismatches.map(([record, field, expected, actual]) => ({ record, field, expected, actual })),
      firstRecord: named<string>(firstRecord),
    };
  }

  /** Whether results depend on earlier rows (Lag, baselines): the order of rows matters, and the model remembers them. */
  get isStateful(): boolean {
    return this.#run((session) => session.isStateful);
  }

  /** Forgets the rows seen so far. */
  reset(): void {
    this.#run((session) => session.reset());
  }

  /**
   * What the rows seen so far left behind, to go on elsewhere or later: the same document loaded with the same options
   * answers the rows that follow as this one would, on any host. The bytes hold values of the rows in the clear.
   */
  saveState(): Uint8Array<ArrayBuffer> {
    return this.#run((session) => answerBytes(this.#core.heap, session.saveState()));
  }

  /** Takes over what `saveState` gave. Any other bytes are refused with a ScoreletError; what was remembered then stays. */
  restoreState(bytes: Bytes): void {
    if (!isBytes(bytes)) throw fault("badArgument", "A saved state is given as bytes.");
    const state = view(bytes);
    const reasons = this.#run((session) => {
      this.#inbox.bytes(state);
      return diagnostics(answer(this.#core.heap, session.restoreState(state.length))[0]);
    });
    if (reasons.length) throw new ScoreletError(reasons);
  }

  /** Gives the memory back. Closing twice is harmless; any other use afterwards is an error. */
  close(): void {
    const session = this.#session;
    this.#session = null;
    dropped.unregister(this);
    if (session && !this.#core.isBroken) session.delete();
  }

  [Symbol.dispose](): void { this.close(); }

  #run<T>(call: (session: Session) => T): T {
    const session = this.#session;
    if (!session) throw closed();
    return this.#core.run(() => call(session));
  }

  #scoreBatch(session: Session, columns: InputColumns, details: boolean): number {
    const { inputs } = this.#description;
    const rows = rowsOf(columns);
    ++this.#calls;
    this.#inbox.begin(inputs.length, inputs.length * (rows * 8 + 64));
    inputs.forEach((field, i) => {
      const column = columns[field.name];
      if (column) this.#inbox.column(i, field, column);
    });
    session.score(rows, inputs.length, details);
    return rows;
  }

  /** What the last call answered; `isPlain`: the numbers say it all. */
  #prediction(session: Session, isPlain: boolean, notes: Diagnostic[]): Prediction {
    const { results } = this.#description;
    const call = this.#calls;
    const details = (): Details => this.#details(call);
    if (isPlain) return new Prediction(this.#plain.values(() => answer(this.#core.heap, session.record(0))), notes, details);
    const answers = answer(this.#core.heap, session.record(0));
    const values = Object.fromEntries(results.map(({ name }, i) => [name, answers[i] ?? null]));
    return new Prediction(values, [...diagnostics(answers[results.length]), ...notes], details);
  }

  #details(call: number): Details {
    const [predictedValue = null, predictedDisplayValue = null, entityId = null, probability, confidence, affinity, derived] =
      this.#run((session) => {
        this.#checkLast(call);
        return answer(this.#core.heap, session.details(0));
      });
    return {
      predictedValue, predictedDisplayValue, entityId,
      probability: named<number>(probability), confidence: named<number>(confidence), affinity: named<number>(affinity),
      derived: named(derived),
    };
  }

  #checkLast(call: number): void {
    if (call !== this.#calls) throw fault("badArgument", "More about a prediction must be asked for before the model scores again.");
  }

  /** Names that are neither inputs nor targets are pointed out: most often a slip, sometimes an id. */
  #unknown(record: object): Diagnostic[] {
    return Object.keys(record).filter((name) => !this.#plain.knows(name)).map((field) => ({
      code: "unknownField", severity: "warning", field, message: `The model has no input field "${field}"; its value is not used.`,
    }));
  }
}
