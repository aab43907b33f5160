// An engine, in its worker: the WebAssembly core and one model.
import { Runtime, ScoreletError, type Model } from "scorelet";
import { stepsAhead } from "../series.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Call, Calls, Failure, Progress, Reply, Request } from "./protocol.ts";
import { read } from "./read.ts";

type Work = {
  [C in Call]: (
    takes: Calls[C]["takes"],
    tell: (progress: Progress) => void,
  ) => Calls[C]["gives"] | Promise<Calls[C]["gives"]>;
};

let runtime: Runtime;
let model: Model | undefined;

const work: Work = {
  async start(module) {
    runtime = await Runtime.load(module ?? undefined);
    return runtime.module as WebAssembly.Module;
  },
  async load(source, tell) {
    const content = await read(source, (bytes, of) => tell({ phase: "reading", bytes, of }));
    tell({ phase: "checking" });
    model?.close();
    model = await runtime.loadModel(content);
    const { description, isStateful } = model;
    const report = description.info.hasVerification ? model.verify() : null;
    if (description.info.functionName === "timeSeries") {
      // Check cases are held against the document's own number of steps, a reader wants to see more.
      model.close();
      model = await runtime.loadModel(content, { horizon: stepsAhead });
    }
    return {
      description,
      isStateful,
      report,
      bytes: content.length,
      document: new Blob([content]),
      fingerprint: await fingerprintOf(content),
    };
  },
  score(row) {
    if (!model) throw new Error("No model is loaded.");
    model.reset(); // a what-if has no rows before it
    const prediction = model.score(row);
    const { derived: _, ...details } = prediction.details();
    return { values: prediction.values, diagnostics: prediction.diagnostics, details };
  },
};

const send = (reply: Reply) => postMessage(reply);

addEventListener("message", async ({ data: { id, call, takes } }: MessageEvent<Request>) => {
  try {
    const gives = await work[call](takes as never, (progress) => send({ id, progress }));
    send({ id, gives });
  } catch (error) {
    send({ id, fails: failureOf(error) });
  }
});

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { message, diagnostics: error instanceof ScoreletError ? error.diagnostics : [] };
}
