/** Workers of whatever host this is: browsers, Deno and Bun have one kind, Node another. */
import { fault, ScoreletError } from "./error.js";
import type { Answer, Question } from "./pool-protocol.js";

/** One worker. */
export interface Thread {
  /** One question at a time. Rejects with a ScoreletError, also where the worker has died. */
  ask(question: Question, transfer?: ArrayBuffer[]): Promise<Answer>;
  /** What is being asked stays without an answer. */
  end(): void;
}

interface HostWorker {
  postMessage(question: Question, transfer: ArrayBuffer[]): void;
  terminate(): unknown;
}

export async function startThread(): Promise<Thread> {
  let waiting: { resolve(answer: Answer): void; reject(error: ScoreletError): void } | undefined;
  let death: ScoreletError | undefined;
  const receive = (answer: Answer): void => {
    if (answer.reasons) waiting?.reject(new ScoreletError(answer.reasons));
    else waiting?.resolve(answer);
  };
  const die = (cause: unknown): void => {
    death = failure("does not run", cause);
    waiting?.reject(death);
  };
  const worker = await startWorker(receive, die);
  return {
    ask: (question, transfer = []) => new Promise((resolve, reject) => {
      if (death) return reject(death);
      waiting = { resolve, reject };
      try {
        worker.postMessage(question, transfer);
      } catch (cause) {
        reject(fault("badArgument", `What was given cannot be handed to a worker: ${reasonOf(cause)}.`, { cause }));
      }
    }),
    end: () => void worker.terminate(),
  };
}

async function startWorker(receive: (answer: Answer) => void, die: (cause: unknown) => void): Promise<HostWorker> {
  try {
    if (typeof Worker === "function") {
      // Written as bundlers recognise it.
      const worker = new Worker(new URL("./pool-worker.js", import.meta.url), { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<Answer>) => receive(data);
      worker.onerror = (event) => {
        event.preventDefault();
        die(event);
      };
      return worker;
    }
    interface NodeWorker extends HostWorker { on(event: string, listen: (value: unknown) => void): void }
    const { Worker: OfNode } = await hostModule("worker_threads") as { Worker: new (file: URL) => NodeWorker };
    const worker = new OfNode(new URL("./pool-worker.js", import.meta.url));
    worker.on("message", (answer) => receive(answer as Answer));
    worker.on("error", die);
    return worker;
  } catch (cause) {
    throw failure("cannot be started", cause);
  }
}

/** How many threads the host runs at once. */
export async function hostThreads(): Promise<number> {
  const { hardwareConcurrency } = (globalThis.navigator ?? {}) as { hardwareConcurrency?: number };
  if (hardwareConcurrency) return hardwareConcurrency;
  const system = await hostModule("os").catch(() => ({})) as { availableParallelism?(): number };
  return system.availableParallelism?.() ?? 1;
}

/** A module of Node. The name is not a literal so that bundlers for browsers let it be. */
const hostModule = (name: string): Promise<unknown> => import(/* @vite-ignore */ /* webpackIgnore: true */ `node:${name}`);

/** Errors, and the events of browsers that may say nothing at all. */
const reasonOf = (cause: unknown): string => String((cause as { message?: unknown } | null)?.message ?? cause);

const failure = (what: string, cause: unknown): ScoreletError =>
  fault("workerFailed", `A worker of the pool ${what}: ${reasonOf(cause)}. A page needs pool-worker.js of this package from its own `
    + "origin, allowed by the worker-src of its Content-Security-Policy; where a host has no workers, score with a Model.", { cause });
