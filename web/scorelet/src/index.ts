/**
 * Scores PMML models.
 *
 *     using model = await Model.load(fetch("churn.pmml"));
 *     const { values } = model.score({ age: 38, employment: "Private" });
 *
 * @module
 */
/// <reference lib="esnext.disposable" preserve="true" />
export { ScoreletError } from "./error.js";
export * from "./evaluation.js";
export * from "./inquiry.js";
export { Model, type RecordOptions } from "./model.js";
export { TypedRecord } from "./record.js";
export { Prediction, ColumnResult } from "./results.js";
export { Runtime, type LoadOptions } from "./runtime.js";
export type { Bytes, PmmlSource, ResponseLike, UrlLike, WasmModule, WasmParts, WasmSource } from "./source.js";
export type * from "./types.js";
