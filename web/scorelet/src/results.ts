/** Results are copies: they stay good after the next call and after `close()`. */
import { answer, diagnostics } from "./answers.js";
import type { Core, Session } from "./core.js";
import { fault } from "./error.js";
import type { Details, Diagnostic, OutputValue, ResultField } from "./types.js";

/** The answer to one record. */
export class Prediction {
  /** By result name; see `Description.results`. */
  readonly values: Record<string, OutputValue>;
  /** Why the record has no (complete) answer, and names in it that the model does not know. */
  readonly diagnostics: Diagnostic[];
  readonly #details: () => Details;
  #known: Details | undefined;

  /** @internal */
  constructor(values: Record<string, OutputValue>, diagnostics: Diagnostic[], details: () => Details) {
    this.values = values;
    this.diagnostics = diagnostics;
    this.#details = details;
  }

  /** Computed when first asked for, which must be before the model scores again or is closed. */
  details(): Details {
    return this.#known ??= this.#details();
  }
}

type Lanes = { numbers?: Float64Array<ArrayBuffer>; codes?: Int32Array<ArrayBuffer>; distinct?: OutputValue[] };

/** What a ColumnResult is made of; goes through `postMessage`. */
export interface ResultParts {
  rows: number;
  /** By result, in the order of `Description.results`. */
  lanes: Lanes[];
  /** By row, those that have any. */
  diagnostics: Map<number, Diagnostic[]>;
  notes: Diagnostic[];
}

/** The answers to a batch, column by column. */
export class ColumnResult {
  readonly rows: number;
  /** Column names of the batch that the model does not know. */
  readonly notes: Diagnostic[];
  readonly #fields: Map<string, ResultField & { lanes: Lanes }>;
  readonly #diagnostics: Map<number, Diagnostic[]>;

  /** @internal */
  constructor(fields: readonly ResultField[], { rows, lanes, diagnostics, notes }: ResultParts) {
    this.rows = rows;
    this.notes = notes;
    this.#fields = new Map(fields.map((field, i) => [field.name, { ...field, lanes: lanes[i]! }]));
    this.#diagnostics = diagnostics;
  }

  /** A numeric result as numbers, booleans as 0 and 1, dates and times as days or seconds since 1970; missing is NaN. */
  numbers(name: string): Float64Array {
    const { dataType, lanes } = this.#field(name);
    if (lanes.numbers) return lanes.numbers;
    throw fault("badArgument", `The result "${name}" is of type ${dataType}, not numeric: use values("${name}").`, { field: name });
  }

  /** A result of any type as values; missing is null. */
  values(name: string): OutputValue[] {
    const { dataType, lanes } = this.#field(name);
    const { numbers, codes, distinct } = lanes;
    if (codes) return Array.from(codes, (code) => distinct![code] ?? null);
    const isBoolean = dataType === "boolean";
    return Array.from(numbers!, (x) => (Number.isNaN(x) ? null : isBoolean ? x !== 0 : x));
  }

  /** True if the row has no diagnostics. */
  ok(row: number): boolean {
    return !this.#diagnostics.has(this.#row(row));
  }

  diagnostics(row: number): Diagnostic[] {
    return this.#diagnostics.get(this.#row(row)) ?? [];
  }

  #field(name: string): ResultField & { lanes: Lanes } {
    const field = this.#fields.get(name);
    if (field) return field;
    throw fault("badArgument", `The model has no result "${name}"; it has ${[...this.#fields.keys()].map((n) => `"${n}"`).join(", ")}.`, { field: name });
  }

  #row(row: number): number {
    if (Number.isInteger(row) && row >= 0 && row < this.rows) return row;
    throw fault("badArgument", `There is no row ${row}: the batch has ${this.rows} rows.`);
  }
}

/**
 * What the core says about the batch that it scored last.
 * @internal
 */
export function readColumns(core: Core, session: Session, rows: number, fields: readonly ResultField[], notes: Diagnostic[]): ResultParts {
  const lanes = fields.map((field, c): Lanes => {
    const lanes: Lanes = {};
    if (field.dataType !== "string" && field.dataType !== "list") {
      const start = session.lanes(c) >>> 3;
      lanes.numbers = core.heap.fresh().doubles.slice(start, start + rows);
    }
    if (!lanes.numbers || ["date", "time", "dateTime"].includes(field.dataType)) {
      const base = session.codes(c);
      const [place, distinct] = answer(core.heap, base) as [number, OutputValue[]];
      const start = (base + place) >>> 2;
      lanes.codes = core.heap.ints.slice(start, start + rows);
      lanes.distinct = distinct;
    }
    return lanes;
  });
  const found = answer(core.heap, session.diagnostics()) as [number, OutputValue][];
  return { rows, lanes, diagnostics: new Map(found.map(([row, list]) => [row, diagnostics(list, row)])), notes };
}

/**
 * Ranges of one batch as the whole.
 * @internal
 */
export function joinParts(parts: readonly ResultParts[]): ResultParts {
  const { lanes, notes } = parts[0]!;
  const starts = [0];
  for (const part of parts) starts.push(starts.at(-1)! + part.rows);
  const rows = starts.at(-1)!;
  const found = parts.flatMap((part, i) => Array.from(part.diagnostics, ([row, list]): [number, Diagnostic[]] =>
    [starts[i]! + row, list.map((d) => ({ ...d, row: starts[i]! + row }))]));
  return { rows, lanes: lanes.map((_, c) => joinLanes(parts.map((part) => part.lanes[c]!), starts)), diagnostics: new Map(found), notes };
}

function joinLanes(parts: readonly Lanes[], starts: readonly number[]): Lanes {
  const rows = starts.at(-1)!;
  const whole: Lanes = {};
  if (parts[0]!.numbers) {
    whole.numbers = new Float64Array(rows);
    for (const [i, { numbers }] of parts.entries()) whole.numbers.set(numbers!, starts[i]);
  }
  if (parts[0]!.codes) {
    whole.codes = new Int32Array(rows);
    whole.distinct = [];
    for (const [i, { codes, distinct }] of parts.entries()) {
      const first = whole.distinct.length;
      whole.codes.set(codes!.map((code) => (code < 0 ? code : first + code)), starts[i]);
      for (const value of distinct!) whole.distinct.push(value);
    }
  }
  return whole;
}
