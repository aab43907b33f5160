// Asks for a model as formulas. The worker and its module (scorelet-formulas.wasm) are there only as long as it takes.
import type { FormulaOptions, FormulaSheet } from "scorelet/formulas";
import { EngineError } from "../../../../web/what-if/src/engine/engine.ts";
import type { Answer, Question } from "./protocol.ts";

export function translate(document: Uint8Array<ArrayBuffer>, options: Omit<FormulaOptions, "wasm">): Promise<FormulaSheet> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return new Promise<FormulaSheet>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      if ("sheet" in data) resolve(data.sheet);
      else reject(new EngineError({ message: data.message, diagnostics: data.reasons }));
    });
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
    worker.postMessage({ document, options } satisfies Question);
  }).finally(() => worker.terminate());
}
