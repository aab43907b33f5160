// What Excel sees: the comments are the source of functions.json, and of what Excel shows while a formula is typed.
import { ScoreletError } from "scorelet";
import { EngineError } from "../../../../web/what-if/src/engine/engine.ts";
import { Fault } from "../fault.ts";
import type { Answer } from "../scoring/answers.ts";
import { Stopped } from "../scoring/pause.ts";
import { w } from "../texts/texts.ts";
import type { Calls, Table } from "./calls.ts";

let calls: Calls;

/** Called before Excel can ask anything. */
export function serve(with_: Calls): void {
  calls = with_;
}

/**
 * Scores a range of records and spills one row of results for each.
 * @customfunction SCORE SCORE
 * @param model Name of a model of this workbook.
 * @param rows Records, one per row, with or without a row of headers.
 * @param [fields] Field names of the columns, in any order; not needed where headers are in the range.
 * @param [outputs] Results wanted, for example "predicted, probability(yes)".
 * @param invocation Passed by Excel.
 * @cancelable
 * @returns One row of results per record.
 */
export function score(model: string, rows: any[][], fields: any[][] = [], outputs: any[][] = [], invocation: CustomFunctions.CancelableInvocation): Promise<any[][]> {
  return table(() => calls.score(model, rows, given(fields), given(outputs), call(invocation)));
}

/**
 * The prediction for one record (or for each record of a range).
 * @customfunction PREDICT PREDICT
 * @param model Name of a model of this workbook.
 * @param inputs Values of the record, in the model's order or as named by fields.
 * @param [fields] Field names of the values, in any order.
 * @param invocation Passed by Excel.
 * @cancelable
 * @returns The predicted value.
 */
export function predict(model: string, inputs: any[][], fields: any[][] = [], invocation: CustomFunctions.CancelableInvocation): any {
  return cell(() => calls.predict(model, inputs, given(fields), call(invocation)));
}

/**
 * The probability of a class for one record (or for each record of a range).
 * @customfunction PROBABILITY PROBABILITY
 * @param model Name of a model of this workbook.
 * @param inputs Values of the record.
 * @param [fields] Field names of the values, in any order.
 * @param [class_] The class; when left out, the affirmative one of two, else the last.
 * @param invocation Passed by Excel.
 * @cancelable
 * @returns A probability from 0 to 1.
 */
export function probability(model: string, inputs: any[][], fields: any[][] = [], class_: any, invocation: CustomFunctions.CancelableInvocation): any {
  return cell(() => calls.probability(model, inputs, given(fields), word(class_), call(invocation)));
}

/**
 * Any result of the model for one record (or for each record of a range).
 * @customfunction OUTPUT OUTPUT
 * @param model Name of a model of this workbook.
 * @param inputs Values of the record.
 * @param output Name of the result; OUTPUTS lists them.
 * @param [fields] Field names of the values, in any order.
 * @param invocation Passed by Excel.
 * @cancelable
 * @returns The result.
 */
export function output(model: string, inputs: any[][], output: string, fields: any[][] = [], invocation: CustomFunctions.CancelableInvocation): any {
  return cell(() => calls.output(model, inputs, output, given(fields), call(invocation)));
}

/**
 * The prediction for one record, for conditional formats and Evaluate Formula, which cannot wait.
 * @customfunction SCORE1 SCORE1
 * @supportSync
 * @param model Name of a model of this workbook.
 * @param inputs Values of the record.
 * @param [fields] Field names of the values, in any order.
 * @returns The predicted value.
 */
export function score1(model: string, inputs: any[][], fields: any[][] = []): any {
  return cell(() => calls.score1(model, inputs, given(fields)));
}

/**
 * What each field contributes to the prediction of one record.
 * @customfunction EXPLAIN EXPLAIN
 * @param model Name of a model of this workbook.
 * @param inputs Values of the record.
 * @param [fields] Field names of the values, in any order.
 * @param [class_] The class whose probability is explained.
 * @param [compare] Typical records to compare with, with headers; when left out, those that the model brings.
 * @returns Fields with value and contribution, the largest first; they sum to the prediction.
 */
export function explain(model: string, inputs: any[][], fields: any[][] = [], class_?: any, compare: any[][] = []): Promise<any[][]> {
  return table(() => calls.explain(model, inputs, given(fields), word(class_), given(compare)));
}

/**
 * The main reasons for a high prediction: the model's own reason codes, else the fields that push it up the most.
 * @customfunction REASONS REASONS
 * @param model Name of a model of this workbook.
 * @param inputs Values of the record.
 * @param [fields] Field names of the values, in any order.
 * @param [count] How many; 3 when left out.
 * @param [compare] Typical records to compare with, with headers; when left out, those that the model brings.
 * @returns One row of reasons.
 */
export function reasons(model: string, inputs: any[][], fields: any[][] = [], count?: number, compare: any[][] = []): Promise<any[][]> {
  return table(() => calls.reasons(model, inputs, given(fields), count ?? null, given(compare)));
}

/**
 * Says of every record which values are missing, invalid or outside what the model has seen.
 * @customfunction CHECK CHECK
 * @param model Name of a model of this workbook.
 * @param rows Records, one per row, with or without a row of headers.
 * @param [fields] Field names of the columns, in any order.
 * @param invocation Passed by Excel.
 * @cancelable
 * @returns One text per record; OK where there is nothing to say.
 */
export function check(model: string, rows: any[][], fields: any[][] = [], invocation: CustomFunctions.CancelableInvocation): Promise<any[][]> {
  return table(() => calls.check(model, rows, given(fields), call(invocation)));
}

/**
 * The value of one field, nearest to its own, with which the prediction reaches a target.
 * @customfunction GOALSEEK GOALSEEK
 * @param model Name of a model of this workbook.
 * @param inputs Values of the record.
 * @param field The field to change.
 * @param target What the prediction (or the probability) is to reach.
 * @param [relation] ">=" (when left out), "<=" or "=".
 * @param [fields] Field names of the values, in any order.
 * @param [class_] The class whose probability is meant.
 * @returns The value of the field.
 */
export function goalSeek(model: string, inputs: any[][], field: string, target: number, relation?: string, fields: any[][] = [], class_?: any): Promise<any> {
  return cell(() => calls.goalSeek(model, inputs, field, target, relation ?? null, given(fields), word(class_))) as Promise<any>;
}

/**
 * The prediction along one field, everything else as it is.
 * @customfunction CURVE CURVE
 * @param model Name of a model of this workbook.
 * @param inputs Values of the record.
 * @param field The field to change.
 * @param [points] How many values; 21 when left out.
 * @param [fields] Field names of the values, in any order.
 * @param [class_] The class whose probability is meant.
 * @returns Two columns with headers: values of the field, and predictions.
 */
export function curve(model: string, inputs: any[][], field: string, points?: number, fields: any[][] = [], class_?: any): Promise<any[][]> {
  return table(() => calls.curve(model, inputs, field, points ?? null, given(fields), word(class_)));
}

/**
 * The next steps of a time series.
 * @customfunction FORECAST FORECAST
 * @param model Name of a model of this workbook.
 * @param [steps] How many; 12 when left out.
 * @param [inputs] Values of a record, where the model asks for any.
 * @param [fields] Field names of the values, in any order.
 * @returns Steps with their values, with headers.
 */
export function forecast(model: string, steps?: number, inputs: any[][] = [], fields: any[][] = []): Promise<any[][]> {
  return table(() => calls.forecast(model, steps ?? null, given(inputs), given(fields)));
}

/**
 * The fields that the model asks for.
 * @customfunction FIELDS FIELDS
 * @param model Name of a model of this workbook.
 * @returns Names, types, valid values and treatment of missing ones.
 */
export function fields(model: string): Promise<any[][]> {
  return table(() => calls.fields(model));
}

/**
 * The results that the model gives.
 * @customfunction OUTPUTS OUTPUTS
 * @param model Name of a model of this workbook.
 * @returns Names, kinds and types.
 */
export function outputs(model: string): Promise<any[][]> {
  return table(() => calls.outputs(model));
}

/**
 * What is known of the model: maker, version, checks, fingerprint.
 * @customfunction MODELINFO MODELINFO
 * @param model Name of a model of this workbook.
 * @returns Two columns.
 */
export function modelInfo(model: string): Promise<any[][]> {
  return table(() => calls.modelInfo(model));
}

/**
 * Whether the model gives the answers here that its maker recorded.
 * @customfunction VERIFY VERIFY
 * @param model Name of a model of this workbook.
 * @returns A sentence, and the records that differ.
 */
export function verify(model: string): Promise<any[][]> {
  return table(() => calls.verify(model));
}

const given = (cells: any[][] | null | undefined): any[][] | null => (cells?.length && !(cells.length === 1 && cells[0]!.length === 1 && (cells[0]![0] === "" || cells[0]![0] === null)) ? cells : null);
const word = (value: unknown): string | null => (value === null || value === undefined || value === "" ? null : String(value));
/** Excel writes `onCanceled` of its own object. */
const call = (invocation: CustomFunctions.CancelableInvocation): { onCanceled?: () => void } => invocation;

/** Faults among values become Excel's errors. */
async function table(work: () => Promise<Table>): Promise<any[][]> {
  try {
    const answers: any[][] = await work();
    for (const row of answers) for (let i = 0; i < row.length; i++) if (row[i] instanceof Fault) row[i] = excelError(row[i]);
    return answers;
  } catch (error) {
    throw excelError(error);
  }
}

/** At once where that is possible: a promise for every cell costs more than a remembered answer. */
function cell(work: () => Answer | Table | Promise<Answer | Table>): any {
  try {
    const answer = work();
    return answer instanceof Promise ? answer.then(shown, (error) => Promise.reject(excelError(error))) : shown(answer);
  } catch (error) {
    throw excelError(error);
  }
}

function shown(answer: Answer | Table): any {
  if (answer instanceof Fault) throw excelError(answer);
  if (Array.isArray(answer)) for (const row of answer as any[][]) for (let i = 0; i < row.length; i++) if (row[i] instanceof Fault) row[i] = excelError(row[i]);
  return answer;
}

function excelError(error: unknown): CustomFunctions.Error {
  const { Error: ExcelError, ErrorCode } = CustomFunctions;
  if (error instanceof ExcelError) return error;
  if (error instanceof Fault) return new ExcelError(error.code === "#N/A" ? ErrorCode.notAvailable : ErrorCode.invalidValue, error.reason);
  if (error instanceof Stopped || (error instanceof DOMException && error.name === "AbortError")) return new ExcelError(ErrorCode.notAvailable, "");
  const reasons = error instanceof ScoreletError || error instanceof EngineError ? error.diagnostics.map((d) => d.message).join(" ") : "";
  return new ExcelError(ErrorCode.invalidValue, reasons || w.fault.failed(error instanceof Error ? error.message : String(error)));
}
