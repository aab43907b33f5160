// What the server says (docs/monitoring.md). Times are ISO 8601 in UTC; what is not known is null.

/** Of a model, held against its threshold. */
export type Status = "below" | "falling" | "fine" | "unknown";
/** Of an alert and of a field. */
export type Severity = "act" | "watch" | "fine" | "unknown";
export type AlertKind = "jump" | "drift" | "quality" | "errors" | "outside" | "silent" | "hosts" | "retrain" | "challenger";
export type Action = "later" | "close" | "approve" | "promote" | "keep" | "rollback";
export type Step = "day" | "hour";
/** Where a threshold or a rule comes from: a person changed it here, the rules file, the bundle of a model. */
export type Source = "person" | "rules" | "bundle" | "default";
/** One for each of `starts`. */
export type Values = (number | null)[];

/** What an alert or a change is made of, so that it can be said in the reader's language. */
export type Facts = Record<string, unknown>;

export interface Alert {
  id: number;
  kind: AlertKind;
  severity: Severity;
  state: "firing" | "resolved";
  title: string;
  text: string;
  facts?: Facts;
  model: string | null;
  group: string | null;
  field: string | null;
  since: string;
  resolved: string | null;
  laterUntil: string | null;
  actions: Action[];
}

export interface Change {
  time: string;
  kind: string;
  text: string;
  facts?: Facts;
  by: string;
  model: string | null;
  group: string | null;
}

export interface Today {
  now: string;
  dataUntil: string | null;
  headline: string;
  figures: {
    predictions24h: number;
    usual24h: number | null;
    errors24h?: number;
    modelsReporting: number;
    models: number;
    modelsBelow: number;
    hosts: number;
    hostsLate: number;
  };
  decisions: Alert[];
  decided: Change[];
}

export interface Rule {
  /** "any", "all" or "3 of 4". */
  retrain: string;
  /** How many in a row; null where a model's own rule says it. */
  windows: number | null;
  source?: Source;
}

export interface Group {
  name: string;
  rule: Rule | null;
  models: { name: string; status: Status }[];
  below: number;
  retrain: boolean;
  watch: boolean;
  approved?: string | null;
}

export interface Region {
  name: string;
  groups: Group[];
  toRetrain: number;
  toWatch: number;
}

export interface Groups {
  headline: string;
  regions: Region[];
}

export interface QualityNow {
  figure: string;
  value: number | null;
  threshold: number | null;
}

export interface Model {
  name: string;
  group: string | null;
  status: Status;
  version?: string | null;
  quality: QualityNow | null;
  drifted: string[];
  predictions24h: number;
  errors24h?: number;
  p95?: number | null;
  lastEvent: string | null;
  alerts: number;
}

export interface Models {
  models: Model[];
}

export interface Version {
  version: string;
  variant: string | null;
  sha256: string;
  first: string;
  last: string;
  predictions: number;
}

export interface Jump {
  start: string;
  change: number;
  fromMedian: number | null;
  toMedian: number | null;
}

export interface Field {
  name: string;
  role: "input" | "result";
  kind: "number" | "category";
  status: Severity;
  text: string;
  now: number | null;
  limit: number;
  drift: Values;
  bound: Values;
  missing: Values;
  invalid: Values;
  outside: Values;
  novel: Values;
  median: Values;
  jumps: Jump[];
}

export interface QualityWindow {
  start: string;
  cases: number;
  /** The share of the predictions whose outcome is known. */
  known: number;
  value: number | null;
  low: number | null;
  high: number | null;
  /** Whether there are enough outcomes to hold it against the threshold. */
  judged?: boolean;
  below: boolean;
}

export interface CalibrationGroup {
  meanScore: number;
  rate: number;
  low: number;
  high: number;
  cases: number;
}

export interface Quality {
  figure: string;
  better: "higher" | "lower";
  threshold: number | null;
  source?: Source | null;
  /** Days of a window. */
  step: number;
  status: Status;
  text: string;
  windows: QualityWindow[];
  /** Predictions whose outcome is not known. */
  waiting: number;
  cases: number;
  figures: Record<string, number | null>;
  calibration: CalibrationGroup[] | null;
}

export interface Compared {
  version: string;
  cases: number;
  loss: number | null;
  auc: number | null;
  aucLow: number | null;
  aucHigh: number | null;
}

export interface Comparison {
  champion: Compared;
  challenger: Compared;
  loss: string;
  paired: boolean;
  cases: number;
  since: string;
  /** How much lower the challenger's loss is. */
  difference: number | null;
  low: number | null;
  high: number | null;
  verdict: string;
  text: string;
  certainSince: string | null;
  series: { start: string; cases: number; difference: number | null; low: number | null; high: number | null }[];
  actions: Action[];
}

/** The file that a model ships in, and what it says beside the model. */
export interface Bundle {
  version: string;
  signed: boolean;
  by: string | null;
  created: string | null;
  owners: string[];
  trainedFrom: string | null;
  trainedTo: string | null;
}

export interface ModelDetail {
  name: string;
  group: string | null;
  status: Status;
  predictions24h: number;
  lastEvent: string | null;
  hosts?: number;
  hostsLate?: number;
  hasBaseline: boolean;
  bundle?: Bundle | null;
  versions: Version[];
  step: Step;
  starts: string[];
  volume: { text: string; predictions: Values; errors: Values; expected?: Values };
  latency: { p50: Values; p95: Values; p99: Values };
  drift: { text: string; fields: Field[] };
  quality: Quality | null;
  comparison: Comparison | null;
  alerts: Alert[];
}

export interface Distribution {
  name: string;
  role: "input" | "result";
  kind: "number" | "category";
  step: Step;
  start: string;
  before: string | null;
  labels: string[];
  /** Shares of `labels`; without a baseline none of these has entries. */
  reference: number[] | null;
  previous: number[] | null;
  current: number[];
  /** Values in these; `rows` has also those without one. */
  cases: { reference: number | null; previous: number | null; current: number };
  rows?: number;
  median: number | null;
  low: number | null;
  high: number | null;
  novelValues: (string | { value: string; count: number })[];
  psi: number | null;
  psiBound: number | null;
  ks: number | null;
  jensenShannonDistance: number | null;
  chiSquareP: number | null;
  meanShift?: number | null;
  change: number | null;
}

export interface Alerts {
  alerts: Alert[];
}

export interface Changes {
  changes: Change[];
}

export interface Report {
  from: string;
  to: string;
  now: string;
  headline: string;
  figures: {
    predictions: number;
    errors: number;
    models: number;
    modelsBelow: number;
    alertsOpened: number;
    alertsResolved: number;
    changes: number;
  };
  models: {
    name: string;
    group: string | null;
    status: Status;
    predictions: number;
    errorShare: number | null;
    quality: QualityNow | null;
    drifted: string[];
    text: string;
  }[];
  alerts: Alert[];
  changes: Change[];
}
