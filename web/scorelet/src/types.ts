/** What goes in and what comes out, in PMML's own terms. */

/** PMML's spelling: "double", "dateDaysSince[1960]" … */
export type DataType = "string" | "integer" | "float" | "double" | "boolean" | "date" | "time" | "dateTime" | "list" | (string & {});
export type OpType = "categorical" | "ordinal" | "continuous";

/** One finding: what is wrong, where, and what to do about it. */
export interface Diagnostic {
  /** Stable name: "unresolvedField", "notCastable" … */
  code: string;
  severity: "error" | "warning" | "note";
  message: string;
  /** The element or attribute of the document: /PMML/TreeModel/Node[2]/SimplePredicate/@field */
  path?: string;
  line?: number;
  column?: number;
  field?: string;
  /** The row of the batch, from 0. */
  row?: number;
}

export interface ListedValue { value: string; displayValue?: string; property: "valid" | "invalid" | "missing" }

/** `null` is unbounded. */
export interface Interval { left: number | null; right: number | null; leftClosed: boolean; rightClosed: boolean }

/** What the document says of a field in the training data; what contradicts other numbers is left out. */
export interface FieldStatistics {
  /** Frequencies are sums of weights, not numbers of records. */
  isWeighted: boolean;
  /** Records; `total` includes the missing and the invalid ones. */
  total?: number;
  missing?: number;
  invalid?: number;
  /** Different values. */
  cardinality?: number;
  minimum?: number;
  maximum?: number;
  mean?: number;
  standardDeviation?: number;
  median?: number;
  interQuartileRange?: number;
  /** `limit`: the percentage of values that are not above `value`. */
  quantiles: { limit: number; value: number }[];
  histogram?: Histogram;
  /** The most frequent value. */
  modalValue?: string;
  values: { value: string; frequency: number }[];
}

/** `frequencies[i]` of what lies from `edges[i]` to `edges[i + 1]`; equal edges enclose a single value. */
export interface Histogram {
  /** Never falling; `null`, first or last, is unbounded. */
  edges: (number | null)[];
  frequencies: number[];
  /** An edge between two ranges belongs to the one on its left. */
  isRightClosed: boolean;
}

/** A field that the model asks for (or, among `targets`, predicts). */
export interface InputField {
  name: string;
  displayName?: string;
  description?: string;
  dataType: DataType;
  opType: OpType;
  usageType: string;
  isCyclic: boolean;
  /** Grouped (transactional): a record may hold a list. */
  isList: boolean;
  isListOfSets: boolean;
  /** False: no result depends on it. */
  isUsed: boolean;
  values: ListedValue[];
  intervals: Interval[];
  missingValueTreatment: string;
  missingValueReplacement?: string;
  invalidValueTreatment: string;
  invalidValueReplacement?: string;
  outliers: string;
  lowValue?: number;
  highValue?: number;
  importance?: number;
  statistics?: FieldStatistics;
}

/** A result column: a target or an OutputField. */
export interface ResultField {
  name: string;
  displayName?: string;
  kind: "target" | "output";
  /** PMML's `feature` word; "predictedValue" for targets. */
  feature: string;
  /** The class or entity that was asked for. */
  value?: string;
  dataType: DataType;
  opType: OpType;
  isFinalResult: boolean;
  values: ListedValue[];
}

export interface ModelInfo {
  modelName?: string;
  /** Element name: "MiningModel". */
  modelType: string;
  functionName: string;
  algorithmName?: string;
  pmmlVersion: string;
  application?: string;
  applicationVersion?: string;
  copyright?: string;
  description?: string;
  timestamp?: string;
  modelVersion?: string;
  annotations: string[];
  hasVerification: boolean;
  /** Of a compiled model: the SHA-256 of the PMML document that it comes from, in hexadecimal. */
  documentSha256?: string;
}

export interface Description {
  info: ModelInfo;
  inputs: InputField[];
  targets: InputField[];
  results: ResultField[];
  /** Warnings and notes of the load. */
  notes: Diagnostic[];
}

/**
 * One input cell. Text is cast to the field's data type; `null`, `undefined` and NaN are missing; a `Date` is
 * taken in UTC; lists are for grouped fields.
 */
export type InputValue = number | string | boolean | null | undefined | Date | readonly InputValue[];

/** One result: `null` is missing; dates and times are ISO text. */
export type OutputValue = number | string | boolean | null | OutputValue[];

/**
 * One input column. Typed arrays are numbers (NaN is missing), `codes` index `dictionary` (negative is missing),
 * other arrays hold values as a record does.
 */
export type InputColumn =
  | Float64Array | Float32Array | Int32Array | Int16Array | Int8Array | Uint32Array | Uint16Array | Uint8Array
  | readonly InputValue[]
  | { readonly codes: Int32Array; readonly dictionary: readonly string[] };

/** A batch by field name: all columns have one length. */
export type InputColumns = Readonly<Record<string, InputColumn>>;

/** Bounds on a hostile document or row; what is left out keeps its default (`Runtime.defaultLimits`). */
export interface Limits {
  documentBytes: number;
  depth: number;
  elements: number;
  expressionDepth: number;
  expressionNodes: number;
  segmentDepth: number;
  regexSteps: number;
  textBytes: number;
  listItems: number;
  forecastSteps: number;
  matrixRows: number;
  inferenceCells: number;
  reportedDiagnostics: number;
}

/** What the model knows about one row beyond its result columns. */
export interface Details {
  predictedValue: OutputValue;
  predictedDisplayValue: OutputValue;
  entityId: OutputValue;
  probability: Record<string, number>;
  confidence: Record<string, number>;
  affinity: Record<string, number>;
  derived: Record<string, OutputValue>;
}

/** The outcome of the document's own ModelVerification; `records` is 0 when it has none. */
export interface VerificationReport {
  records: number;
  /** Result fields compared per record. */
  fields: number;
  passed: boolean;
  /** `record` counts from 1. */
  mismatches: { record: number; field: string; expected: string; actual: string }[];
  diagnostics: Diagnostic[];
  /** The inputs of the first record as recorded, without those that it leaves out. */
  firstRecord: Record<string, string>;
}
