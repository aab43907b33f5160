// <scorelet-whatif src="model.pmml">: the form and the prediction of a model inside any page, and why, with `explain`.
import type { Diagnostic, InputValue, OutputValue } from "scorelet";
import type { Answer } from "../answer.ts";
import { h, messageNodes } from "../dom.ts";
import { readValue } from "../domain.ts";
import { compiled } from "../engine/compiled.ts";
import { Engine, EngineError } from "../engine/engine.ts";
import { fileNameIn } from "../locate.ts";
import { namesIn, strangeAmong } from "../named.ts";
import { explain } from "../refusal.ts";
import { Session } from "../session.ts";
import { languageOf, speak, t, type Message } from "../texts.ts";
import { Board } from "./board.ts";
import { sheetOf, sheetWith, type Theme } from "./sheet.ts";

/** What the events tell, and the properties of the same names. */
export interface Results {
  prediction: OutputValue;
  probabilities: Record<string, number>;
  outputs: Record<string, OutputValue>;
}

export class ScoreletWhatIf extends HTMLElement {
  static readonly observedAttributes = ["src", "fields", "theme", "lang", "explain", "background"];
  readonly #root = this.attachShadow({ mode: "open" });
  #engine: Engine | null = null;
  #session: Session | null = null;
  #board: Board | null = null;
  #attempt = 0;
  #more: CSSStyleSheet[] = []; // styles of what was loaded since

  connectedCallback(): void {
    this.#dress();
    void this.#open();
  }

  disconnectedCallback(): void {
    this.#close();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected || before === now) return;
    if (name === "theme") this.#dress();
    else if (name === "src") void this.#open();
    else if (name === "background" && this.#session) this.#compareAnew();
    else void this.#show();
  }

  /** The case as it is, by field. */
  get inputs(): Record<string, InputValue> {
    return this.#session?.case.record ?? {};
  }

  get results(): Results | null {
    return this.#session ? resultsOf(this.#session.answer) : null;
  }

  /** Changes one field, as a reader would; null takes its value away. */
  setInput(name: string, value: string | number | boolean | null): void {
    const field = this.#session?.case.fields.find((f) => f.name === name);
    if (!field) throw new Error(`No field is called ${name}.`);
    this.#session!.case.set(name, value === null ? null : readValue(field, String(value)), name);
  }

  async #open(): Promise<void> {
    this.#close();
    const attempt = this.#attempt;
    const src = this.getAttribute("src");
    if (!src) return;
    await speak(languageOf(this.lang || (this.closest("[lang]") as HTMLElement | null)?.lang || ""));
    if (attempt !== this.#attempt) return;
    this.#root.replaceChildren(h("p", { class: "card", role: "status" }, t.open.working));
    const url = new URL(src, document.baseURI);
    const engine = new Engine(compiled());
    try {
      this.#engine = engine;
      const opened = await engine.load(url.href, () => {});
      const session = await Session.begin(engine, opened, { fileName: fileNameIn(url.pathname), address: url.href });
      if (attempt !== this.#attempt) return engine.end();
      this.#begin(session, attempt);
    } catch (error) {
      this.#fail(attempt, error);
    }
  }

  #begin(session: Session, attempt: number): void {
    this.#session = session;
    session.case.keepsScenarios = false;
    session.onFailure = (error) => this.#fail(attempt, error);
    session.onAnswer((answer) => answer && this.#tell("scorelet-change", this.#state(answer)));
    session.explainer.onContributions = (inputs, quantity, { base, records: [record] }) =>
      this.#tell("scorelet-explained", { inputs, quantity, base, ...record });
    this.#board?.close();
    this.#place();
    const fields = session.case.fields.map((f) => f.name);
    this.#tell("scorelet-ready", { name: session.name, fields, ...this.#state(session.answer) });
  }

  /** Shows the open model anew: other fields, another language. */
  async #show(): Promise<void> {
    await speak(languageOf(this.lang));
    if (this.#session) this.#place();
  }

  #place(): void {
    const only = namesIn(this.getAttribute("fields"));
    const strange = strangeAmong(only, this.#session!.case.fields);
    this.#board?.close();
    this.#board = null;
    if (strange) return this.#refuse(strange); // until `fields` is another one
    const why = this.hasAttribute("explain") ? () => this.#why() : null;
    this.#board = new Board(this.#session!, only, why);
    this.#root.replaceChildren(this.#board.root);
  }

  /** Explanations, with the cases of `background` to compare with, if it names any. */
  async #why() {
    const { WhyView, styles, backgroundAt } = await import("./why.ts");
    const session = this.#session!;
    const address = this.getAttribute("background");
    if (address !== null) session.explainer.background = await backgroundAt(new URL(address, document.baseURI).href, session.case.fields);
    if (!this.#more.length) this.#more.push(sheetWith(styles));
    this.#dress();
    return WhyView;
  }

  #compareAnew(): void {
    this.#session!.explainer.background = null;
    this.#place();
  }

  #dress(): void {
    this.#root.adoptedStyleSheets = [sheetOf((this.getAttribute("theme") ?? "auto") as Theme), ...this.#more];
  }

  #close(): void {
    this.#attempt++;
    this.#board?.close();
    this.#session?.close();
    this.#engine?.end();
    this.#engine = this.#session = this.#board = null;
    this.#root.replaceChildren();
  }

  #fail(attempt: number, error: unknown): void {
    if (attempt !== this.#attempt) return;
    const diagnostics = error instanceof EngineError ? error.diagnostics : [];
    const reason: Message = diagnostics.length
      ? explain(diagnostics)
      : { head: t.refused.unread, text: t.refused.unreachable };
    this.#close();
    this.#refuse(reason, diagnostics);
  }

  #refuse(reason: Message, diagnostics: readonly Diagnostic[] = []): void {
    this.#root.replaceChildren(h("p", { class: "card note act", role: "alert" }, ...messageNodes(reason)));
    this.#tell("scorelet-error", { message: reason.head, text: reason.text, diagnostics });
  }

  #state(answer: Answer): { inputs: Record<string, InputValue>; results: Results } {
    return { inputs: this.inputs, results: resultsOf(answer) };
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

const resultsOf = (answer: Answer): Results => ({
  prediction: answer.predicted,
  probabilities: Object.fromEntries(answer.classes.map((c) => [c.value, c.chance])),
  outputs: Object.fromEntries(answer.outputs.map(({ field, value }) => [field.name, value])),
});

if (!customElements.get("scorelet-whatif")) customElements.define("scorelet-whatif", ScoreletWhatIf);
