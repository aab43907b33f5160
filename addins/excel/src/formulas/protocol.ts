// What the worker that writes formulas is asked, and what it answers: each question has one worker and one answer.
import type { Diagnostic } from "scorelet";
import type { FormulaOptions, FormulaSheet } from "scorelet/formulas";

export interface Question {
  readonly document: Uint8Array<ArrayBuffer>;
  readonly options: Omit<FormulaOptions, "wasm">;
}

export type Answer = { readonly sheet: FormulaSheet } | { readonly reasons: readonly Diagnostic[]; readonly message: string };
