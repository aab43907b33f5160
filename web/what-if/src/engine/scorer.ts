// Asking a model about a case: the same in the engine's worker (worker.ts) and on the page's own thread (near.ts).
import { Runtime, type Model } from "scorelet";
import { stepsAhead } from "../series.ts";
import type { Row, Scored } from "./protocol.ts";

/** The model to show: a reader wants more steps of a forecast than the document's own number, which its check cases are held against. */
export const modelToShow = (runtime: Runtime, content: Uint8Array<ArrayBuffer>, isForecast: boolean): Promise<Model> =>
  runtime.loadModel(content, isForecast ? { horizon: stepsAhead } : {});

export function score(model: Model, row: Row): Scored {
  model.reset(); // a what-if has no rows before it
  const prediction = model.score(row);
  const { derived: _, ...details } = prediction.details();
  return { values: prediction.values, diagnostics: prediction.diagnostics, details };
}

export { Runtime };
