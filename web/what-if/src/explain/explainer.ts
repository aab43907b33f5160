// An engine of its own for explanations, started when one is first wanted: however long they take, predictions never wait
// for them, and a question is cancelled by ending the engine.
import type { BackgroundNote, ContributionOptions, Quantity, WasmModule } from "scorelet";
import { Engine } from "../engine/engine.ts";
import type { Ask, Asks, Contributed, Row } from "../engine/protocol.ts";
import type { Background } from "./background.ts";

const observed = new Set<BackgroundNote["source"]>(["frequencies", "histogram", "quantiles", "normal"]);

export class Explainer {
  #engine: Promise<Engine> | null = null;
  #background: Background | null = null;
  #isObserved = false;
  readonly #others: Explainer[] = [];
  /** Called with contributions that are as good as they get. */
  onContributions: (record: Row, quantity: Quantity | undefined, found: Contributed) => void = () => {};

  constructor(
    private readonly compiled: () => WasmModule | null,
    private readonly document: Blob,
  ) {}

  /** The records that answers compare with. */
  get background(): Background | null {
    return this.#background;
  }

  /** Whether made records follow what the model says of its training data, and not of valid values alone. */
  get isObserved(): boolean {
    return this.#isObserved;
  }

  set background(background: Background | null) {
    this.#background = background;
    this.#endOwn();
  }

  async contributions(record: Row, options: ContributionOptions, compared: "some" | "all" = "all"): Promise<Contributed> {
    const found = await (await (this.#engine ??= this.#begun())).contributions(record, options, compared);
    if (found.cases === found.of) this.onContributions(record, options.quantity, found);
    return found;
  }

  async ask<A extends Ask>(ask: A, ...of: Parameters<Asks[A]>): Promise<ReturnType<Asks[A]>> {
    return (await (this.#engine ??= this.#begun())).ask(ask, ...of);
  }

  /** For questions that may be cancelled without ending any others. */
  another(): Explainer {
    const other = new Explainer(this.compiled, this.document);
    other.#background = this.#background;
    this.#others.push(other);
    other.onContributions = (...found) => this.onContributions(...found);
    return other;
  }

  /** Whatever it is doing; the next question begins anew. */
  end(): void {
    this.#endOwn();
    for (const other of this.#others) other.end();
  }

  #endOwn(): void {
    this.#engine?.then((engine) => engine.end()).catch(() => {});
    this.#engine = null;
  }

  async #begun(): Promise<Engine> {
    const engine = new Engine(this.compiled());
    try {
      const { rows, from } = this.#background!;
      const notes = await engine.inquire(this.document, from === "gallery" || from === "file" ? rows : from);
      this.#isObserved = notes.some(({ source }) => observed.has(source));
    } catch (error) {
      engine.end();
      throw error;
    }
    return engine;
  }
}
