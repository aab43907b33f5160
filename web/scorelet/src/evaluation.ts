/**
 * How good predictions were, once it is known what came true: the evaluations of the core (scorelet/evaluation.hpp says
 * what each figure is, and from which source). All of them take columns of any number of rows at a time, merge with others
 * of their kind, and give the same figures to the bit whatever the order of rows or parts. What is not defined is NaN.
 */
/// <reference lib="esnext.disposable" preserve="true" />
import { answer } from "./answers.js";
import type { Core } from "./core.js";
import { fault } from "./error.js";
import type { Handle } from "./handle.js";
import type { Runtime } from "./runtime.js";

/** Numbers of rows, in any kind of list; NaN is missing. */
export type Numbers = ArrayLike<number>;

/** How many distinct values are told apart before neighbours are put together (`Figures.aucBound` says what that costs). */
export interface EvaluationOptions { resolution?: number }

/** Of a probability or score; `rows` is the sum of the next four. */
export interface BinaryFigures {
  rows: number; events: number; nonEvents: number; missingPredictions: number; missingOutcomes: number;
  /** Chance that an event scores above a non-event, ties counting half; its standard error (DeLong); how far it may be off. */
  auc: number; aucStandardError: number; aucBound: number;
  /** Kolmogorov–Smirnov distance of the scores of events and non-events. */
  ks: number;
  /** For probabilities; NaN if a score is beyond 0 to 1. */
  brier: number; logLoss: number;
  meanScore: number; eventRate: number;
}
/** Scores at or above a threshold are predicted to be events. */
export interface Confusion { truePositives: number; falsePositives: number; trueNegatives: number; falseNegatives: number }
/** What a case of each kind brings in; costs are negative. */
export interface Payoff { truePositive: number; falsePositive: number; trueNegative: number; falseNegative: number }
/** From "nothing predicted" (threshold Infinity) to "everything". */
export interface CurvePoint { threshold: number; truePositives: number; falsePositives: number }
/** The highest scores: how many cases, events among them, their share of all events, and times chance. */
export interface Top { cases: number; events: number; share: number; lift: number }
/** Cases of similar scores; the interval is that of `rate`, 95 % (Wilson). */
export interface CalibrationGroup {
  cases: number; events: number; lowest: number; highest: number; meanScore: number; rate: number; intervalLow: number; intervalHigh: number;
}
export interface OutcomeBin { nonEvents: number; events: number; unknown: number }

/** Of numbers; `rows` is the sum of the next three. A residual is actual minus predicted; `bias` is predicted minus actual. */
export interface RegressionFigures {
  rows: number; cases: number; missingPredictions: number; missingOutcomes: number;
  mae: number; maeStandardError: number; rmse: number; bias: number; maximumError: number; r2: number; meanActual: number;
}
export interface ResidualGroup { cases: number; meanPredicted: number; meanResidual: number; deviation: number }

/** Of classes; `cells[actual][predicted]`. */
export interface ClassFigures {
  rows: number; cases: number; missingPredictions: number; missingOutcomes: number; accuracy: number;
  precision: number[]; recall: number[]; cells: number[][];
}

interface Cases<Self> extends Handle {
  reserve(rows: number): number;
  add(rows: number): void;
  merge(other: Self): boolean;
  figures(): number;
}
interface BinaryCases extends Cases<BinaryCases> {
  at(threshold: number): number;
  curve(most: number): number;
  top(cases: number): number;
  topWith(share: number): number;
  calibration(groups: number, equalWidths: boolean): number;
  best(truePositive: number, falsePositive: number, trueNegative: number, falseNegative: number): number;
  histogram(edges: number): number;
  quantile(p: number): number;
}
interface RegressionCases extends Cases<RegressionCases> {
  setEdges(edges: number): void;
  groups(): number;
  histogram(edges: number): number;
  quantile(p: number): number;
}
type ClassCases = Cases<ClassCases>;
interface EvaluationModule {
  BinaryCases: new (resolution: number) => BinaryCases;
  RegressionCases: new (resolution: number) => RegressionCases;
  ClassCases: new (classes: number) => ClassCases;
}

/** Rows that cross at once: a megabyte. */
const ROWS = 65_536;
const RESOLUTION = 65_536;

/** What the three kinds share: rows in, figures out. */
class Evaluation<C extends Cases<C>> implements Disposable {
  readonly #core: Core;
  #cases: C | null;

  /** @internal */
  constructor(runtime: Runtime, kind: keyof EvaluationModule, size: number) {
    this.#core = runtime.core;
    this.#cases = this.#core.run((module) => {
      const kinds = module as unknown as Partial<EvaluationModule>;
      if (!kinds[kind]) throw fault("badArgument", "Evaluations are in the module scorelet-full.wasm: use `await Runtime.full()` (scorelet/lite has none).");
      return new kinds[kind](size) as unknown as C;
    });
  }

  /** Rows: predicted and actual values, two columns of one length. */
  add(predicted: Numbers, actual: Numbers): void {
    if (predicted.length !== actual.length) {
      throw fault("badArgument", `There are ${predicted.length} predictions and ${actual.length} outcomes.`);
    }
    for (let begin = 0; begin < predicted.length; begin += ROWS) {
      const rows = Math.min(ROWS, predicted.length - begin);
      this.run((cases) => {
        const place = cases.reserve(rows) >>> 3;
        const { doubles } = this.#core.heap.fresh();
        for (let i = 0; i < rows; ++i) doubles[place + i] = predicted[begin + i]!;
        for (let i = 0; i < rows; ++i) doubles[place + rows + i] = actual[begin + i]!;
        cases.add(rows);
      });
    }
  }

  /** Takes over the rows of another, made with the same options in the same runtime. */
  merge(other: this): void {
    const merged = this.run((mine) => other.run((theirs) => mine.merge(theirs)));
    if (!merged) throw fault("badArgument", "Evaluations that were made with different options cannot be merged.");
  }

  /** Gives the memory back. */
  close(): void {
    const cases = this.#cases;
    this.#cases = null;
    if (cases && !this.#core.isBroken) cases.delete();
  }

  [Symbol.dispose](): void { this.close(); }

  /** @internal */
  run<T>(call: (cases: C) => T): T {
    const cases = this.#cases;
    if (!cases) throw fault("closed", "This evaluation was closed.");
    return this.#core.run(() => call(cases));
  }

  /** @internal */
  ask(call: (cases: C) => number): number[] {
    return this.run((cases) => answer(this.#core.heap, call(cases)) as number[]);
  }

  /** @internal Numbers of JavaScript at the start of the block. */
  put(cases: C, numbers: Numbers): number {
    const place = cases.reserve(Math.ceil(numbers.length / 2)) >>> 3;
    this.#core.heap.fresh().doubles.set(numbers, place);
    return numbers.length;
  }
}

/** The figures of an answer by these names, `names.length` at a time. */
function named<T>(names: readonly (keyof T & string)[], figures: number[]): T[] {
  const rows: T[] = [];
  for (let i = 0; i < figures.length; i += names.length) {
    rows.push(Object.fromEntries(names.map((name, k) => [name, figures[i + k]!])) as T);
  }
  return rows;
}

const CONFUSION = ["truePositives", "falsePositives", "trueNegatives", "falseNegatives"] as const;
const TOP = ["cases", "events", "share", "lift"] as const;

/** Scores of one event, a class against all others, and whether it came true: 1, 0, or anything else for not known. */
export class BinaryEvaluation extends Evaluation<BinaryCases> {
  constructor(runtime: Runtime, { resolution = RESOLUTION }: EvaluationOptions = {}) { super(runtime, "BinaryCases", resolution); }

  get figures(): BinaryFigures {
    return named<BinaryFigures>(["rows", "events", "nonEvents", "missingPredictions", "missingOutcomes", "auc", "aucStandardError",
      "aucBound", "ks", "brier", "logLoss", "meanScore", "eventRate"], this.ask((c) => c.figures()))[0]!;
  }
  at(threshold: number): Confusion { return named<Confusion>(CONFUSION, this.ask((c) => c.at(threshold)))[0]!; }
  /** ROC and gain; about `most` points. */
  curve(most = 400): CurvePoint[] {
    return named<CurvePoint>(["threshold", "truePositives", "falsePositives"], this.ask((c) => c.curve(most)));
  }
  /** The highest `cases` scores. */
  top(cases: number): Top { return named<Top>(TOP, this.ask((c) => c.top(cases)))[0]!; }
  /** The fewest of the highest scores that hold this share of all events. */
  topWith(share: number): Top { return named<Top>(TOP, this.ask((c) => c.topWith(share)))[0]!; }
  /** Groups of equally many cases, or of equally wide ranges of probability. */
  calibration(groups = 10, { equalWidths = false } = {}): CalibrationGroup[] {
    return named<CalibrationGroup>(["cases", "events", "lowest", "highest", "meanScore", "rate", "intervalLow", "intervalHigh"],
      this.ask((c) => c.calibration(groups, equalWidths)));
  }
  /** The threshold with the highest payoff; Infinity: predict nothing. */
  best(p: Payoff): { confusion: Confusion; threshold: number; payoff: number } {
    const figures = this.ask((c) => c.best(p.truePositive, p.falsePositive, p.trueNegative, p.falseNegative));
    return { confusion: named<Confusion>(CONFUSION, figures.slice(0, 4))[0]!, threshold: figures[4]!, payoff: figures[5]! };
  }
  /** Below the first edge, from each edge to before the next, and from the last on. */
  histogram(edges: Numbers): OutcomeBin[] {
    return named<OutcomeBin>(["nonEvents", "events", "unknown"], this.ask((c) => c.histogram(this.put(c, edges))));
  }
  /** Of all scores, whether or not their outcome is known; `p` from 0 to 1. */
  quantile(p: number): number { return this.run((c) => c.quantile(p)); }
}

/** Expected calibration error of groups: mean of |rate - meanScore|, weighted by cases. */
export function calibrationError(groups: readonly CalibrationGroup[]): number {
  const cases = groups.reduce((sum, g) => sum + g.cases, 0);
  return groups.reduce((sum, g) => sum + g.cases * Math.abs(g.rate - g.meanScore), 0) / cases;
}

/** Predicted and actual numbers; `edges` part the predicted ones into `groups`. */
export class RegressionEvaluation extends Evaluation<RegressionCases> {
  constructor(runtime: Runtime, { resolution = RESOLUTION, edges = [] }: EvaluationOptions & { edges?: Numbers } = {}) {
    super(runtime, "RegressionCases", resolution);
    if (edges.length) this.run((c) => c.setEdges(this.put(c, edges)));
  }

  get figures(): RegressionFigures {
    return named<RegressionFigures>(["rows", "cases", "missingPredictions", "missingOutcomes", "mae", "maeStandardError", "rmse", "bias",
      "maximumError", "r2", "meanActual"], this.ask((c) => c.figures()))[0]!;
  }
  /** Below the first edge, between edges, and from the last on. */
  get groups(): ResidualGroup[] {
    return named<ResidualGroup>(["cases", "meanPredicted", "meanResidual", "deviation"], this.ask((c) => c.groups()));
  }
  /** Of the residuals, as of BinaryEvaluation. */
  histogram(edges: Numbers): number[] { return this.ask((c) => c.histogram(this.put(c, edges))); }
  /** Of the residuals. */
  quantile(p: number): number { return this.run((c) => c.quantile(p)); }
}

/** Predicted and actual classes by their numbers from 0; any other number is missing. */
export class ClassEvaluation extends Evaluation<ClassCases> {
  readonly #classes: number;

  constructor(runtime: Runtime, classes: number) {
    super(runtime, "ClassCases", classes);
    this.#classes = Math.min(classes, 1000);
  }

  get figures(): ClassFigures {
    const n = this.#classes;
    const [rows, cases, missingPredictions, missingOutcomes, accuracy, ...rest] = this.ask((c) => c.figures()) as [number, number, number, number, number];
    const lists = rest as number[];
    const range = Array.from({ length: n }, (_, i) => i);
    return {
      rows, cases, missingPredictions, missingOutcomes, accuracy,
      precision: range.map((c) => lists[2 * c]!), recall: range.map((c) => lists[2 * c + 1]!),
      cells: range.map((actual) => lists.slice(2 * n + actual * n, 2 * n + (actual + 1) * n)),
    };
  }
}
