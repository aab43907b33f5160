/**
 * Writes PMML models as formulas of a spreadsheet (docs/excel-formulas.md).
 *
 *     const sheet = await translateToFormulas(fetch("churn.pmml"));
 *     save(sheet.workbook, "churn.xlsx");
 *
 * @module
 */
import { answer, answerBytes, diagnostics } from "./answers.js";
import type { AnyModule, Core } from "./core.js";
import { ScoreletError } from "./error.js";
import type { Handle } from "./handle.js";
import { compile, document, type PmmlSource, type WasmSource } from "./source.js";
import { start } from "./start.js";
import type { Diagnostic, OutputValue } from "./types.js";

export type FormulaStyle = "let" | "columns" | "table";

export interface FormulaOptions {
  /** One LET for each result, helper columns, or a sheet of nodes with one walker; by default `let` where it fits, else `columns`. */
  style?: FormulaStyle;
  /** Which model of the document; by default the first that can be scored. */
  modelName?: string;
  /** Where the record stands that `columns` calculate: its row, from 1, by default 2; its first column, from 0, by default 0. */
  row?: number;
  column?: number;
  /** What the sheet of nodes is called, in letters and digits; by default Trees. */
  treesSheet?: string;
  /** The module `scorelet-formulas.wasm`, where it does not lie beside this file. */
  wasm?: WasmSource | PromiseLike<WasmSource>;
}

export interface FormulaColumn {
  readonly kind: "input" | "helper" | "result";
  /** The heading. */
  readonly name: string;
  /** As it is typed, in English; empty for an input. */
  readonly formula: string;
}

/** A table with one record a row: inputs, helper columns, results. */
export interface FormulaSheet {
  readonly style: FormulaStyle;
  readonly columns: readonly FormulaColumn[];
  /** Numbers in the formulas, those that 15 digits do not hold, and the largest relative change of one. */
  readonly constants: number;
  readonly roundedConstants: number;
  readonly largestRounding: number;
  /** The model asks for single precision, and formulas compute in double. */
  readonly isSinglePrecision: boolean;
  /** Results that are left out, and why. */
  readonly notes: readonly Diagnostic[];
  /** Of the style `table`: the sheet of nodes, headings first, from its first cell on; an empty text is an empty cell. */
  readonly trees: readonly (readonly (number | string)[])[];
  /** A finished .xlsx to score on, with a check against the model's verification records; `row` and `column` do not matter to it. */
  readonly workbook: Uint8Array<ArrayBuffer>;
}

/** wasm/formulas.cpp. */
interface Translator extends Handle {
  reserve(bytes: number): number;
  translate(size: number, style: string, modelName: string, row: number, column: number, treesSheet: string): number;
  workbook(): number;
}
interface Module extends AnyModule { readonly Translator: new () => Translator }

/** Of the module beside this file. */
let started: Promise<Core<Module>> | undefined;

async function load(source: WasmSource | PromiseLike<WasmSource>): Promise<Core<Module>> {
  return start<Module>(await compile(source), "scorelet-formulas.wasm");
}

/** Throws a ScoreletError that says by name what has no formulas. Large ensembles take a while: ask in a worker. */
export async function translateToFormulas(pmml: PmmlSource | PromiseLike<PmmlSource>, options: FormulaOptions = {}): Promise<FormulaSheet> {
  const { style = "", modelName = "", row = 2, column = 0, treesSheet = "Trees", wasm } = options;
  const source = await document(pmml);
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  const own = () => (started ??= load(new URL("./scorelet-formulas.wasm", import.meta.url)));
  const core = await (wasm === undefined ? own() : load(wasm)).catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  if (core.isBroken) started = undefined;
  return core.run(({ Translator: Class }) => {
    const translator = new Class();
    const address = translator.reserve(bytes.length);
    core.heap.fresh().bytes.set(bytes, address);
    const [sheet, reasons] = answer(core.heap, translator.translate(bytes.length, style, modelName, row, column, treesSheet));
    const workbook = sheet && answerBytes(core.heap, translator.workbook());
    translator.delete();
    if (!workbook) throw new ScoreletError(diagnostics(reasons));
    return { ...described(sheet as OutputValue[]), workbook };
  });
}

function described([style, columns, constants, roundedConstants, largestRounding, isSinglePrecision, notes, trees]: OutputValue[]): Omit<FormulaSheet, "workbook"> {
  return {
    style: style as FormulaStyle,
    columns: (columns as [FormulaColumn["kind"], string, string][]).map(([kind, name, formula]) => ({ kind, name, formula })),
    constants: constants as number,
    roundedConstants: roundedConstants as number,
    largestRounding: largestRounding as number,
    isSinglePrecision: isSinglePrecision !== 0,
    notes: diagnostics(notes),
    trees: trees as (number | string)[][],
  };
}
