// What the page and the worker of one file say to each other: every call has one reply, and may report progress before it.
import type {
  BinaryFigures,
  CalibrationGroup,
  ClassFigures,
  Confusion,
  CurvePoint,
  OutcomeBin,
  Payoff,
  RegressionFigures,
  ResidualGroup,
  Top,
  WasmModule,
} from "scorelet";
import type { Failure } from "../engine/protocol.ts";
import type { Dialect } from "./csv.ts";

/** The model that the file is scored with. */
export interface Begin {
  module: WasmModule;
  document: Blob;
  isStateful: boolean;
}

/** What the beginning of a file shows. */
export interface Look {
  dialect: Dialect;
  header: string[];
  /** Some records, as cells. */
  sample: string[][];
}

export interface Order {
  file: Blob;
  dialect: Dialect;
  decimalCommas: boolean;
  /** Field and the number of its column. */
  columns: [field: string, column: number][];
  /** Columns to keep for `judge` and `slices`, so that the file need not be read again. */
  keep: number[];
  /** What a result is called whose name (`*`) a column of the file has. */
  rename: string;
}

/** Rows without a (complete) answer, by reason. */
export interface Reason {
  code: string;
  field: string | null;
  rows: number;
  message: string;
}

export interface Done {
  rows: number;
  seconds: number;
  /** The file with the results as further columns. */
  scored: Blob;
  /** The rows without an answer, each with its number and the reason. */
  unscored: Blob | null;
  unscoredRows: number;
  reasons: Reason[];
}

/** What is looked at: the chance of a class, the predicted number, or the predicted word. */
export interface Subject {
  kind: "chance" | "number" | "word";
  result: string;
  /** The class whose chance it is. */
  value: string | null;
}

/** How the scores lie. `edges` part the histogram; of words each has its count. */
export type Spread =
  | { kind: "numbers"; missing: number; edges: number[]; counts: number[]; quantiles: number[]; mean: number }
  | { kind: "words"; missing: number; words: { word: string; rows: number }[] };

/** How cases ended, read from one column. `classes`: the answers that the model knows. */
export interface Outcome {
  column: number;
  subject: Subject;
  classes: string[];
  /** The result with the predicted class, if there is one. */
  label: string | null;
}

/** `unknown`: outcomes that are none of the model's answers. */
export interface Judgement {
  unknown: number;
  binary: {
    figures: BinaryFigures;
    curve: CurvePoint[];
    groups: CalibrationGroup[];
    calibrationError: number;
    bins: OutcomeBin[];
    edges: number[];
  } | null;
  classes: (ClassFigures & { names: string[] }) | null;
  regression: { figures: RegressionFigures; groups: ResidualGroup[]; edges: number[]; counts: number[] } | null;
}

/** `others`: the categories beyond the most frequent ones, together; null is "not given". */
export interface Slice {
  name: string | null;
  others: number;
  rows: number;
  /** Mean chance or number; for words NaN. */
  mean: number;
  /** With outcomes: evaluated cases, share of events or mean actual, AUC, accuracy or mean absolute error. */
  cases: number;
  actual: number;
  quality: number;
  /** Standard error of `quality`. */
  error: number;
}

/** The scores of one model for all rows: the numbers looked at, and the words that it predicts. */
export interface SideScores {
  numbers: Float64Array | null;
  words: { codes: Int32Array; texts: string[] } | null;
}

/** What one is held against the other by, over the rows that both answer. `error`: of the difference, from pairs. */
export interface Judged {
  measure: "auc" | "logLoss" | "accuracy" | "mae" | "squared";
  cases: number;
  first: number;
  second: number;
  error: number;
}

/** Differences are the second model's number less the first's. */
export interface Differences {
  both: number;
  onlyFirst: number;
  onlySecond: number;
  /** Of words: how many are the same, and the most frequent pairs of others. */
  agree: { same: number; known: number; pairs: { first: string; second: string; rows: number }[] } | null;
  /** Of numbers. `meanSize`: mean absolute difference; `most`: what 19 of 20 are not farther apart than. */
  apart: { rows: number; mean: number; meanSize: number; most: number; edges: number[]; counts: number[] } | null;
  largest: { row: number; first: number; second: number }[];
  judged: Judged[];
}

/** Means, the mean difference with its standard error, and the share of the same words. */
export interface SliceApart {
  name: string | null;
  others: number;
  rows: number;
  first: number;
  second: number;
  apart: number;
  error: number;
  agree: number;
}

export interface Calls {
  begin: { takes: Begin; gives: null };
  look: { takes: Blob; gives: Look };
  score: { takes: Order; gives: Done };
  spread: { takes: Subject; gives: Spread };
  /** Null where nothing is known of what came true. */
  judge: { takes: Outcome | null; gives: Judgement | null };
  slices: { takes: { column: number; subject: Subject }; gives: Slice[] };
  at: { takes: number; gives: Confusion };
  best: { takes: Payoff; gives: { confusion: Confusion; threshold: number; payoff: number } };
  /** Scores to hold another model's against. */
  side: { takes: { subject: Subject; label: string | null }; gives: SideScores };
  differ: { takes: { second: SideScores; subject: Subject; label: string | null; classes: string[] }; gives: Differences };
  /** After `differ`. */
  slicesApart: { takes: number; gives: SliceApart[] };
  /** The cells of so many rows at most, evenly chosen. */
  sample: { takes: number; gives: string[][] };
  /** The cells of one row, from 0. */
  row: { takes: number; gives: string[] };
  top: { takes: { cases: number } | { share: number }; gives: Top };
}
export type Call = keyof Calls;

/** How far reading is: rows so far, and the share of the file. */
export interface Progress {
  rows: number;
  share: number;
}

export type Request = { [C in Call]: { id: number; call: C; takes: Calls[C]["takes"] } }[Call];
export type Reply = { id: number } & ({ progress: Progress } | { gives: Calls[Call]["gives"] } | { fails: Failure });
