// The case being asked about, one value per field, and the scenarios kept beside it; where it started, and the way back.
import type { Description, InputField, InputValue } from "scorelet";
import { fit, isNumeric, readValue, startValue, type CaseValue } from "./domain.ts";
import { History } from "./history.ts";
import { stepsAhead } from "./series.ts";
import { Listed, Unread } from "./typed.ts";

/** By field name. Fields that the form does not have may be among them: another model asks for those. */
export type Values = ReadonlyMap<string, CaseValue>;

/** A case that was kept under a name. */
export interface Scenario {
  readonly name: string;
  readonly values: Values;
}

/** All that can be undone. The first scenario is the one that the others are held against. */
export interface State {
  readonly values: Values;
  readonly scenarios: readonly Scenario[];
}

export class Case {
  readonly fields: readonly InputField[];
  /** Scenarios are shown to the reader, so what is tried may be kept as one. */
  keepsScenarios = true;
  /** The field that says how many steps a forecast takes. */
  readonly horizon: InputField | undefined;
  readonly #byName: ReadonlyMap<string, InputField>;
  readonly #targets: ReadonlySet<string>;
  readonly start: Values;
  readonly startsFromExample: boolean;
  readonly history: History<State>;

  /**
   * A given example begins the case if the fields' own usual values would leave gaps. Where another model was asked
   * about the case before, its history goes on.
   */
  constructor(
    { info, inputs, targets }: Description,
    example: Readonly<Record<string, string>> | null = null,
    history?: History<State>,
  ) {
    this.fields = inputs;
    this.#byName = new Map(inputs.map((f) => [f.name, f]));
    this.#targets = new Set(targets.map((f) => f.name));
    if (info.functionName === "timeSeries")
      this.horizon = inputs.find((f) => f.isUsed && f.usageType === "supplementary" && isNumeric(f));
    const usual = new Map(inputs.map((f) => [f.name, f === this.horizon ? stepsAhead : startValue(f)]));
    const row = this.fields.some((f) => f.isUsed && usual.get(f.name) === null) ? example : null;
    this.startsFromExample = row !== null;
    this.start = row ? new Map(this.fields.map((f) => [f.name, readValue(f, row[f.name] ?? "")])) : usual;
    this.history = history ?? new History<State>({ values: this.start, scenarios: [] });
  }

  /** A target asked for, to be compared with what is predicted. */
  isActual(field: InputField): boolean {
    return field.isUsed && this.#targets.has(field.name);
  }

  get values(): Values {
    return this.history.now.values;
  }

  get scenarios(): readonly Scenario[] {
    return this.history.now.scenarios;
  }

  get(name: string): CaseValue {
    const field = this.#byName.get(name);
    return field ? heldIn(field, this.values) : null;
  }

  hasChanged(name: string): boolean {
    return !same(this.get(name), this.start.get(name) ?? null);
  }

  get changed(): InputField[] {
    return this.fields.filter((f) => this.hasChanged(f.name));
  }

  /** The scenario that the form holds exactly, if there is one. */
  get kept(): Scenario | undefined {
    return this.scenarios.find((scenario) => isSame(this.fields, scenario.values, this.values));
  }

  /** The record to score. Only called when no value is `Unread`. */
  get record(): Record<string, InputValue> {
    return recordOf(this.fields, this.values);
  }

  set(name: string, value: CaseValue, what: string): void {
    this.#become(new Map(this.values).set(name, value), what, name);
  }

  reset(what: string): void {
    this.#become(new Map([...this.values, ...this.start]), what);
  }

  clear(what: string): void {
    this.#become(new Map([...this.values, ...this.fields.map((f) => [f.name, null] as const)]), what);
  }

  /** Takes over the values of a scenario. */
  load({ values }: Scenario, what: string): void {
    this.#become(new Map([...this.values, ...values]), what);
  }

  keep(name: string, what: string): void {
    this.arrange([...this.scenarios, { name, values: this.values }], what);
  }

  /** Other scenarios, or the same ones renamed or in another order. */
  arrange(scenarios: readonly Scenario[], what: string): void {
    this.history.change({ values: this.values, scenarios }, what);
  }

  /** Everything at once, as a link brings it. */
  restore(state: State, what: string): void {
    this.history.change(state, what);
  }

  /** As if nobody had been here: the start, no scenarios, and nothing to undo. */
  begin(): void {
    this.history.begin({ values: this.start, scenarios: [] });
  }

  /** Gives the way to stop. */
  onChange(listener: () => void): () => void {
    return this.history.onChange(listener);
  }

  #become(values: Values, what: string, field: string | null = null): void {
    if (isSame(this.fields, this.values, values)) return;
    this.history.change({ values, scenarios: this.scenarios }, what, field);
  }
}

/** As the field's own control takes it: the values may come from the form of another model. */
export const heldIn = (field: InputField, values: Values): CaseValue => fit(field, values.get(field.name) ?? null);

/** Only called when no value is `Unread`. */
export function recordOf(fields: readonly InputField[], values: Values): Record<string, InputValue> {
  return Object.fromEntries(fields.map((f) => [f.name, inputOf(heldIn(f, values))]));
}

/** True if no field tells the two apart. */
export const isSame = (fields: readonly InputField[], a: Values, b: Values): boolean =>
  fields.every((f) => same(heldIn(f, a), heldIn(f, b)));

function inputOf(value: CaseValue): InputValue {
  if (value instanceof Listed) return value.value;
  return value instanceof Unread ? null : value;
}

export function same(a: CaseValue, b: CaseValue): boolean {
  const typed = (a instanceof Unread && b instanceof Unread) || (a instanceof Listed && b instanceof Listed);
  return typed ? a.text === b.text : Object.is(a, b);
}
