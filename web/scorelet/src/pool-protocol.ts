/** What a pool and its workers say to each other: one question at a time, one answer to each. */
import type { ResultParts } from "./results.js";
import type { LoadOptions } from "./runtime.js";
import type { WasmModule } from "./source.js";
import type { Description, Diagnostic, InputColumns } from "./types.js";

export interface Question {
  load?: { wasm: WasmModule; pmml: string | Uint8Array; options: LoadOptions };
  score?: InputColumns;
}

export interface Answer {
  loaded?: { description: Description; isStateful: boolean };
  parts?: ResultParts;
  /** The diagnostics of a ScoreletError, instead of the above. */
  reasons?: readonly Diagnostic[];
}
