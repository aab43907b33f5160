// Every open model has an engine of its own: opening another can then be cancelled, or fail, without harm to the one
// that is open. The engine of the next model is started ahead, so that opening is quick and needs no network.
import { Engine } from "./engine.ts";
import type { Opened, Progress, Source } from "./protocol.ts";

export class Engines {
  #module: WebAssembly.Module | null = null;
  #next: Promise<Engine>;

  /** `module` is being compiled, or null where it could not be: then each engine tries for itself, and tells. */
  constructor(module: Promise<WebAssembly.Module | null>) {
    this.#next = Promise.resolve(new Engine(module));
  }

  /** Opens a model in an engine that is the caller's until `giveBack`. `signal` cancels. */
  async open(
    source: Source,
    progress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<{ engine: Engine; opened: Opened }> {
    const engine = await this.#next;
    if (!engine.isAlive) this.#begin();
    signal.throwIfAborted();
    const cancel = () => {
      engine.end();
      this.#begin();
    };
    signal.addEventListener("abort", cancel);
    try {
      const opened = await engine.load(source, progress);
      this.#module = engine.module;
      this.#begin();
      return { engine, opened };
    } catch (error) {
      if (!engine.isAlive && !signal.aborted) this.#begin();
      throw error;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Ends an engine, unless no other could be started (without the network, say): then it serves again. */
  giveBack(engine: Engine): void {
    this.#next = this.#next.then(async (next) => {
      const isThere = await next.started.then(
        () => true,
        () => false,
      );
      if (!isThere) return engine;
      engine.end();
      return next;
    });
  }

  /** A failure is told when a model is opened. */
  #begin(): void {
    this.#next = Promise.resolve(new Engine(this.#module));
  }
}
