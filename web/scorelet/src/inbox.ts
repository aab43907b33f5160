/** Writes input columns and records into a session's inbox (wasm/block.hpp: WireColumn, WireCell). */
import { CELL, Kind } from "./answers.js";
import type { Heap, Session } from "./core.js";
import { fault } from "./error.js";
import type { InputColumn, InputField, InputValue } from "./types.js";

const COLUMN = 24;
const ColumnKind = { absent: 0, numbers: 1, codes: 3, cells: 4 } as const;
/** Lists inside lists; far more than any model asks for. */
const MAX_NESTING = 8;

const encoder = new TextEncoder();

type Numbers = Exclude<InputColumn, readonly InputValue[] | { readonly codes: Int32Array }>;

export class Inbox {
  readonly #heap: Heap;
  readonly #session: Session;
  #base = 0;
  #capacity = 0;
  #used = 0;

  constructor(heap: Heap, session: Session) {
    this.#heap = heap;
    this.#session = session;
  }

  /** Begins a batch of `columns` columns, all absent, of about `bytes` bytes. */
  begin(columns: number, bytes: number): void {
    this.#used = 0;
    this.#ensure(columns * COLUMN + bytes);
    this.#allocate(columns * COLUMN);
    this.#heap.bytes.fill(0, this.#base, this.#base + columns * COLUMN);
  }

  /** The one value of a record's column. */
  value(column: number, field: InputField, value: InputValue): void {
    if (value === null || value === undefined) return;
    const cell = this.#allocate(CELL);
    this.#describe(column, ColumnKind.cells, cell);
    this.#cell(cell, field, value, 0);
  }

  column(column: number, field: InputField, values: InputColumn): void {
    if ("codes" in values) this.#codes(column, values.codes, values.dictionary, field);
    else if (ArrayBuffer.isView(values)) this.#numbers(column, values);
    else if (values.every((x) => typeof x === "number" || isMissing(x))) this.#numberList(column, values as readonly (number | null | undefined)[]);
    else if (values.every((x) => typeof x === "string" || isMissing(x))) this.#texts(column, field, values as readonly (string | null | undefined)[]);
    else this.#cells(column, field, values);
  }

  /** Bytes at the start, in place of a batch. */
  bytes(bytes: Uint8Array): void {
    this.#ensure(bytes.length);
    this.#heap.bytes.set(bytes, this.#base);
  }

  #numbers(column: number, values: Numbers): void {
    const lanes = this.#allocate(values.length * 8);
    this.#heap.doubles.set(values, (this.#base + lanes) >>> 3);
    this.#describe(column, ColumnKind.numbers, lanes);
  }

  #numberList(column: number, values: readonly (number | null | undefined)[]): void {
    const lanes = this.#allocate(values.length * 8);
    const start = (this.#base + lanes) >>> 3;
    const doubles = this.#heap.doubles;
    for (let i = 0; i < values.length; ++i) doubles[start + i] = values[i] ?? NaN;
    this.#describe(column, ColumnKind.numbers, lanes);
  }

  /** Equal texts cross once. */
  #texts(column: number, field: InputField, values: readonly (string | null | undefined)[]): void {
    const codes = new Int32Array(values.length);
    const codeOf = new Map<string, number>();
    for (let i = 0; i < values.length; ++i) {
      const text = values[i];
      if (text === null || text === undefined) {
        codes[i] = -1;
        continue;
      }
      let code = codeOf.get(text);
      if (code === undefined) codeOf.set(text, code = codeOf.size);
      codes[i] = code;
    }
    this.#codes(column, codes, [...codeOf.keys()], field);
  }

  #codes(column: number, codes: Int32Array, dictionary: readonly string[], field: InputField): void {
    for (const code of codes) {
      if (code >= dictionary.length) throw fault("badArgument", `Code ${code} of "${field.name}" is beyond its dictionary of ${dictionary.length}.`, { field: field.name });
    }
    const lanes = this.#allocate(codes.byteLength);
    this.#heap.ints.set(codes, (this.#base + lanes) >>> 2);
    const offsets = this.#allocate((dictionary.length + 1) * 4);
    let end = 0;
    const bytes = this.#used;
    this.#heap.ints[(this.#base + offsets) >>> 2] = 0;
    for (let i = 0; i < dictionary.length; ++i) {
      end += this.#text(bytes + end, dictionary[i]!);
      this.#heap.ints[(this.#base + offsets + 4 * (i + 1)) >>> 2] = end;
    }
    this.#used = align(bytes + end);
    this.#describe(column, ColumnKind.codes, lanes, dictionary.length, offsets, bytes);
  }

  #cells(column: number, field: InputField, values: readonly InputValue[]): void {
    const cells = this.#allocate(values.length * CELL);
    for (let i = 0; i < values.length; ++i) this.#cell(cells + i * CELL, field, values[i], 0);
    this.#describe(column, ColumnKind.cells, cells);
  }

  #cell(cell: number, field: InputField, value: InputValue, depth: number): void {
    if (typeof value === "number" && !Number.isNaN(value)) return this.#fill(cell, Kind.number, 0, value);
    if (typeof value === "boolean") return this.#fill(cell, Kind.boolean, 0, value ? 1 : 0);
    if (isMissing(value)) return this.#fill(cell, Kind.missing, 0, 0);
    if (typeof value === "string" || value instanceof Date) {
      const start = this.#used;
      const size = this.#text(start, typeof value === "string" ? value : dateText(value, field));
      this.#used = align(start + size);
      return this.#fill(cell, Kind.text, size, start);
    }
    if (!Array.isArray(value)) {
      throw fault("badArgument", `The value of "${field.name}" is neither a number, text, boolean, Date, list nor missing.`, { field: field.name });
    }
    if (depth === MAX_NESTING) throw fault("badArgument", `The lists of "${field.name}" are nested too deeply.`, { field: field.name });
    const first = this.#allocate(value.length * CELL);
    for (let i = 0; i < value.length; ++i) this.#cell(first + i * CELL, field, value[i] as InputValue, depth + 1);
    this.#fill(cell, Kind.list, value.length, first);
  }

  #fill(cell: number, kind: number, size: number, value: number): void {
    const place = this.#base + cell;
    this.#heap.ints[place >>> 2] = kind;
    this.#heap.ints[(place >>> 2) + 1] = size;
    this.#heap.doubles[(place >>> 3) + 1] = value;
  }

  #describe(column: number, kind: number, lanes: number, texts = 0, offsets = 0, bytes = 0): void {
    const place = (this.#base + column * COLUMN) >>> 2;
    const { ints } = this.#heap;
    ints[place] = kind;
    ints[place + 1] = lanes;
    ints[place + 2] = texts;
    ints[place + 3] = offsets;
    ints[place + 4] = bytes;
  }

  /** Writes UTF-8 at `offset`; a UTF-16 unit never needs more than three bytes. */
  #text(offset: number, text: string): number {
    this.#ensure(offset + text.length * 3);
    const start = this.#base + offset;
    return encoder.encodeInto(text, this.#heap.bytes.subarray(start, start + text.length * 3)).written;
  }

  #allocate(bytes: number): number {
    const offset = this.#used;
    this.#used = align(offset + bytes);
    this.#ensure(this.#used);
    return offset;
  }

  #ensure(bytes: number): void {
    if (bytes > this.#capacity) {
      this.#capacity = align(Math.max(bytes, 1024, this.#capacity < 1 << 24 ? this.#capacity * 2 : this.#capacity * 1.25));
      this.#base = this.#session.reserve(this.#capacity);
    }
    this.#heap.fresh();
  }
}

const align = (bytes: number): number => Math.ceil(bytes / 8) * 8;
const isMissing = (x: unknown): boolean => x === null || x === undefined || Number.isNaN(x);

/** ISO text of the parts that the field holds, in UTC. */
function dateText(date: Date, field: InputField): string {
  if (Number.isNaN(date.getTime())) throw fault("badArgument", `The Date given for "${field.name}" is invalid.`, { field: field.name });
  const iso = date.toISOString();
  const [day, time] = [iso.slice(0, iso.indexOf("T")), iso.slice(iso.indexOf("T") + 1, -1)];
  const clock = time.replace(/\.000$/, "");
  if (/^date(Days|$)/.test(field.dataType)) return day;
  if (/^time/.test(field.dataType)) return clock;
  return `${day}T${clock}`;
}
