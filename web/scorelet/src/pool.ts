/**
 * Scores batches on several workers.
 *
 *     using pool = await ScoringPool.open(fetch("churn.pmml"));
 *     const result = await pool.scoreColumns({ age: Float64Array.of(38, 51), employment: ["Private", null] });
 *
 * @module
 */
/// <reference lib="esnext.disposable" preserve="true" />
import { rangeOf, rowsOf } from "./columns.js";
import { fault, ScoreletError } from "./error.js";
import { hostThreads, startThread, type Thread } from "./pool-thread.js";
import { ColumnResult, joinParts, type ResultParts } from "./results.js";
import type { LoadOptions } from "./runtime.js";
import { compileParts, document, type PmmlSource, type WasmSource } from "./source.js";
import type { Description, InputColumns } from "./types.js";

export interface PoolOptions extends LoadOptions {
  /** How many workers, 1 to 64; by default as many threads as the host runs at once, at most 8. Each holds the model. */
  workers?: number;
  /** The WebAssembly module, where it is not the `scorelet.wasm` beside this package's own code. */
  wasm?: WasmSource | PromiseLike<WasmSource>;
}

/** What is used of an `AbortSignal`. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(event: "abort", listen: () => void): void;
  removeEventListener(event: "abort", listen: () => void): void;
}

const MOST_WORKERS = 64;
const MOST_BY_DEFAULT = 8;
/** Rows that a worker gets at once: enough to be worth a message, few enough to share well and to need little memory. */
const LEAST_ROWS = 1024;
const MOST_ROWS = 65_536;

/** One model in several workers, which live until `close()`, or the end of a `using` block. */
export class ScoringPool implements Disposable {
  /** Fields, results and metadata: `Model.description`. */
  readonly description: Description;
  /** How many workers there are. */
  readonly workers: number;
  readonly #threads: readonly Thread[];
  readonly #idle: Thread[];
  /** Ranges that wait for a worker, in order. */
  readonly #queue: ((thread: Thread) => void)[] = [];
  /** By call of `scoreColumns`: ends it before its time. */
  readonly #running = new Set<(reason: unknown) => void>();
  #closed: ScoreletError | undefined;

  /**
   * Starts the workers and loads the document in each. One that is refused rejects as `Model.load` does; so does a model
   * that remembers earlier rows (Lag, baselines): it needs one `Model` that sees them all in order.
   */
  static async open(pmml: PmmlSource | PromiseLike<PmmlSource>, options: PoolOptions = {}): Promise<ScoringPool> {
    const { workers = Math.min(await hostThreads(), MOST_BY_DEFAULT), wasm: source, ...loadOptions } = options;
    if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS) {
      throw fault("badArgument", `The number of workers must be a whole number from 1 to ${MOST_WORKERS}, not ${workers}.`);
    }
    const [wasm, bytes] = await Promise.all([compileParts(source), document(pmml)]);
    const threads = await Promise.all(Array.from({ length: workers }, startThread));
    try {
      const load = { wasm, pmml: bytes, options: loadOptions };
      const [first] = await Promise.all(threads.map((thread) => thread.ask({ load })));
      const { description, isStateful } = first!.loaded!;
      if (isStateful) {
        throw fault("badArgument", "The model remembers earlier rows (Lag, baselines), which must be scored in order: use a Model.");
      }
      return new ScoringPool(threads, description);
    } catch (error) {
      for (const thread of threads) thread.end();
      throw error;
    }
  }

  private constructor(threads: readonly Thread[], description: Description) {
    this.#threads = threads;
    this.#idle = [...threads];
    this.workers = threads.length;
    this.description = description;
  }

  /**
   * Scores a batch: `Model.scoreColumns`, with the same answer to the bit. Nothing that is given is changed; what it holds
   * is copied for the workers range by range, so it must stay as it is until the promise is settled. Typed arrays and
   * `{codes, dictionary}` cost the least. Calls may overlap; they are served in order.
   *
   * @param options.signal Rejects with `signal.reason`; what workers have begun they end, unheard.
   */
  async scoreColumns(columns: InputColumns, { signal }: { signal?: AbortSignalLike } = {}): Promise<ColumnResult> {
    if (this.#closed) throw this.#closed;
    if (signal?.aborted) throw signal.reason;
    const rows = rowsOf(columns);
    let isEnded = false;
    let end!: (reason: unknown) => void;
    const ended = new Promise<never>((_, reject) => { end = reject; });
    const abort = (): void => end(signal?.reason);
    this.#running.add(end);
    signal?.addEventListener("abort", abort);
    try {
      const parts = await Promise.race([ended, this.#scoreRanges(columns, rows, () => isEnded)]);
      return new ColumnResult(this.description.results, joinParts(parts));
    } finally {
      isEnded = true;
      this.#running.delete(end);
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Ends the workers; calls that are running reject. Closing twice is harmless. */
  close(): void {
    this.#end(fault("closed", "This pool was closed."));
  }

  [Symbol.dispose](): void { this.close(); }

  #end(closed: ScoreletError, reason = closed): void {
    this.#closed ??= closed;
    for (const thread of this.#threads) thread.end();
    for (const end of this.#running) end(reason);
    this.#queue.length = 0;
  }

  async #scoreRanges(columns: InputColumns, rows: number, isEnded: () => boolean): Promise<ResultParts[]> {
    const size = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, Math.ceil(rows / this.workers)));
    const parts: ResultParts[] = [];
    let failed: { range: number; error: unknown } | undefined;
    const score = async (range: number): Promise<void> => {
      const thread = await this.#take();
      try {
        if (failed || isEnded()) return;
        const { columns: part, buffers } = rangeOf(columns, range * size, Math.min((range + 1) * size, rows));
        parts[range] = (await thread.ask({ score: part }, buffers)).parts!;
      } catch (error) {
        // The first in the order of rows: those before it have begun and will be heard.
        if (!failed || range < failed.range) failed = { range, error };
        this.#closeIfBroken(error);
      } finally {
        this.#give(thread);
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, Math.ceil(rows / size)) }, (_, range) => score(range)));
    if (failed) throw failed.error;
    return parts;
  }

  #take(): Promise<Thread> {
    const thread = this.#idle.pop();
    return thread ? Promise.resolve(thread) : new Promise((resolve) => { this.#queue.push(resolve); });
  }

  #give(thread: Thread): void {
    const next = this.#queue.shift();
    if (next) next(thread);
    else this.#idle.push(thread);
  }

  /** A worker that has died or run out of memory cannot go on, and the pool not without it. */
  #closeIfBroken(error: unknown): void {
    if (!(error instanceof ScoreletError) || !["workerFailed", "outOfMemory"].includes(error.diagnostics[0]!.code)) return;
    this.#end(fault("closed", "This pool stopped at an earlier error and has to be opened anew.", { cause: error }), error);
  }
}
