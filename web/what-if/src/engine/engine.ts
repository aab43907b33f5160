// An engine as the page holds it. It runs in a worker, so that nothing it does can hold up the page; quick answers about
// single cases come from beside the page, once that is set up.
import type { BackgroundNote, ContributionOptions, Diagnostic, WasmModule } from "scorelet";
import type {
  Ask,
  Asked,
  Asks,
  Call,
  Calls,
  Compared,
  Contributed,
  Failure,
  Opened,
  Progress,
  Reply,
  Request,
  Row,
  Scored,
  Source,
} from "./protocol.ts";
import { Near } from "./near.ts";
import { read } from "./read.ts";
import { soon } from "./soon.ts";

/** What an engine refused or failed at. */
export class EngineError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor({ message, diagnostics }: Failure) {
    super(message);
    this.diagnostics = diagnostics;
  }
}

const patience = 400; // ms after the first prediction, which nothing must hold up
const fatal = ["wasmNotLoaded", "outOfMemory", "closed"];
const ended = (message: string): Failure => ({
  message,
  diagnostics: [{ code: "closed", severity: "error", message }],
});

interface Waiting {
  resolve(gives: Calls[Call]["gives"]): void;
  reject(error: EngineError): void;
}

export class Engine {
  /** Another engine starts faster with it, and without the network. */
  module: WasmModule | null = null;
  /** Why it has ended, once it has. */
  #ended: Failure | null = null;
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  #near: Near | null = null;
  #opened: Opened | null = null;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ending = new AbortController();
  #calls = 0;

  /** Rejects if it does not start; what is asked before it has started waits. */
  readonly started: Promise<void>;

  /** `module` is what another engine has compiled, or what is being compiled; null: the engine sees to it. */
  constructor(module: WasmModule | null | Promise<WasmModule | null>) {
    this.started = Promise.resolve(module)
      .then((compiled) => this.#call("start", compiled))
      .then((compiled) => void (this.module = compiled));
    this.started.catch(() => {}); // whatever is asked tells it
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => this.#end(ended(event.message)));
  }

  get isAlive(): boolean {
    return this.#ended === null;
  }

  /** An engine holds one model at most. It is read here: that need not wait until there is a worker. */
  async load(source: Source, progress: (progress: Progress) => void): Promise<Opened> {
    const content = await read(source, (bytes, of) => progress({ phase: "reading", bytes, of }), this.#ending.signal);
    progress({ phase: "checking" });
    this.#near = null;
    return (this.#opened = await this.#call("load", content, [content.buffer]));
  }

  /** Where the model is quick, the answer is there at once. */
  score(row: Row): Scored | Promise<Scored> {
    return this.#near?.score(row) ?? this.#call("score", row);
  }

  /** Sets up quick answers to cases like this one. Where that fails, the worker goes on to answer. */
  async approach(row: Row): Promise<void> {
    const opened = this.#opened!;
    await new Promise((resolve) => setTimeout(resolve, patience));
    await soon();
    const near = this.isAlive && this.#opened === opened ? await Near.begin(this.module!, opened, row).catch(() => null) : null;
    if (this.isAlive && this.#opened === opened) this.#near = near;
  }

  /** Takes a model to ask about, instead of one to score, and the records that answers compare with; tells where they come from. */
  inquire(document: Blob, background: Compared): Promise<readonly BackgroundNote[]> {
    return this.#call("inquire", { document, background });
  }

  contributions(record: Row, options: ContributionOptions, compared: "some" | "all"): Promise<Contributed> {
    return this.#call("contributions", { record, options, compared });
  }

  ask<A extends Ask>(ask: A, ...of: Parameters<Asks[A]>): Promise<ReturnType<Asks[A]>> {
    return this.#call("ask", { ask, of } as Asked) as Promise<ReturnType<Asks[A]>>;
  }

  /** Ends it at once, whatever it is doing, and gives its memory back. */
  end(): void {
    this.#end(ended(""));
  }

  #call<C extends Call>(call: C, takes: Calls[C]["takes"], handedOver: Transferable[] = []): Promise<Calls[C]["gives"]> {
    if (this.#ended) return Promise.reject(new EngineError(this.#ended));
    const id = ++this.#calls;
    return new Promise<Calls[Call]["gives"]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, takes } as Request, handedOver);
    }) as Promise<Calls[C]["gives"]>;
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    if ("gives" in reply) return waiting.resolve(reply.gives);
    waiting.reject(new EngineError(reply.fails));
    if (reply.fails.diagnostics.some((d) => fatal.includes(d.code))) this.#end(reply.fails);
  }

  #end(reason: Failure): void {
    this.#ended ??= reason;
    this.#near = null;
    this.#worker.terminate();
    this.#ending.abort(new EngineError(this.#ended));
    for (const { reject } of this.#waiting.values()) reject(new EngineError(reason));
    this.#waiting.clear();
  }
}
