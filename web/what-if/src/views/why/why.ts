// Why the prediction is what it is. Asked after every prediction and a moment of rest, in an engine of its own; what is
// shown is out of date from the moment that the case has moved on, and dimmed if it stays so.
import type { InputField, Quantity, Trace } from "scorelet";
import type { Answer, ClassChance } from "../../answer.ts";
import { h, setAttribute, setHidden, setText } from "../../dom.ts";
import { kindOf } from "../../domain.ts";
import { EngineError } from "../../engine/engine.ts";
import type { Contributed, Row } from "../../engine/protocol.ts";
import { Questions } from "../../engine/questions.ts";
import { readTable, type Background } from "../../explain/background.ts";
import { alongOf, gridOf, isStepped, pairsOf, pointsOf, wordsOf } from "../../explain/curve.ts";
import { isDirect } from "../../explain/direct.ts";
import type { Explainer } from "../../explain/explainer.ts";
import { sampleOf } from "../../explain/sample.ts";
import { measureOf, type Measure } from "../../explain/measure.ts";
import { backgroundFor } from "../../explain/sources.ts";
import { letGo } from "../../pressed.ts";
import type { Session } from "../../session.ts";
import { t } from "../../texts.ts";
import { chanceOf } from "../../verdict.ts";
import { againstChooser, againstText } from "./against.ts";
import { CurveView, type Found } from "./curve.ts";
import { TornadoView } from "./tornado.ts";
import { TraceView } from "./trace.ts";
import { WaterfallView } from "./waterfall.ts";
import { WaysView } from "./ways.ts";

const evaluations = 40_000; // mixed records scored at most, where contributions are sampled
const rest = 60; // ms without a change before anything is asked
const patience = 90; // ms that what is old may stand as if it were not
const points = 161;
const behind = 61; // points of the grey lines
const others = 14;

interface Part {
  readonly root: HTMLElement;
}

interface Question {
  record: Row;
  measure: Measure;
  result: number;
}

export class WhyView {
  readonly root: HTMLElement;
  readonly #waterfall: WaterfallView;
  readonly #curve: CurveView;
  readonly #tornado: TornadoView;
  readonly #ways: WaysView;
  readonly #trace: TraceView;
  readonly #note = h("p", { class: "note plain asking", role: "status" });
  readonly #questions: Questions<Question, void>;
  readonly #behind = new Map<string, Promise<unknown>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #question: Question | null = null;
  /** The case has moved on since that was asked. */
  #isPast = false;
  /** What the curve, and what the contributions on show are about. */
  #shown = "";
  #explained = "";
  #isFirst = true;
  /** Contributions take no time: they are asked before what the reader sees below them. */
  #isDirect = false;
  /** Compares with all records, and what it is about while it does. */
  #patient: Explainer | null = null;
  #refined: Question | null = null;
  #isAtRest = true;
  #dimming: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    say: (sentence: string) => void,
  ) {
    const { case: theCase, explainer } = session;
    const fields = theCase.fields.filter((f) => f.isUsed && !["list", "text"].includes(kindOf(f)));
    this.#waterfall = new WaterfallView(theCase, againstChooser((file) => void this.#take(file)));
    this.#tornado = new TornadoView(theCase);
    this.#curve = new CurveView(theCase, fields, () => this.#ask());
    this.#ways = new WaysView(theCase, fields, explainer, say);
    this.#trace = new TraceView(theCase, () => this.#ask());
    const duo = h("div", { class: "duo" }, this.#curve.root, this.#tornado.root);
    this.root = h("div", { class: "why", hidden: true, "aria-busy": "true" }, this.#note, this.#waterfall.root, duo, this.#ways.root, this.#trace.root);
    for (const part of this.#parts) part.root.hidden = true;
    session.reasons = () => (this.#isExplained ? this.#waterfall.reasons : null);
    this.#questions = new Questions({
      ask: (question) => this.#answer(question),
      answered: () => this.#showBusy(this.#isPast || this.#questions.isOpen),
      failed: (error) => {
        explainer.end();
        this.#fail(error);
      },
    });
  }

  get #parts() {
    return [this.#waterfall, this.#curve, this.#tornado, this.#ways, this.#trace];
  }

  /** Whether the contributions on show are about the case as it is. */
  get #isExplained(): boolean {
    const question = this.#question;
    return !!question && this.#explained === this.#key({ ...question, record: this.session.case.record }, undefined);
  }

  /** The case has moved on: what is shown is about the one before. */
  changed(): void {
    this.#isAtRest = false;
    this.#isPast = true;
    this.#showBusy(true);
    this.#stopRefining();
    for (const part of this.#parts) {
      if (part === this.#curve && this.#isAlong()) becomeNew(part);
      else this.#becomeOld(part);
    }
    this.#ways.forget();
  }

  /** The newest prediction; null if there is none. */
  answered(answer: Answer | null, focus: ClassChance | undefined): void {
    const measure = answer && !this.session.opened.isStateful ? measureOf(answer, focus, this.session.start) : null;
    clearTimeout(this.#timer);
    this.#questions.drop();
    const result = answer && resultOf(answer, focus);
    this.#question = measure && result !== null ? { record: this.session.case.record, measure, result } : null;
    this.#isPast = false;
    this.#showBusy(this.#question !== null);
    setHidden(this.root, !this.#question); // what cannot be predicted cannot be explained
    if (!this.#question) return;
    if (this.#isAlong()) this.#curve.move(result);
    this.#timer = setTimeout(() => this.#ask(), rest);
  }

  settle(): void {
    this.#isAtRest = true;
    this.#waterfall.settle();
    this.#tornado.settle();
  }

  #ask(): void {
    if (!this.#question) return;
    this.#showBusy(true);
    this.#questions.ask(this.#question);
  }

  /** What takes long comes last, and only if nothing newer is asked by then. */
  async #answer(question: Question): Promise<void> {
    const { explainer } = this.session;
    const { record, measure, result } = question;
    await letGo(this.root);
    if (this.#isFirst) setText(this.#note, t.why.asking);
    const background = (explainer.background ??= await this.#showable(backgroundFor(this.session)));
    const isNewest = () => this.#isNewest(question);
    if (this.#isDirect) await this.#contributions(question, background);
    if (!isNewest()) return;

    const tornado = await this.#showable(explainer.ask("tornado", record, { quantity: measure.quantity }));
    if (this.#isFirst && tornado.fields[0])
      for (const part of [this.#curve, this.#ways]) part.choose(tornado.fields[0].field);
    this.#isFirst = false;
    if (!isNewest()) return;
    this.#tornado.root.hidden = !tornado.fields.length;
    this.#tornado.update(measure, tornado);
    becomeNew(this.#tornado);

    const field = this.#curve.field;
    const found = field && (await this.#showable(this.#along(field, record, measure.quantity)));
    if (!isNewest()) return;
    this.#curve.root.hidden = !found;
    if (found) this.#curve.update(found, measure, measure.isChance ? this.session.limit : null);
    this.#shown = this.#key(question, field);
    becomeNew(this.#curve);
    this.#ways.root.hidden = !tornado.fields.length || !this.#curve.field; // a text of words has no other value to look for
    this.#ways.update({ record, measure, now: result }, measure.isChance ? this.session.limit : null);
    becomeNew(this.#ways);

    this.#trace.root.hidden = false;
    if (this.#trace.isOpen) {
      const { trace, isBefore } = await this.#showable(this.#traced(question));
      if (!isNewest()) return;
      this.#trace.update(trace, measure, result, isBefore);
    }
    becomeNew(this.#trace);

    await this.#contributions(question, background);
    if (isNewest()) setText(this.#note, "");
  }

  async #contributions(question: Question, background: Background): Promise<void> {
    if (this.#explained !== this.#key(question, undefined)) {
      const { record, measure } = question;
      const { explainer } = this.session;
      const explanation = await this.#showable(explainer.contributions(record, { quantity: measure.quantity, evaluations }, "some"));
      if (!this.#isNewest(question)) return;
      this.#isDirect = isDirect(explanation);
      this.#waterfall.root.hidden = false;
      this.#showContributions(question, background, explanation);
      if (explanation.cases < explanation.of) void this.#refine(question, background);
    }
    becomeNew(this.#waterfall);
  }

  #showContributions(question: Question, background: Background, explanation: Contributed): void {
    const { isObserved } = this.session.explainer;
    const against = againstText(background, isObserved, explanation.cases, explanation.of);
    this.#waterfall.update({ measure: question.measure, explanation, against });
    this.#explained = this.#key(question, undefined);
  }

  /** Compares with all records: in an engine of its own, since that takes longer than a reader waits. */
  async #refine(question: Question, background: Background): Promise<void> {
    const patient = (this.#patient ??= this.session.explainer.another());
    const { record, measure } = question;
    this.#refined = question;
    try {
      const explanation = await this.#showable(patient.contributions(record, { quantity: measure.quantity, evaluations: 5 * evaluations }));
      if (!this.#isNewest(question)) return;
      this.#showContributions(question, background, explanation);
      if (this.#isAtRest) this.#waterfall.settle();
    } catch {
      // It was ended, since the reader has moved on.
    } finally {
      if (this.#refined === question) this.#refined = null;
    }
  }

  #isNewest(question: Question): boolean {
    return this.#question === question && !this.#isPast;
  }

  /** An answer, or that there is none, once what it moves is not being pressed. */
  async #showable<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } finally {
      await letGo(this.root);
    }
  }

  #showBusy(busy: boolean): void {
    setAttribute(this.root, "aria-busy", String(busy));
  }

  /** Nobody waits any more for what is being refined. */
  #stopRefining(): void {
    if (this.#refined) this.#patient?.end();
    this.#refined = null;
  }

  /** Of what a link function turns into the number, where there is such; else of the number. */
  async #traced({ record, measure, result }: Question): Promise<{ trace: Trace; isBefore: boolean }> {
    const { explainer } = this.session;
    const { name } = measure.quantity;
    try {
      const trace = await explainer.ask("trace", record, { quantity: { kind: "margin", ...(name !== undefined && { name }) } });
      return { trace, isBefore: trace.value !== null && Math.abs(trace.value - result) > 1e-9 * Math.abs(result) };
    } catch {
      return { trace: await explainer.ask("trace", record, { quantity: measure.quantity }), isBefore: false };
    }
  }

  async #along(field: InputField, record: Row, quantity: Quantity): Promise<Found | null> {
    const { explainer, case: theCase } = this.session;
    const rows = explainer.background?.rows ?? [];
    const along = this.#curve.held ?? alongOf(field, rows, theCase.get(field.name));
    if (!along) {
      const words = wordsOf(field, rows);
      if (words.length < 2) return null;
      const own = await explainer.ask("curve", record, field.name, { quantity, values: words });
      const average = await this.#once(["words", field.name, quantity], () =>
        explainer.ask("partialDependence", field.name, { quantity, values: words }),
      );
      return { kind: "words", field, words, own, average };
    }
    const axis = gridOf(along, points),
      pairs = pairsOf(along);
    const found = await explainer.ask("curve", record, field.name, { quantity, values: [...axis, ...pairs] });
    const stepped = isStepped(found.quantity.slice(axis.length), found.quantity.slice(0, axis.length));
    const coarse = gridOf(along, behind);
    const [average, ...lines] = await this.#once([field.name, quantity, along], () =>
      Promise.all([
        explainer.ask("partialDependence", field.name, { quantity, values: coarse }),
        ...sampleOf(rows, others).map((row) => explainer.ask("curve", row, field.name, { quantity, values: coarse })),
      ]),
    );
    return {
      kind: "numbers",
      field,
      along,
      lines: {
        own: pointsOf(found, axis),
        stepped,
        average: pointsOf(average!, coarse),
        others: lines.map((line) => pointsOf(line, coarse)),
      },
    };
  }

  /** What does not depend on the case is asked once. */
  #once<T>(key: unknown, ask: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    let found = this.#behind.get(name) as Promise<T> | undefined;
    if (!found) {
      this.#behind.set(name, (found = ask()));
      found.catch(() => this.#behind.delete(name));
    }
    return found;
  }

  /** Compares with a file of the reader's own from now on. */
  async #take(file: File): Promise<void> {
    const rows = readTable(new Uint8Array(await file.arrayBuffer()), this.session.case.fields);
    if (!rows) return setText(this.#note, t.why.noTable(file.name));
    this.#stopRefining();
    this.session.explainer.background = { rows, from: "file", name: file.name };
    this.#patient?.end();
    this.#patient = null;
    this.#behind.clear();
    this.#explained = "";
    for (const part of this.#parts) this.#becomeOld(part);
    this.#ask();
  }

  /** Not dimmed at once: that would have the compositor find its layers anew in the frame of each change. */
  #becomeOld({ root }: Part): void {
    setAttribute(root, "aria-busy", "true");
    this.#dimming ??= setTimeout(() => {
      this.#dimming = undefined;
      for (const part of this.#parts) part.root.classList.toggle("old", part.root.getAttribute("aria-busy") === "true");
    }, patience);
  }

  #fail(error: unknown): void {
    this.#showBusy(false);
    for (const part of this.#parts) part.root.hidden = true;
    const reasons = error instanceof EngineError ? error.diagnostics.map((d) => d.message) : [];
    setText(this.#note, t.why.failed(reasons.join(" ") || (error instanceof Error ? error.message : String(error))));
  }

  /** Whether the curve on show is about the case as it is, wherever its own field is. */
  #isAlong(): boolean {
    const measure = this.#question?.measure;
    return !!measure && this.#shown === this.#key({ record: this.session.case.record, measure, result: 0 }, this.#curve.field);
  }

  #key({ record, measure }: Question, field: InputField | undefined): string {
    return JSON.stringify([field?.name, measure.quantity, { ...record, ...(field && { [field.name]: null }) }]);
  }
}

function becomeNew({ root }: Part): void {
  setAttribute(root, "aria-busy", "false");
  root.classList.remove("old");
}

const resultOf = (answer: Answer, focus: ClassChance | undefined): number | null =>
  (focus ? chanceOf(answer, focus) : undefined) ?? (typeof answer.predicted === "number" ? answer.predicted : null);
