// What the custom functions do, with nothing of Excel: cells come in, answers go out. `functions.ts` names them for Excel.
import type { InputColumns, InputField, Quantity } from "scorelet";
import { heldIn } from "../../../../web/what-if/src/case.ts";
import type { CaseValue } from "../../../../web/what-if/src/domain.ts";
import { isNumeric, kindOf, readValue } from "../../../../web/what-if/src/domain.ts";
import type { Row } from "../../../../web/what-if/src/engine/protocol.ts";
import * as format from "../../../../web/what-if/src/format.ts";
import { sampleOf } from "../../../../web/what-if/src/explain/sample.ts";
import { remarkOn } from "../../../../web/what-if/src/remarks.ts";
import { seriesOf } from "../../../../web/what-if/src/series.ts";
import { Unread } from "../../../../web/what-if/src/typed.ts";
import { asked, layoutOf, type Cells, type Layout } from "../cells/layout.ts";
import { Layouts } from "../cells/layouts.ts";
import { CellError, readerOf, type Reader, type Writing } from "../cells/read.ts";
import { predictionOf, probabilityOf, splitNames, titleOf, wantOf, wantsOf, type Want } from "../cells/wants.ts";
import { noAnswer, refused } from "../fault.ts";
import { isExplained, type Subject } from "../models/subject.ts";
import type { Answer } from "../scoring/answers.ts";
import { Block, readBlock, recordsIn } from "../scoring/columns.ts";
import { Gathered } from "../scoring/gather.ts";
import { pausing } from "../scoring/pause.ts";
import { Recent } from "../scoring/recent.ts";
import { score } from "../scoring/scorer.ts";
import { Texts } from "../scoring/texts.ts";
import { w } from "../texts/texts.ts";
import * as tables from "./tables.ts";

/** What Excel passes with a call. */
export interface Call {
  onCanceled?: () => void;
}
export type Table = Answer[][];
export type Found = Subject | Promise<Subject>;
/** Told of rows that a model has answered, but for those `without`. */
export type Scored = (subject: Subject, columns: InputColumns, rows: number, without: readonly number[]) => void;

/** What is kept beside a model from call to call. */
interface Kept {
  readers: readonly Reader[];
  texts: Texts;
  recent: Recent;
  layouts: Layouts;
  gathered: Map<string, Gathered>;
  values: Float64Array;
  ids: Int32Array;
}

const manyTexts = 1_000_000;
const mostPoints = 10_000;
export const mostCompared = 100; // records that an explanation compares with

export class Calls {
  #kept = new WeakMap<Subject, Kept>();

  constructor(
    private readonly find: (name: string) => Found,
    private readonly writing: () => Writing,
    private readonly scored: Scored = () => {},
  ) {}

  /** Reads cells anew in another writing of numbers and dates. */
  forget(): void {
    this.#kept = new WeakMap();
  }

  /** A range of records; with headers in the range the answer has headers, too. */
  async score(model: string, rows: Cells, fields: Cells | null, outputs: Cells | null, call: Call): Promise<Table> {
    const subject = await this.find(model);
    const layout = this.#layout(subject, rows, fields);
    const wants = wantsOf(subject.description, outputNames(outputs));
    const answers = await this.#many(subject, rows, layout, wants, call);
    const names = layout.first ? wants.map((want): Answer => titleOf(want)) : null;
    return layout.isAcross ? across(answers, names) : down(answers, names);
  }

  predict(model: string, inputs: Cells, fields: Cells | null, call: Call): Answer | Table | Promise<Answer | Table> {
    return this.#one(model, inputs, fields, "prediction", ({ description }) => predictionOf(description), call);
  }

  probability(model: string, inputs: Cells, fields: Cells | null, value: string | null, call: Call): Answer | Table | Promise<Answer | Table> {
    return this.#one(model, inputs, fields, `probability ${value ?? ""}`, ({ description }) => probabilityOf(description, value), call);
  }

  output(model: string, inputs: Cells, output: string, fields: Cells | null, call: Call): Answer | Table | Promise<Answer | Table> {
    return this.#one(model, inputs, fields, `output ${output}`, ({ description }) => wantOf(description, output), call);
  }

  /** At once where the model is there, for conditional formats, which wait for nothing. */
  score1(model: string, inputs: Cells, fields: Cells | null): Answer | Promise<Answer> {
    const subject = this.find(model);
    return subject instanceof Promise ? subject.then((s) => this.#now(s, inputs, fields)) : this.#now(subject, inputs, fields);
  }

  async explain(model: string, inputs: Cells, fields: Cells | null, value: string | null, compare: Cells | null): Promise<Table> {
    const subject = await this.find(model);
    const record = this.record(subject, inputs, fields);
    return tables.explanation(subject, record, await explained(subject, record, value, this.#compared(subject, compare)));
  }

  async reasons(model: string, inputs: Cells, fields: Cells | null, count: number | null, compare: Cells | null): Promise<Table> {
    const subject = await this.find(model);
    const n = whole(count ?? 3, 1, 100, w.words.count);
    const record = this.record(subject, inputs, fields);
    const codes = subject.description.results.filter((r) => r.feature === "reasonCode");
    if (codes.length) {
      const scored = await (await subject.local()).score(record);
      return [pad(codes.map((r) => String(scored.values[r.name] ?? "")), n)];
    }
    const { contributions } = await explained(subject, record, null, this.#compared(subject, compare));
    return [pad(tables.pushing(contributions).map((name) => tables.labelOf(subject, name)), n)];
  }

  /** What the model has to say against the values of every record. */
  async check(model: string, rows: Cells, fields: Cells | null, call: Call): Promise<Table> {
    const subject = await this.find(model);
    const layout = this.#layout(subject, rows, fields);
    const { pause } = stopping(call);
    const block = await this.#block(subject, rows, layout, pause);
    const needed = asked(subject.description);
    const answers: Answer[] = [];
    for (let row = 0; row < block.rows; row++) {
      await pause();
      const error = block.errors.get(row);
      answers.push(error ? w.fault.cellError(error.field.name, error.code) : needed.map((f) => remark(f, valueAt(block, f, row))).filter(Boolean).join(" ") || w.check.fine);
    }
    const head = layout.first ? [w.check.head] : null;
    return layout.isAcross ? across([answers], head) : down([answers], head);
  }

  async goalSeek(model: string, inputs: Cells, field: string, target: number, relation: string | null, fields: Cells | null, value: string | null): Promise<Answer> {
    const subject = await this.find(model);
    const record = this.record(subject, inputs, fields);
    const { name } = fieldNamed(subject, field);
    const goal = await subject.ask("goalSeek", record, { quantity: quantityOf(subject, value), field: name, target, relation: relationOf(relation) });
    const [nearest] = goal.ranges;
    if (!nearest) throw noAnswer(w.fault.noGoal(tables.labelOf(subject, name), String(goal.closest.value), goal.closest.quantity === null ? "" : format.brief(goal.closest.quantity)));
    const now = record[name];
    const at = typeof now === "number" && typeof nearest.from === "number" && typeof nearest.to === "number" ? Math.min(Math.max(now, nearest.from), nearest.to) : nearest.from;
    return at as Answer;
  }

  async curve(model: string, inputs: Cells, field: string, points: number | null, fields: Cells | null, value: string | null): Promise<Table> {
    const subject = await this.find(model);
    const record = this.record(subject, inputs, fields);
    const { name } = fieldNamed(subject, field);
    const n = whole(points ?? 21, 2, mostPoints, w.words.points);
    const curve = await subject.ask("curve", record, name, { quantity: quantityOf(subject, value), points: n });
    return [[tables.labelOf(subject, name), tables.quantityName(subject, quantityOf(subject, value))], ...curve.values.map((x, i): Answer[] => [tables.cell(x), curve.quantity[i] ?? ""])];
  }

  async forecast(model: string, steps: number | null, inputs: Cells | null, fields: Cells | null): Promise<Table> {
    const subject = await this.find(model);
    const { description } = subject;
    if (description.info.functionName !== "timeSeries") throw refused(w.fault.noSeries);
    const n = whole(steps ?? 12, 1, mostPoints, w.words.steps);
    const record = inputs ? this.record(subject, inputs, fields) : {};
    const horizon = description.inputs.find((f) => f.isUsed && f.usageType === "supplementary" && isNumeric(f));
    const values = await subject.forecast(horizon ? { ...record, [horizon.name]: n } : record, n);
    const want = predictionOf(description);
    const series = want.kind === "column" ? seriesOf(values[want.field.name] ?? null, description.results, values) : null;
    if (!series) throw noAnswer(w.fault.noPrediction);
    return [
      [w.words.step, titleOf(want), ...series.others.map((o): Answer => o.field.name)],
      ...series.values.map((x, i): Answer[] => [i + 1, finite(x), ...series.others.map((o) => finite(o.values[i]!))]),
    ];
  }

  async fields(model: string): Promise<Table> {
    return tables.fields(await this.find(model));
  }

  async outputs(model: string): Promise<Table> {
    return tables.outputs(await this.find(model));
  }

  async modelInfo(model: string): Promise<Table> {
    return tables.modelInfo(await this.find(model));
  }

  async verify(model: string): Promise<Table> {
    return tables.verification(await this.find(model));
  }

  /** The one record of a range, as the package takes it. */
  record(subject: Subject, cells: Cells, fields: Cells | null): Row {
    const layout = this.#layout(subject, cells, fields);
    if (recordsIn(cells, layout) !== 1) throw refused(w.fault.oneRecord);
    return this.#recordAt(subject, cells, layout, 0);
  }

  /** Every record of a range, or evenly chosen ones of many. */
  records(subject: Subject, cells: Cells, fields: Cells | null, most: number): Row[] {
    const layout = this.#layout(subject, cells, fields);
    const rows = sampleOf(Array.from({ length: recordsIn(cells, layout) }, (_, row) => row), most);
    return rows.map((row) => this.#recordAt(subject, cells, layout, row));
  }

  /** How the cells of each input are read. */
  readers(subject: Subject): readonly Reader[] {
    return this.#keptFor(subject).readers;
  }

  /** For every record of a range one answer by want. */
  async answers(subject: Subject, rows: Cells, fields: Cells | null, wants: readonly Want[], call: Call): Promise<Answer[][]> {
    return this.#many(subject, rows, this.#layout(subject, rows, fields), wants, call);
  }

  #recordAt(subject: Subject, cells: Cells, layout: Layout, row: number): Row {
    const { readers } = this.#keptFor(subject);
    const record: Record<string, number | string | null> = {};
    for (const [i, field] of subject.description.inputs.entries()) {
      const value = layout.places[i]! < 0 ? null : readers[i]!(cellAt(cells, layout, i, row));
      if (value instanceof CellError) throw noAnswer(w.fault.cellError(field.name, value.code));
      record[field.name] = value;
    }
    return record;
  }

  #compared(subject: Subject, compare: Cells | null): Row[] {
    return compare ? this.records(subject, compare, null, mostCompared) : [];
  }

  #one(model: string, inputs: Cells, fields: Cells | null, key: string, want: (subject: Subject) => Want, call: Call): Answer | Table | Promise<Answer | Table> {
    const subject = this.find(model);
    if (subject instanceof Promise) return subject.then((s) => this.#gathered(s, inputs, fields, key, want, call));
    return this.#gathered(subject, inputs, fields, key, want, call);
  }

  #gathered(subject: Subject, cells: Cells, fields: Cells | null, key: string, want: (subject: Subject) => Want, call: Call): Answer | Table | Promise<Answer | Table> {
    const layout = this.#layout(subject, cells, fields);
    if (recordsIn(cells, layout) !== 1 || subject.isStateful) return this.#spilled(subject, cells, layout, want(subject), call);
    const kept = this.#keptFor(subject);
    const error = fill(kept, subject.description.inputs, cells, layout);
    if (error) return noAnswer(error);
    let gathered = kept.gathered.get(key);
    if (!gathered) kept.gathered.set(key, (gathered = gatheredFor(subject, want(subject), kept, (block) => this.#tell(subject, block))));
    return gathered.ask(kept.values, kept.ids, (cancel) => {
      call.onCanceled = cancel;
    });
  }

  async #spilled(subject: Subject, cells: Cells, layout: Layout, want: Want, call: Call): Promise<Table> {
    const answers = await this.#many(subject, cells, layout, [want], call);
    const names = layout.first ? [titleOf(want)] : null;
    return layout.isAcross ? across(answers, names) : down(answers, names);
  }

  /** With the model on this thread, if it is there already. */
  #now(subject: Subject, cells: Cells, fields: Cells | null): Answer | Promise<Answer> {
    const record = this.record(subject, cells, fields);
    const want = predictionOf(subject.description);
    const model = subject.localNow;
    return model ? tables.single(model, record, want) : subject.local().then((m) => tables.single(m, record, want));
  }

  async #many(subject: Subject, cells: Cells, layout: Layout, wants: readonly Want[], call: Call): Promise<Answer[][]> {
    const { pause, signal } = stopping(call);
    const { recent } = this.#keptFor(subject);
    const block = await this.#block(subject, cells, layout, pause);
    const key = wants.map(titleOf).join("\n");
    return recent.find(key, block) ?? recent.keep(key, block, await score(subject, block, wants, pause, signal, this.#tell(subject, block)));
  }

  #tell(subject: Subject, block: Block): (columns: InputColumns) => void {
    return (columns) => this.scored(subject, columns, block.rows, [...block.errors.keys()]);
  }

  #block(subject: Subject, cells: Cells, layout: Layout, pause: ReturnType<typeof pausing>): Promise<Block> {
    const { readers, texts } = this.#keptFor(subject);
    return readBlock(cells, layout, subject.description.inputs, readers, texts, pause);
  }

  #layout(subject: Subject, cells: Cells, fields: Cells | null): Layout {
    const { layouts } = this.#keptFor(subject);
    // Without names, what stands in a range of several rows decides whether its first row is one of headers.
    if (!fields?.length && cells.length !== 1) return layoutOf(subject.description, cells, null);
    return layouts.find(cells, fields) ?? layouts.keep(cells, fields, layoutOf(subject.description, cells, fields));
  }

  #keptFor(subject: Subject): Kept {
    let kept = this.#kept.get(subject);
    // Texts of cells are never the same for ever: what piles up is left behind.
    if (!kept || kept.texts.size > manyTexts) {
      const { inputs } = subject.description;
      const writing = this.writing();
      this.#kept.set(subject, (kept = {
        readers: inputs.map((field) => readerOf(field, writing)),
        texts: new Texts(), recent: new Recent(), layouts: new Layouts(), gathered: new Map(),
        values: new Float64Array(inputs.length), ids: new Int32Array(inputs.length),
      }));
    }
    return kept;
  }
}

const cellAt = (cells: Cells, { places, isAcross, first }: Layout, i: number, row: number): unknown =>
  isAcross ? cells[places[i]!]![first + row] : cells[first + row]![places[i]!];

/** Reads the one record of a range; gives the reason why it cannot be scored. */
function fill({ readers, texts, values, ids }: Kept, inputs: readonly InputField[], cells: Cells, layout: Layout): string | null {
  for (let i = 0; i < inputs.length; i++) {
    const value = layout.places[i]! < 0 ? null : readers[i]!(cellAt(cells, layout, i, 0));
    if (value instanceof CellError) return w.fault.cellError(inputs[i]!.name, value.code);
    values[i] = typeof value === "number" ? value : NaN;
    ids[i] = typeof value === "string" ? texts.id(value) : -1;
  }
  return null;
}

function gatheredFor(subject: Subject, want: Want, { texts }: Kept, tell: (block: Block) => (columns: InputColumns) => void): Gathered {
  const { inputs } = subject.description;
  return new Gathered(inputs.length, async (memo, rows) => {
    const block = new Block(inputs, rows.length, texts);
    const pause = pausing();
    for (const [at, row] of rows.entries()) {
      if ((at & 1023) === 0) await pause();
      for (let i = 0; i < inputs.length; i++) {
        const text = memo.text(row, i);
        block.lanes[i]!.put(at, text < 0 ? memo.value(row, i) : texts.text(text), texts);
      }
    }
    const [answers] = await score(subject, block, [want], pause, undefined, tell(block));
    return answers!;
  });
}

/** A call that is cancelled ends its work and, where workers have it, no longer waits for them. */
function stopping(call: Call) {
  const controller = new AbortController();
  call.onCanceled = () => controller.abort();
  return { signal: controller.signal, pause: pausing(() => controller.signal.aborted) };
}

function down(columns: readonly Answer[][], names: readonly Answer[] | null): Table {
  const rows = columns[0]?.length ?? 0;
  const table: Table = names ? [[...names]] : [];
  for (let row = 0; row < rows; row++) table.push(columns.map((column) => column[row]!));
  return table.length ? table : [[""]];
}

const across = (columns: readonly Answer[][], names: readonly Answer[] | null): Table => columns.map((column, i) => (names ? [names[i]!, ...column] : [...column]));

function outputNames(outputs: Cells | null): string[] {
  const flat = (outputs ?? []).flat().map((cell) => (cell === null || cell === undefined ? "" : String(cell)));
  return flat.length === 1 ? splitNames(flat[0]!) : flat;
}

export function quantityOf({ description }: Subject, value: string | null): Quantity {
  const { functionName } = description.info;
  if (functionName !== "classification") return { kind: "prediction" };
  const want = probabilityOf(description, value);
  return { kind: "probability", name: want.kind === "probability" ? want.value : want.field.value! };
}

async function explained(subject: Subject, record: Row, value: string | null, compared: readonly Row[]): Promise<tables.Explained> {
  const quantity = quantityOf(subject, value);
  const { base, records } = await subject.contributions(record, { quantity }, compared);
  const [first] = records;
  if (!isExplained(first)) throw noAnswer(first?.["@diagnostics"].map((d) => d.message).join(" ") || w.fault.noPrediction);
  return { base, quantity, value: first.value, contributions: first.contributions, standardError: first.standardError };
}

function fieldNamed({ description }: Subject, name: string): InputField {
  const found = description.inputs.find((f) => f.name === name.trim());
  const alike = description.inputs.filter((f) => [f.name, format.label(f)].some((n) => n.trim().toLowerCase() === name.trim().toLowerCase()));
  const field = found ?? (alike.length === 1 ? alike[0] : undefined);
  if (!field) throw refused(w.fault.noField(name.trim(), format.list(asked(description).map((f) => f.name))));
  return field;
}

function relationOf(text: string | null): "=" | ">=" | "<=" {
  const relation = (text ?? ">=").trim().replace("≥", ">=").replace("≤", "<=");
  if (relation === "=" || relation === ">=" || relation === "<=") return relation;
  throw refused(w.fault.noRelation(relation));
}

function whole(n: number, least: number, most: number, what: string): number {
  if (Number.isInteger(n) && n >= least && n <= most) return n;
  throw refused(w.fault.notWhole(what, least, most));
}

const pad = (texts: readonly string[], n: number): Answer[] => Array.from({ length: n }, (_, i) => texts[i] ?? "");
const finite = (x: number): Answer => (Number.isFinite(x) ? x : noAnswer(w.fault.noPrediction));

function valueAt(block: Block, field: InputField, row: number): CaseValue {
  const lane = block.lanes[block.fields.indexOf(field)]!;
  const id = lane.texts?.[row] ?? -1;
  const x = lane.numbers[row]!;
  if (id < 0) return Number.isNaN(x) ? null : x;
  const text = block.texts.text(id);
  return kindOf(field) === "number" ? new Unread(text) : heldIn(field, new Map([[field.name, readValue(field, text)]]));
}

function remark(field: InputField, value: CaseValue): string {
  const found = remarkOn(field, value);
  if (!found || found.tag === "") return "";
  const name = format.label(field);
  const text = [found.message.head, found.message.text].filter(Boolean).join(" ");
  return text.includes(name) ? text : `${name}: ${text}`;
}
