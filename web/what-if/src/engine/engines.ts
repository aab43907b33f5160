// Every open model has an engine of its own: opening another can then be cancelled, or fail, without harm to the one
// that is open. The engine of the next model is started ahead, so that opening is quick and needs no network.
import { Engine } from "./engine.ts";
import type { Opened, Progress, Source } from "./protocol.ts";

export class Engines {
  #module: WebAssembly.Module | null = null;
  #next = this.#begun();

  /** Opens a model in an engine that is the caller's until `giveBack`. `signal` cancels. */
  async open(
    source: Source,
    progress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<{ engine: Engine; opened: Opened }> {
    const engine = await this.#next.catch((error: unknown) => {
      this.#next = this.#begun();
      throw error;
    });
    signal.throwIfAborted();
    this.#module = engine.module;
    const cancel = () => {
      engine.end();
      this.#next = this.#begun();
    };
    signal.addEventListener("abort", cancel);
    try {
      const opened = await engine.load(source, progress);
      this.#next = this.#begun();
      return { engine, opened };
    } catch (error) {
      if (!engine.isAlive && !signal.aborted) this.#next = this.#begun();
      throw error;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Ends an engine, unless no other could be started (without the network, say): then it serves again. */
  giveBack(engine: Engine): void {
    this.#next = this.#next.then(
      (next) => (engine.end(), next),
      () => engine,
    );
  }

  /** A failure is told when a model is opened. */
  #begun(): Promise<Engine> {
    const engine = Engine.start(this.#module);
    engine.catch(() => {});
    return engine;
  }
}
