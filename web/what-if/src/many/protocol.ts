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
} from "scorelet";
import type { Failure } from "../engine/protocol.ts";
import type { Dialect } from "./csv.ts";

/** The model that the file is scored with. */
export interface Begin {
  module: WebAssembly.Module;
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

export interface Calls {
  begin: { takes: Begin; gives: null };
  look: { takes: Blob; gives: Look };
  score: { takes: Order; gives: Done };
  spread: { takes: Subject; gives: Spread };
  judge: { takes: Outcome; gives: Judgement };
  slices: { takes: { column: number; subject: Subject }; gives: Slice[] };
  at: { takes: number; gives: Confusion };
  best: { takes: Payoff; gives: { confusion: Confusion; threshold: number; payoff: number } };
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
