/** A record as plain numbers: the way with the least around it (Session::scoreNumbers). */
import type { Core, CoreModule, Heap, Session } from "./core.js";
import type { DataType, Description, InputValue, OutputValue } from "./types.js";

type Values = Record<string, OutputValue>;

const Kind = { number: 0, boolean: 1, text: 2, other: 3 } as const;
/** Where a name leads that is no input's. */
const TARGET = -1;
const UNKNOWN = -2;

/** The record of a session: one number per input in the module's memory, and behind them one per result. */
export class PlainRecord {
  readonly #core: Core;
  readonly #heap: Heap;
  readonly #session: Session;
  readonly #names: readonly string[];
  readonly #kinds: readonly number[];
  readonly #results: readonly { name: string; kind: number }[];
  /** The input of every name that the model knows. */
  readonly #places: ReadonlyMap<string, number>;
  /** The names of the last record in their order, and their places: most often those of the next one too. */
  readonly #lastNames: string[] = [];
  readonly #lastPlaces: number[] = [];
  /** Texts of the document, as far as they were seen. */
  readonly #codes = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  /** Has the names as its own whatever they are ("__proto__"), and so have its copies. */
  readonly #blank: Values;
  readonly #first: number;
  readonly #run: (module: CoreModule) => boolean;
  /** Whether the record that was written last has names that the model does not know. */
  hasUnknown = false;

  constructor(core: Core, session: Session, { inputs, targets, results }: Description) {
    this.#core = core;
    this.#heap = core.heap;
    this.#session = session;
    this.#names = inputs.map(({ name }) => name);
    this.#kinds = inputs.map(({ dataType, isList }) => (isList ? Kind.other : dataType === "string" ? Kind.text : Kind.number));
    this.#results = results.map(({ name, dataType }) => ({ name, kind: resultKind(dataType) }));
    this.#places = new Map([...targets.map(({ name }) => [name, TARGET] as const), ...this.#names.map((name, i) => [name, i] as const)]);
    this.#blank = Object.fromEntries(results.map(({ name }) => [name, null]));
    this.#first = core.run(() => session.numbers()) >>> 3;
    const address = core.run(() => session.address);
    this.#run = (module) => module._score_numbers(address) !== 0;
  }

  /** Whether a name is that of an input or target. */
  knows(name: string): boolean { return this.#places.has(name); }

  /** Takes what is in `record`; false if it holds anything that no number stands for. */
  write(record: Readonly<Record<string, InputValue>>): boolean {
    const first = this.#first;
    const count = this.#names.length;
    let doubles = this.#heap.fresh().doubles;
    doubles.fill(NaN, first, first + count);
    this.hasUnknown = false;
    let seen = 0;
    let found = 0;
    for (const name in record) {  // faster than by name
      const place = name === this.#lastNames[seen] ? this.#lastPlaces[seen]! : this.#find(name, seen);
      ++seen;
      if (place < 0) {
        if (place === UNKNOWN) this.hasUnknown = true;
        continue;
      }
      ++found;
      const value = record[name];
      if (typeof value === "number" && this.#kinds[place] === Kind.number) {
        doubles[first + place] = value;
      } else {
        if (!this.#put(place, value)) return false;
        doubles = this.#heap.fresh().doubles;
      }
    }
    // What the loop does not show may be there all the same: properties of a class, of a proxy.
    for (let i = 0; found < count && i < count; ++i) {
      if (Number.isNaN(this.#heap.doubles[first + i]) && !this.#put(i, record[this.#names[i]!])) return false;
    }
    return true;
  }

  /** Takes numbers by input. */
  set(numbers: Float64Array): void {
    this.#heap.fresh().doubles.set(numbers, this.#first);
  }

  /** Scores what was taken; false if there are diagnostics. */
  score(): boolean {
    return this.#core.run(this.#run);
  }

  /** Numbers by result: a text as the number that stands for it. */
  get(numbers: Float64Array): void {
    const { doubles } = this.#heap.fresh();
    const first = this.#first + this.#names.length;
    for (let c = 0; c < numbers.length; ++c) numbers[c] = doubles[first + c]!;
  }

  /** By name; `read` gives all values where that is not in the numbers alone. */
  values(read: () => readonly OutputValue[]): Values {
    const { doubles } = this.#heap.fresh();
    const first = this.#first + this.#names.length;
    const values = { ...this.#blank };
    for (let c = 0; c < this.#results.length; ++c) {
      const { name, kind } = this.#results[c]!;
      const number = doubles[first + c]!;
      if (Number.isNaN(number)) continue;
      if (kind === Kind.number) values[name] = number;
      else if (kind === Kind.boolean) values[name] = number !== 0;
      else {
        const text = kind === Kind.text ? this.#texts.get(number) : undefined;
        if (text === undefined) return this.#all(read(), first);
        values[name] = text;
      }
    }
    return values;
  }

  /** The number that stands for a text of the document. */
  numberOf(text: string): number | undefined {
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#core.run(() => this.#session.numberOf(text));
      if (code < 0) return undefined;
      this.#codes.set(text, code);
    }
    return code;
  }

  #find(name: string, seen: number): number {
    const place = this.#places.get(name) ?? UNKNOWN;
    this.#lastNames[seen] = name;
    this.#lastPlaces[seen] = place;
    return place;
  }

  #put(place: number, value: InputValue): boolean {
    if (value === null || value === undefined || Number.isNaN(value)) return true;
    const kind = this.#kinds[place];
    let number: number | undefined;
    if (kind === Kind.number && (typeof value === "number" || typeof value === "boolean")) number = Number(value);
    if (kind === Kind.text && typeof value === "string") number = this.numberOf(value);
    if (number === undefined) return false;
    this.#heap.fresh().doubles[this.#first + place] = number;
    return true;
  }

  #all(answers: readonly OutputValue[], first: number): Values {
    const values = { ...this.#blank };
    const { doubles } = this.#heap.fresh();
    this.#results.forEach(({ name, kind }, c) => {
      const value = answers[c] ?? null;
      values[name] = value;
      // Texts that only the row has made are numbered anew in each.
      if (kind === Kind.text && typeof value === "string" && this.numberOf(value) === doubles[first + c]) this.#texts.set(doubles[first + c]!, value);
    });
    return values;
  }
}

function resultKind(dataType: DataType): number {
  if (dataType === "string") return Kind.text;
  if (dataType === "boolean") return Kind.boolean;
  return ["date", "time", "dateTime", "list"].includes(dataType) ? Kind.other : Kind.number;
}
