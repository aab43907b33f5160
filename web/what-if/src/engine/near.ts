// The open model once more, on the page's own thread. Where it answers quickly, one frame shows a change and its answer; an
// answer of the worker's comes a frame or two later. Only single cases are asked here: whatever takes long is the worker's.
import type { Model, WasmModule } from "scorelet";
import type { Opened, Row, Scored } from "./protocol.ts";
import { soon } from "./soon.ts";
import script from "./worker.ts?worker&url"; // what scores is in the script that the page has fetched for its worker

const mostBytes = 1 << 20; // a document of that size is taken in within a few frames
const quick = 1; // ms for an answer, at the beginning
const slow = 8; // ms: half a frame
const tries = 3; // something else may have had the processor

export class Near {
  #late = 0;

  private constructor(
    private readonly model: Model,
    private readonly ask: typeof import("./scorer.ts").score,
  ) {}

  /** Null where the worker should be asked; `row` is a case to try it with. */
  static async begin(module: WasmModule, opened: Opened, row: Row): Promise<Near | null> {
    if (opened.bytes > mostBytes) return null;
    const { Runtime, modelToShow, score } = (await import(/* @vite-ignore */ script)) as typeof import("./worker.ts");
    const content = new Uint8Array(await opened.document.arrayBuffer());
    const runtime = await Runtime.load(module);
    await soon();
    const near = new Near(await modelToShow(runtime, content, opened.description.info.functionName === "timeSeries"), score);
    for (let i = 0; i < tries; i++) if (near.#timed(row).ms <= quick) return near;
    return null;
  }

  /** Null once it has turned out to be slow (a forecast of many steps, say), or has failed: the worker is to tell then. */
  score(row: Row): Scored | null {
    if (this.#late === tries) return null;
    try {
      const { scored, ms } = this.#timed(row);
      this.#late = ms > slow ? this.#late + 1 : 0;
      return scored;
    } catch {
      this.#late = tries;
      return null;
    }
  }

  #timed(row: Row): { scored: Scored; ms: number } {
    const begun = performance.now();
    const scored = this.ask(this.model, row);
    return { scored, ms: performance.now() - begun };
  }
}
