// The case being asked about: one value per field, where it started, and the way back.
import type { Description, InputField, InputValue } from "scorelet";
import { isNumeric, readValue, startValue, type CaseValue } from "./domain.ts";
import { stepsAhead } from "./series.ts";
import { Listed, Unread } from "./typed.ts";

type Values = ReadonlyMap<string, CaseValue>;
interface Step {
  values: Values;
  what: string;
  field: string | null;
  at: number;
}

const maximumSteps = 100;
const oneGesture = 800; // ms: changes of one field closer together than this are undone as one

export class Case {
  readonly fields: readonly InputField[];
  /** The field that says how many steps a forecast takes. */
  readonly horizon: InputField | undefined;
  readonly #targets: ReadonlySet<string>;
  readonly start: Values;
  readonly startsFromExample: boolean;
  #values: Values;
  #steps: Step[] = [];
  #listeners: (() => void)[] = [];

  /** A given example begins the case if the fields' own usual values would leave gaps. */
  constructor({ info, inputs, targets }: Description, example: Readonly<Record<string, string>> | null = null) {
    this.fields = inputs;
    this.#targets = new Set(targets.map((f) => f.name));
    if (info.functionName === "timeSeries")
      this.horizon = inputs.find((f) => f.isUsed && f.usageType === "supplementary" && isNumeric(f));
    const usual = new Map(inputs.map((f) => [f.name, f === this.horizon ? stepsAhead : startValue(f)]));
    const row = this.fields.some((f) => f.isUsed && usual.get(f.name) === null) ? example : null;
    this.startsFromExample = row !== null;
    this.start = row ? new Map(this.fields.map((f) => [f.name, readValue(f, row[f.name] ?? "")])) : usual;
    this.#values = this.start;
  }

  /** A target asked for, to be compared with what is predicted. */
  isActual(field: InputField): boolean {
    return field.isUsed && this.#targets.has(field.name);
  }

  get(name: string): CaseValue {
    return this.#values.get(name) ?? null;
  }

  hasChanged(name: string): boolean {
    return !same(this.get(name), this.start.get(name) ?? null);
  }

  get changed(): InputField[] {
    return this.fields.filter((f) => this.hasChanged(f.name));
  }

  /** The record to score. Only called when no value is `Unread`. */
  get record(): Record<string, InputValue> {
    return Object.fromEntries([...this.#values].map(([name, v]) => [name, inputOf(v)]));
  }

  set(name: string, value: CaseValue, what: string): void {
    if (same(this.get(name), value)) return;
    this.#replace(new Map(this.#values).set(name, value), what, name);
  }

  reset(what: string): void {
    this.#replace(this.start, what, null);
  }

  clear(what: string): void {
    this.#replace(new Map(this.fields.map((f) => [f.name, null])), what, null);
  }

  /** What `undo` would take back, or null. */
  get undoable(): string | null {
    return this.#steps.at(-1)?.what ?? null;
  }

  undo(): void {
    const step = this.#steps.pop();
    if (!step) return;
    this.#values = step.values;
    this.#notify();
  }

  /** As if nobody had been here: the start, and nothing to undo. */
  begin(): void {
    this.#values = this.start;
    this.#steps = [];
    this.#notify();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #replace(values: Values, what: string, field: string | null): void {
    const last = this.#steps.at(-1),
      now = performance.now();
    if (field !== null && last?.field === field && now - last.at < oneGesture) last.at = now;
    else this.#steps.push({ values: this.#values, what, field, at: now });
    if (this.#steps.length > maximumSteps) this.#steps.shift();
    this.#values = values;
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

function inputOf(value: CaseValue): InputValue {
  if (value instanceof Listed) return value.value;
  return value instanceof Unread ? null : value;
}

function same(a: CaseValue, b: CaseValue): boolean {
  const typed = (a instanceof Unread && b instanceof Unread) || (a instanceof Listed && b instanceof Listed);
  return typed ? a.text === b.text : Object.is(a, b);
}
