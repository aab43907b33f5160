/** Why a prediction is what it is, and what would change it (docs/explain.md). */
import { answer, diagnostics } from "./answers.js";
import type { Core, Inquirer, Session } from "./core.js";
import { fault, ScoreletError } from "./error.js";
import type { Diagnostic, InputValue, OutputValue } from "./types.js";

export type InputRecord = Readonly<Record<string, InputValue>>;
export type Records = readonly InputRecord[];

/** The number that is explained. */
export interface Quantity {
  /**
   * `prediction`: a result column of numbers (`name`, or the first); `probability`: of class `name`; `margin`: what the
   * link function turns into the prediction (log-odds of class `name`, logarithm of a mean).
   */
  kind: "prediction" | "probability" | "margin";
  name?: string;
}

export interface BackgroundOptions {
  /** By default 100. */
  records?: number;
  seed?: number;
  /** By default `description`: fields are then mixed as if they were independent. */
  from?: "description" | "verification";
}
export interface BackgroundNote {
  readonly field: string;
  readonly source: "frequencies" | "histogram" | "quantiles" | "normal" | "range" | "values" | "interval" | "replacement" | "verification" | "none";
  readonly note: string;
}

export interface About {
  /** By default the prediction of a regression, the probability of the last class of a classification. */
  quantity?: Quantity;
}

export interface ContributionOptions extends About {
  /** By default `interventional`, against the background; `pathDependent` needs trees with recordCounts that add up. */
  kind?: "interventional" | "pathDependent";
  /** Sampling (more than twelve fields behind a link function) goes on until no standard error is larger. */
  standardError?: number;
  /** Sampling: mixed records scored at most. */
  evaluations?: number;
  seed?: number;
}

/** Shapley values: base + their sum = value. */
export interface Contributions {
  readonly value: number;
  /** In the model's raw input fields, in units of the quantity. */
  readonly contributions: Readonly<Record<string, number>>;
  readonly method: "additive" | "trees" | "enumeration" | "sampling";
  /** The largest of any contribution; 0 where they are exact. */
  readonly standardError: number;
}
/** A record without contributions, and why. */
export interface Unexplained {
  readonly value: number | null;
  readonly "@diagnostics": readonly Diagnostic[];
}
export interface Explanation {
  /** The mean of the quantity where no field is known. */
  readonly base: number;
  readonly records: readonly (Contributions | Unexplained)[];
}

export interface Importance {
  readonly records: number;
  readonly unexplained: number;
  /** By mean absolute contribution, the largest first. */
  readonly fields: readonly { readonly field: string; readonly importance: number; readonly mean: number }[];
}

/** The quantity along one field; null where there is no prediction. */
export interface Curve {
  readonly field: string;
  readonly values: readonly OutputValue[];
  readonly quantity: readonly (number | null)[];
}
export interface CurveOptions extends About {
  /** By default evenly over the field's domain, or its categories. */
  values?: readonly (number | string | boolean | null)[];
  points?: number;
}

/** How far each field moves the quantity, all others as they are; the widest first. */
export interface Tornado {
  readonly now: number | null;
  readonly fields: readonly {
    readonly field: string; readonly low: number; readonly high: number; readonly atLow: OutputValue; readonly atHigh: OutputValue;
  }[];
}

export interface GoalOptions extends About {
  field: string;
  target: number;
  /** By default ">=". */
  relation?: "=" | ">=" | "<=";
  low?: number;
  high?: number;
}
export interface Goal {
  readonly now: number | null;
  /** All values of the field that reach the target, ends included, the nearest to its own first. */
  readonly ranges: readonly { readonly from: OutputValue; readonly to: OutputValue }[];
  readonly closest: { readonly value: OutputValue; readonly quantity: number | null };
}

export interface FieldFreedom {
  frozen?: boolean;
  low?: number;
  high?: number;
  /** Values lie this far apart, counted from the record's own. */
  step?: number;
  direction?: "any" | "up" | "down";
  /** Of a move by one standard deviation of the background, or to another category. */
  cost?: number;
}
export interface CounterfactualOptions extends About {
  target: number;
  relation?: "=" | ">=" | "<=";
  fields?: Readonly<Record<string, FieldFreedom>>;
  /** Fields changed at most; by default 3. */
  changes?: number;
  /** Answers at most; by default 3. */
  count?: number;
}
export interface Counterfactuals {
  readonly now: number | null;
  /** Fewest changes first, then the cheapest. Empty if nothing reaches the target. */
  readonly answers: readonly { readonly changes: Readonly<Record<string, OutputValue>>; readonly quantity: number; readonly cost: number }[];
}

/** How a number came about. */
export interface Trace {
  readonly value: number | null;
  readonly inputs: readonly {
    readonly field: string; readonly given: OutputValue; readonly used: OutputValue;
    readonly treatment: "asGiven" | "missing" | "replaced" | "asMissing" | "invalid";
  }[];
  readonly derived: readonly { readonly field: string; readonly value: OutputValue }[];
  /** Where the quantity is a sum: value = constant + Σ weight · value + Σ share. */
  readonly constant?: number;
  readonly terms?: readonly { readonly fields: readonly string[]; readonly weight: number; readonly value: number }[];
  readonly trees?: readonly {
    readonly path: readonly {
      readonly field: string; readonly is: "<" | ">=" | "in" | "not in" | "missing"; readonly threshold?: number; readonly values?: readonly string[];
    }[];
    readonly share: number;
  }[];
}

const encoder = new TextEncoder();

/** Asks one model. Holds memory outside of JavaScript until `close()`, or the end of a `using` block. */
export class Inquiry implements Disposable {
  readonly #core: Core;
  #inquirer: Inquirer | null;

  /** @internal */
  static of(core: Core, session: Session): Inquiry {
    return new Inquiry(core, core.run(({ Inquirer: Class }) => {
      if (!Class) throw fault("badArgument", "Load the model with `explains: true`, for which the module scorelet-full.wasm is needed (scorelet/lite has none).");
      return new Class(session);
    }));
  }

  private constructor(core: Core, inquirer: Inquirer) {
    this.#core = core;
    this.#inquirer = inquirer;
  }

  /** The records that answers compare with: 20 to 200 typical ones. */
  setBackground(records: Records): void {
    const reasons = this.#call(records, (inquirer, size) => diagnostics(answer(this.#core.heap, inquirer.setBackground(size))[0]));
    if (reasons.length) throw new ScoreletError(reasons);
  }

  /**
   * Records made from the model's own description (statistics of its training data, valid values), or taken from its
   * verification records; says where each field's values come from.
   */
  makeBackground(options: BackgroundOptions = {}): readonly BackgroundNote[] {
    const { records = 100, seed = 1, from = "description" } = options;
    if (!Number.isInteger(records) || records < 1 || records > 10_000) throw fault("badArgument", "A background has from 1 to 10,000 records.");
    if (!Number.isSafeInteger(seed) || seed < 0) throw fault("badArgument", "A seed is a whole number.");
    const inquirer = this.#open();
    return this.#parse(this.#core.run(() => answer(this.#core.heap, inquirer.makeBackground(records, seed, from === "verification"))));
  }

  /** What each field contributes to the quantity of each record. */
  contributions(records: InputRecord | Records, options: ContributionOptions = {}): Explanation {
    return this.#ask("contributions", { records, ...options });
  }

  /** Mean absolute contributions over records. */
  importance(records: Records, options: ContributionOptions = {}): Importance {
    return this.#ask("importance", { records, ...options });
  }

  /** The quantity of one record along one field. */
  curve(record: InputRecord, field: string, options: CurveOptions = {}): Curve {
    return this.#ask("curve", { record, field, ...options });
  }

  /** The mean of the quantity over the background along one field. */
  partialDependence(field: string, options: CurveOptions = {}): Curve {
    return this.#ask("partialDependence", { field, ...options });
  }

  tornado(record: InputRecord, options: About & { points?: number } = {}): Tornado {
    return this.#ask("tornado", { record, ...options });
  }

  /** All values of one field with which a target is reached. */
  goalSeek(record: InputRecord, options: GoalOptions): Goal {
    return this.#ask("goalSeek", { record, ...options });
  }

  /** Few and small changes with which a target is reached. May take a while with many fields: ask in a worker. */
  counterfactuals(record: InputRecord, options: CounterfactualOptions): Counterfactuals {
    return this.#ask("counterfactuals", { record, ...options });
  }

  trace(record: InputRecord, options: About = {}): Trace {
    return this.#ask("trace", { record, ...options });
  }

  close(): void {
    const inquirer = this.#inquirer;
    this.#inquirer = null;
    if (inquirer && !this.#core.isBroken) inquirer.delete();
  }

  [Symbol.dispose](): void { this.close(); }

  #ask<T>(ask: string, question: object): T {
    return this.#parse(this.#call({ ask, ...question }, (inquirer, size) => answer(this.#core.heap, inquirer.ask(size))));
  }

  #parse<T>([text, reasons]: readonly OutputValue[]): T {
    if (typeof text !== "string") throw new ScoreletError(diagnostics(reasons));
    return JSON.parse(text) as T;
  }

  #open(): Inquirer {
    if (!this.#inquirer) throw fault("closed", "This inquiry was closed.");
    return this.#inquirer;
  }

  #call<T>(question: object, call: (inquirer: Inquirer, size: number) => T): T {
    const inquirer = this.#open();
    const bytes = encoder.encode(JSON.stringify(question));
    return this.#core.run(() => {
      const address = inquirer.reserve(bytes.length);
      this.#core.heap.fresh().bytes.set(bytes, address);
      return call(inquirer, bytes.length);
    });
  }
}
