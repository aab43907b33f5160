// Every open model has an engine of its own: opening another can then be cancelled, or fail, without harm to the one
// that is open. The engine of the next model is started ahead, so that opening is quick and needs no network.
import type { WasmModule } from "scorelet";
import { Engine } from "./engine.ts";
import type { Opened, Progress, Source } from "./protocol.ts";

const patience = 500; // ms after a model has opened: its first prediction comes before an engine for the next one

export class Engines {
  #module: WasmModule | null | Promise<WasmModule | null>;
  #next: Promise<Engine> | null = null;

  /** `module` is being compiled, or null where it could not be: then each engine tries for itself, and tells. */
  constructor(module: Promise<WasmModule | null>) {
    this.#module = module;
    this.#ready();
  }

  /** Opens a model in an engine that is the caller's until `giveBack`. `signal` cancels. */
  async open(
    source: Source,
    progress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<{ engine: Engine; opened: Opened }> {
    const engine = await this.#ready();
    signal.throwIfAborted();
    const cancel = () => {
      engine.end();
      this.#anew();
    };
    signal.addEventListener("abort", cancel);
    try {
      const opened = await engine.load(source, progress);
      this.#module = engine.module;
      this.#next = null;
      setTimeout(() => this.#ready(), patience);
      return { engine, opened };
    } catch (error) {
      if (!engine.isAlive && !signal.aborted) this.#anew();
      throw error;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Ends an engine, unless no other could be started (without the network, say): then it serves again. */
  giveBack(engine: Engine): void {
    this.#next = this.#ready().then(async (next) => {
      const isThere = await next.started.then(
        () => true,
        () => false,
      );
      if (!isThere) return engine;
      engine.end();
      return next;
    });
  }

  #anew(): void {
    this.#next = null;
    this.#ready();
  }

  /** The engine of the next model; a failure to start is told when it is asked to open one. */
  #ready(): Promise<Engine> {
    return (this.#next ??= Promise.resolve(new Engine(this.#module)));
  }
}
