// The worker of one file as the page holds it: nothing that is done with the file can hold up the page.
import { EngineError } from "../engine/engine.ts";
import type { Begin, Call, Calls, Progress, Reply, Request } from "./protocol.ts";

interface Waiting {
  resolve(gives: Calls[Call]["gives"]): void;
  reject(error: Error): void;
  progress: ((progress: Progress) => void) | undefined;
}

export class Batch {
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #ended = false;

  constructor(begin: Begin) {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => this.#end(new Error(event.message)));
    this.ask("begin", begin).catch(() => {});
  }

  ask<C extends Call>(call: C, takes: Calls[C]["takes"], progress?: Waiting["progress"]): Promise<Calls[C]["gives"]> {
    if (this.#ended) return Promise.reject(new DOMException("", "AbortError"));
    const id = ++this.#calls;
    return new Promise<Calls[Call]["gives"]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, progress });
      this.#worker.postMessage({ id, call, takes } as Request);
    }) as Promise<Calls[C]["gives"]>;
  }

  /** Ends it at once, whatever it is doing, and gives its memory back. What was asked rejects with an AbortError. */
  end(): void {
    this.#end(new DOMException("", "AbortError"));
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    if ("progress" in reply) return waiting.progress?.(reply.progress);
    this.#waiting.delete(reply.id);
    if ("gives" in reply) waiting.resolve(reply.gives);
    else waiting.reject(new EngineError(reply.fails));
  }

  #end(reason: Error): void {
    this.#ended = true;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
