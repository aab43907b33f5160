// About a model.
import type { Message } from "../message.ts";
import { plural } from "./words.ts";

export const card = {
  title: "What it is",
  name: "Name",
  checked: (n: number): string =>
    n === 1
      ? "The model’s own check case gives the recorded answer here"
      : `All ${n} of the model’s own check cases give the recorded answers here`,
  failed: (bad: number, n: number) => `${bad} of ${n} check cases gave a different answer`,
  failedText: "Do not use this model for decisions until that is explained.",
  unchecked: "This model brings no check cases",
  showFailed: "Show the differences",
  failedHere: (bad: number, n: number): Message => ({
    head: `${bad} of ${n} check cases gave a different answer.`,
    text: "Do not use this model for decisions.",
  }),
  showCard: "Show what differs",
  record: "Case",
  field: "Result",
  expected: "Recorded",
  actual: "Here",
  predicts: "What it predicts",
  kind: "Kind",
  made: "Made by",
  when: "When",
  said: "In its maker’s words",
  limits: "Known limits",
  noRange: (n: number, all: number, names: string) =>
    (n === all && all > 1
      ? "For none of its numbers the model names a range"
      : `For ${n} of ${all} fields the model names no range`) +
    `${names && n !== all ? ` (${names})` : ""}, so nothing can be said about values outside what it has seen.`,
  cannotCheck: "It brings no check cases, so it cannot be shown that it answers here as it did where it was made.",
  checkedRow: "Checked",
  notCheckable: "The document holds no check cases, so nothing could be compared.",
  about: "Description",
  copyright: "Copyright",
  file: "File",
  fingerprint: "Fingerprint",
  notes: "Remarks",
  noteCount: (n: number) => `${n} ${plural(n, { one: "remark", other: "remarks" })} when opening`,
  oneOf: (target: string, values: string) => `${target}: ${values}`,
  asks: (used: number, all: number) =>
    used === all
      ? `It asks for ${all} ${plural(all, { one: "field", other: "fields" })}`
      : `It asks for ${all} fields, of which ${used} ${plural(used, { one: "matters", other: "matter" })}`,
  fieldKind: {
    number: "number",
    choice: "one of",
    steps: "one of, in order",
    boolean: "yes or no",
    date: "date",
    time: "time of day",
    dateTime: "date and time",
    text: "text",
    list: "list",
  } as Record<string, string>,
  values: (n: number) => `${n} values`,
  withoutEffect: "The model never looks at it.",
  parts: "What this page is made of",
  partsNote: "Parts and their licences.",
  pmml: (version: string) => `PMML ${version}`,
  function: {
    classification: "tells which of several answers is most likely",
    regression: "estimates a number",
    clustering: "finds the closest group",
    associationRules: "finds rules that apply",
    timeSeries: "forecasts a series",
    sequences: "finds what follows on what",
    mixed: "gives several kinds of answer",
  } as Record<string, string>,
  type: {
    RegressionModel: "Regression formula",
    GeneralRegressionModel: "General regression",
    TreeModel: "Decision tree",
    MiningModel: "Several models working together",
    Scorecard: "Scorecard",
    NeuralNetwork: "Neural network",
    NaiveBayesModel: "Naive Bayes",
    SupportVectorMachineModel: "Support vector machine",
    NearestNeighborModel: "Nearest neighbours",
    ClusteringModel: "Clusters",
    RuleSetModel: "Rules",
    AssociationModel: "Association rules",
    GaussianProcessModel: "Gaussian process",
    BayesianNetworkModel: "Bayesian network",
    TimeSeriesModel: "Time series",
    TextModel: "Text model",
    SequenceModel: "Sequence rules",
    BaselineModel: "Comparison with a baseline",
    AnomalyDetectionModel: "Anomaly detection",
  } as Record<string, string>,
  kindText: (type: string, does: string) => (does ? `${type}; ${does}` : type),
  checkedAll: (n: number, fields: number) =>
    `${n} of ${n} check cases reproduced here, ${fields} ${plural(fields, { one: "result", other: "results" })} each`,
  checkedSome: (ok: number, n: number) => `Only ${ok} of ${n} check cases reproduced here`,
};

export const treatment = {
  missingReplaced: (used: string) => `Not given: ${used} is used.`,
  missingRefused: "Not given: no prediction.",
  missingHandled: "Not given: the model can work without it.",
  invalidMissing: "Not valid: taken as not given.",
  invalidAsIs: "Not valid: used as it is.",
  invalidReplaced: (used: string) => `Not valid: ${used} is used.`,
  invalidRefused: "Not valid: no prediction.",
  outlierCut: (range: string) => `Beyond ${range}: the nearest of these is used.`,
  outlierMissing: (range: string) => `Beyond ${range}: taken as not given.`,
};
