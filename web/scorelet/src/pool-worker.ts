/** A worker of a pool: loads one model, scores what it is given. */
import { fault, ScoreletError } from "./error.js";
import type { Model } from "./model.js";
import type { Answer, Question } from "./pool-protocol.js";
import type { ResultParts } from "./results.js";
import { Runtime } from "./runtime.js";

interface Port { postMessage(answer: Answer, transfer: ArrayBuffer[]): void }

let model: Model | undefined;

async function answer({ load, score }: Question): Promise<Answer> {
  if (score) return { parts: model!.scoreParts(score) };
  const { wasm, pmml, options } = load!;
  model = await (await Runtime.load(wasm)).loadModel(pmml, options);
  return { loaded: { description: model.description, isStateful: model.isStateful } };
}

async function receive(port: Port, question: Question): Promise<void> {
  try {
    const found = await answer(question);
    port.postMessage(found, buffersOf(found.parts));
  } catch (error) {
    const { diagnostics } = error instanceof ScoreletError ? error : fault("badArgument", `The worker could not do it: ${String(error)}`);
    port.postMessage({ reasons: diagnostics }, []);
  }
}

/** What need not be copied. */
const buffersOf = (parts?: ResultParts): ArrayBuffer[] =>
  (parts?.lanes ?? []).flatMap(({ numbers, codes }) => [numbers, codes].flatMap((lane) => (lane ? [lane.buffer] : [])));

if (typeof globalThis.postMessage === "function") {
  const scope = globalThis as unknown as Port & { onmessage: (event: { data: Question }) => void };
  scope.onmessage = ({ data }) => void receive(scope, data);
} else {
  // Node. The name is not a literal so that bundlers for browsers let it be.
  const threads = "node:worker_threads";
  void import(/* @vite-ignore */ /* webpackIgnore: true */ threads).then(
    ({ parentPort }: { parentPort: Port & { on(event: "message", listen: (question: Question) => void): void } }) =>
      parentPort.on("message", (question) => void receive(parentPort, question)));
}
