// An open model: its document is read and checked in a worker, ranges are scored in others, and explanations have one of
// their own. Each is started when it is first needed.
import { type ColumnResult, type ContributionOptions, type Description, type InputColumns, type Model, type OutputValue, Runtime, type VerificationReport } from "scorelet";
import { ScoringPool } from "scorelet/pool";
import type { Engine } from "../../../../web/what-if/src/engine/engine.ts";
import type { Engines } from "../../../../web/what-if/src/engine/engines.ts";
import type { Ask, Asks, Contributed, Opened, Progress, Row } from "../../../../web/what-if/src/engine/protocol.ts";
import { enough } from "../../../../web/what-if/src/explain/background.ts";
import { Explainer } from "../../../../web/what-if/src/explain/explainer.ts";
import { Session } from "../../../../web/what-if/src/session.ts";
import type { StoredModel } from "./part.ts";
import type { Subject } from "./subject.ts";

/** Excel needs a core for itself, and every worker holds the model. */
const workers = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));

const manyCompared = 4; // engines with records of the reader's own

export class Loaded implements Subject {
  localNow: Model | null = null;
  readonly #explainer: Explainer;
  readonly #compared: { key: string; explainer: Explainer }[] = [];
  #local: Promise<Model> | null = null;
  #pool: Promise<ScoringPool> | null = null;
  #session: Promise<Session> | null = null;

  static async open(stored: StoredModel, document: Uint8Array<ArrayBuffer>, engines: Engines, tell: (progress: Progress) => void = () => {}): Promise<Loaded> {
    const { engine, opened } = await engines.open(new Blob([document]), tell, new AbortController().signal);
    return new Loaded(stored, document, engine, opened);
  }

  private constructor(
    private stored: StoredModel,
    readonly document: Uint8Array<ArrayBuffer>,
    private readonly engine: Engine,
    readonly opened: Opened,
  ) {
    this.#explainer = new Explainer(() => engine.module, opened.document);
    const checks = opened.report?.records ?? 0;
    this.#explainer.background = { rows: [], from: checks >= enough ? "verification" : "description", name: "" };
  }

  /** Under the name that it is kept by. */
  named(stored: StoredModel): this {
    this.stored = stored;
    return this;
  }

  get name(): string {
    return this.stored.name;
  }
  get sha256(): string {
    return this.stored.sha256;
  }
  get size(): number {
    return this.stored.size;
  }
  get description(): Description {
    return this.opened.description;
  }
  get report(): VerificationReport | null {
    return this.opened.report;
  }
  get isStateful(): boolean {
    return this.opened.isStateful;
  }

  async scoreColumns(columns: InputColumns, signal?: AbortSignal): Promise<ColumnResult> {
    const opening = (this.#pool ??= ScoringPool.open(this.document, { workers, wasm: this.engine.module! }));
    try {
      return await (await opening).scoreColumns(columns, signal ? { signal } : {});
    } catch (error) {
      // A pool that has ended is no use for the next call.
      if (!signal?.aborted && this.#pool === opening) this.#endPool();
      throw error;
    }
  }

  local(): Promise<Model> {
    this.#local ??= this.#load().then((model) => (this.localNow = model));
    this.#local.catch(() => (this.#local = null));
    return this.#local;
  }

  async forecast(record: Row, steps: number): Promise<Record<string, OutputValue>> {
    const model = await this.#load(steps);
    try {
      return model.score(record).values;
    } finally {
      model.close();
    }
  }

  contributions(record: Row, options: ContributionOptions, compared: readonly Row[] = []): Promise<Contributed> {
    return (compared.length ? this.#explainerWith(compared) : this.#explainer).contributions(record, options);
  }

  ask<A extends Ask>(ask: A, ...of: Parameters<Asks[A]>): Promise<ReturnType<Asks[A]>> {
    return this.#explainer.ask(ask, ...of);
  }

  /** The model and one case of it, for the pane. */
  session(): Promise<Session> {
    return (this.#session ??= this.another());
  }

  /** The same model with a case of its own. */
  another(): Promise<Session> {
    return Session.begin(this.engine, this.opened, { fileName: this.name, address: null });
  }

  close(): void {
    this.localNow?.close();
    this.#endPool();
    this.#explainer.end();
    this.#session?.then((session) => session.close()).catch(() => {});
    this.engine.end();
  }

  /** Cells of a column compare with the same range: its engine is kept. */
  #explainerWith(rows: readonly Row[]): Explainer {
    const key = JSON.stringify(rows);
    let found = this.#compared.find((entry) => entry.key === key);
    if (!found) {
      const explainer = this.#explainer.another();
      explainer.background = { rows, from: "file", name: "" };
      found = { key, explainer };
      this.#compared.push(found);
      if (this.#compared.length > manyCompared) this.#compared.shift()!.explainer.end();
    }
    return found.explainer;
  }

  async #load(horizon?: number): Promise<Model> {
    return (await runtimeOf(this.engine.module!)).loadModel(this.document, horizon === undefined ? {} : { horizon });
  }

  #endPool(): void {
    this.#pool?.then((pool) => pool.close()).catch(() => {});
    this.#pool = null;
  }
}

let runtime: Promise<Runtime> | null = null;

const runtimeOf = (module: WebAssembly.Module): Promise<Runtime> => (runtime ??= Runtime.load(module));
