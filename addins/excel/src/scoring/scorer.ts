// Asks a model about a block of records: whole in its workers, or, where rows must stay in order (a model with a memory)
// or more is wanted than result columns hold, in short slices on this thread.
import type { ColumnResult, InputColumns, Model, OutputValue } from "scorelet";
import type { Want } from "../cells/wants.ts";
import { noAnswer } from "../fault.ts";
import { w } from "../texts/texts.ts";
import { answerOf, type Answer } from "./answers.ts";
import type { Block } from "./columns.ts";
import type { Pause } from "./pause.ts";
import { rangeOf } from "../../../../web/what-if/src/telemetry/ranges.ts";

/** What scoring needs of an open model. */
export interface Scorable {
  readonly isStateful: boolean;
  /** In workers, off this thread. */
  scoreColumns(columns: InputColumns, signal?: AbortSignal): Promise<ColumnResult>;
  /** On this thread. */
  local(): Promise<Model>;
}

const slice = 256; // rows at once on this thread
const turn = 2048; // answers written before others get a turn

/** By want, the answer for every row. `scored` is told what was asked, once it is answered. */
export async function score(model: Scorable, block: Block, wants: readonly Want[], pause: Pause, signal?: AbortSignal, scored?: (columns: InputColumns) => void): Promise<Answer[][]> {
  const { rows } = block;
  const answers = wants.map((): Answer[] => new Array<Answer>(rows));
  if (!rows) return answers;
  if (!block.fields.length) throw noAnswer(w.fault.noFields);
  const columns = await block.columns(pause);
  await pause();
  const isLocal = model.isStateful || wants.some((want) => want.kind === "probability");
  if (isLocal) await scoreHere(await model.local(), columns, rows, wants, answers, pause);
  else await write(await model.scoreColumns(columns, signal), wants, 0, answers, pause);
  scored?.(columns);
  for (const [row, { field, code }] of block.errors) {
    const fault = noAnswer(w.fault.cellError(field.name, code));
    for (const column of answers) column[row] = fault;
  }
  return answers;
}

async function scoreHere(model: Model, columns: InputColumns, rows: number, wants: readonly Want[], answers: Answer[][], pause: Pause): Promise<void> {
  model.reset(); // a call knows no rows but its own
  for (let begin = 0; begin < rows; begin += slice) {
    const part = rangeOf(columns, begin, Math.min(begin + slice, rows));
    const details = wants.some((want) => want.kind === "probability") ? detailsOf(model, part) : null;
    await pause();
    const result = wants.some((want) => want.kind === "column") ? model.scoreColumns(part) : null;
    if (result) await write(result, wants, begin, answers, pause);
    for (const [i, want] of wants.entries()) {
      if (want.kind !== "probability") continue;
      for (const [row, { probability, diagnostics }] of details!.entries()) answers[i]![begin + row] = answerOf(probability[want.value] ?? null, diagnostics, true);
    }
    await pause();
  }
}

/** Only the records that a model writes hold the probabilities of classes that no result names. */
function detailsOf(model: Model, columns: InputColumns) {
  const lines = new TextDecoder().decode(model.scoreToNdjson(columns, { details: true })).trimEnd().split("\n");
  return lines.map((line) => {
    const record = JSON.parse(line) as { "@details"?: { probability?: Record<string, OutputValue> }; "@diagnostics"?: { message: string }[] };
    const diagnostics = (record["@diagnostics"] ?? []).map(({ message }) => ({ code: "", severity: "error" as const, message }));
    return { probability: record["@details"]?.probability ?? {}, diagnostics };
  });
}

async function write(result: ColumnResult, wants: readonly Want[], begin: number, answers: Answer[][], pause: Pause): Promise<void> {
  for (const [i, want] of wants.entries()) {
    if (want.kind !== "column") continue;
    await pause();
    const values = result.values(want.field.name);
    const isPrediction = want.field.kind === "target";
    const to = answers[i]!;
    for (let row = 0; row < values.length; row++) {
      if (row % turn === 0) await pause();
      const value = values[row]!;
      // What has a value needs no reason.
      to[begin + row] = typeof value === "number" && Number.isFinite(value) ? value : answerOf(value, value === null ? result.diagnostics(row) : [], isPrediction);
    }
  }
}
