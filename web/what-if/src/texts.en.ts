// Every word the page says, in English. Another language is another module of the same shape (see texts.ts).
// The terms are fixed: model, field, value, chance, stand-in, not given. No blame, no exclamation marks.
import { pluralIn } from "./plural.ts";

const plural = pluralIn("en");
const nbsp = "\u00a0";
const quoted = (value: string) => `“${value}”`;

const isAre = (n: number) => plural(n, { one: "value is", other: "values are" });
const itThem = (n: number) => plural(n, { one: "it", other: "them" });
const takes = (domain: string) => domain && `, which takes ${domain}`;
const asMissing = (used?: string) =>
  used === undefined
    ? "The model treats it as not given."
    : `The model treats it as not given and uses ${used}, its stand-in for a missing value.`;

/** A message: the finding first (shown strong), then what follows from it. */
export interface Message {
  head: string;
  text: string;
}

export const en = {
  product: "Scorelet",
  pageTitle: (model: string, figure: string) => `${model}: ${figure} – Scorelet`,
  skip: "Skip to the prediction",
  noScript: "This page scores models inside the browser and needs JavaScript for that. Nothing is sent anywhere.",
  local: "Scored here, nothing is sent",
  footer: "Scored in this browser. The file and the values you enter stay on this computer.",
  version: (v: string) => `version ${v}`,
  percent: (figure: string) => `${figure}${nbsp}%`,
  percentSign: "%",
  listSeparator: "; ",
  kilobytes: (n: string) => `${n}${nbsp}kB`,
  megabytes: (n: string) => `${n}${nbsp}MB`,
  yes: "Yes",
  no: "No",
  notGiven: "not given",
  notGivenFor: (field: string) => `not given, ${field}`,
  give: "give a value",
  giveFor: (field: string) => `give a value, ${field}`,

  language: {
    label: "Language",
    changed: "The page now speaks English.",
  },

  offline: {
    ready: "Works offline, nothing is sent",
    cut: "No connection. Everything on this page still works.",
    renewed: "A new version is ready. It starts the next time you open the page.",
    start: "Start now",
  },

  kiosk: {
    question: (n: number, of: number) => `Question ${n} of ${of}`,
    answer: "The answer",
    answerTo: (target: string) => `Likely answer: ${target}`,
    inHundred: (n: number, target: string, value: string): Message => ({
      head: n < 1 ? "Fewer than 1 in 100" : n > 99 ? "More than 99 in 100" : `About ${n} in 100`,
      text: `in a similar position: ${target} is ${value}.`,
    }),
    dots: (n: number) => `${n} of 100 dots filled`,
    note: (seconds: number) =>
      `A calculation, not an offer. Nothing you enter is stored. The screen clears after ${seconds} seconds without a touch.`,
    again: "Start again",
    back: "Back",
    next: "Next",
    full: "Full screen",
    less: (field: string) => `${field}, less`,
    more: (field: string) => `${field}, more`,
    still: "Still there?",
    clears: (n: number) => `The screen clears in ${n} ${plural(n, { one: "second", other: "seconds" })}.`,
    keep: "Keep going",
    closed: "This screen is closed for the moment. Ask someone who works here.",
    noModel: {
      head: "The address names no model",
      text: "It looks like ?kiosk&model=gallery/credit.pmml&fields=age,income&idle=60.",
    },
  },

  views: {
    label: "Views of this model",
    one: "One case",
    about: "About this model",
  },

  open: {
    title: "Open a model to begin",
    lead: "Drop a PMML file here, choose one, or try an example. The file stays on this computer.",
    choose: "Choose a file",
    example: "Try the example",
    address: "Address of a model on this server",
    openAddress: "Open",
    again: "Open model",
    dropNow: "Drop the file to open it",
    working: "Opening the model…",
    reading: "Reading the file…",
    checking: "Checking the model…",
    partOf: (size: string, percent: string) => `${size}, ${percent}${nbsp}%`,
    cancel: "Cancel",
    cancelled: "Opening was cancelled.",
    opened: (name: string) => `${name} is open.`,
    onlyOne: "One model at a time: only the first file was opened.",
  },

  gallery: {
    title: "Or try one of these",
    facts: (kind: string, origin: string, size: string) => `${kind}; ${origin}; ${size}`,
    origin: {
      synthetic: "made-up data",
      iris: "150 flowers, 1936",
      diabetes: "442 patients, 2004",
      kyphosis: "81 children, 1992",
      sunspots: "1889 to 2008",
    },
    from: "Where it comes from",
    learned: (library: string) => `Learned with ${library}.`,
    free: "Free to use for any purpose.",
    data: {
      synthetic: "Data made up from a fixed seed; no person is in it.",
      iris: "150 iris flowers measured by Edgar Anderson, published by R. A. Fisher in 1936; public domain.",
      diabetes: "442 patients, from Efron, Hastie, Johnstone and Tibshirani, Least Angle Regression, 2004; comes with scikit-learn (BSD-3-Clause).",
      kyphosis: "81 children, from Chambers and Hastie, Statistical Models in S, 1992; comes with R.",
      sunspots: "Sunspot numbers of the years 1889 to 2008, from the National Geophysical Data Center of the USA; public domain.",
    },
    models: {
      credit: { title: "Will a loan default?", text: "Boosted trees with their data preparation." },
      claims: { title: "How many claims will a driver make?", text: "A formula with 12 regions, 6 makes and a logarithmic link." },
      arrears: { title: "Will a loan default, with gaps in the form?", text: "Boosted trees that were trained to work with missing values." },
      points: { title: "How many credit points?", text: "A scorecard that gives its three main reasons." },
      iris: { title: "Which iris is it?", text: "A forest of trees that vote." },
      diabetes: { title: "How will diabetes progress?", text: "A neural network over ten measurements." },
      kyphosis: { title: "Will the spine bend again?", text: "A single tree, with substitutes for missing values." },
      bayes: { title: "Default, from three facts alone", text: "Naive Bayes over housing, purpose and grade." },
      rules: { title: "Accept, reject or look closer?", text: "Rules in order; the first that applies decides." },
      reviews: { title: "Is a review friendly?", text: "Type a text: its words are counted and weighed." },
      leak: { title: "Is the basement leaking?", text: "A Bayesian network: give what is known, leave out the rest." },
      sunspots: { title: "How many sunspots next year?", text: "A forecast from 120 years of counts." },
    },
  },

  refused: {
    notOpened: (file: string) => `${file} was not opened.`,
    empty: { head: "This file is empty", text: "Ask for it again from whoever made it." },
    zip: {
      head: "This is a zip or Excel file, not a model",
      text: "A PMML model is a single XML file. If one is inside, unpack it first.",
    },
    gzip: { head: "This file is compressed", text: "Unpack it first; the model inside usually ends in .pmml or .xml." },
    pdf: { head: "This is a PDF, not a model", text: "Ask for the model itself, as a PMML file." },
    table: {
      head: "This is a table of values, not a model",
      text: "Open the model first. This page then takes one case at a time.",
    },
    json: {
      head: "This is a JSON file, not a PMML model",
      text: "Ask for the model as PMML; most tools can export it.",
    },
    binary: {
      head: "This is not a text file, so not a PMML model",
      text: "Ask for the model as PMML; most tools can export it.",
    },
    notXml: (line?: number): Message => ({
      head: line ? `This file breaks off or is damaged at line ${line}` : "This file is damaged",
      text: "It is not well-formed XML. Ask for it again from whoever made it.",
    }),
    notPmml: { head: "This is an XML file, but not a model", text: "A PMML model starts with a PMML element." },
    unsupported: (n: number): Message => ({
      head: "This model is not opened, because it could not be scored exactly",
      text:
        n === 1
          ? "It uses a part that this version does not score."
          : `It uses ${n} parts that this version does not score.`,
    }),
    tooLarge: {
      head: "This model is larger than this page accepts",
      text: "The command line scores models of any size; its limits can be raised.",
    },
    broken: (n: number): Message => ({
      head: `This model has ${n} ${plural(n, { one: "fault", other: "faults" })}, so it is not opened`,
      text: "Whoever made it needs the list below.",
    }),
    unread: "This file could not be read",
    unreachable: "Nothing was found at its address, or there is no connection. A file of your own opens without one.",
    noAddress: { head: "This is not an address", text: "An address looks like models/credit.pmml." } as Message,
    elsewhere: (host: string): Message => ({
      head: "This page opens models from its own server only",
      text: `It may not fetch anything from ${host}, so that nothing can leave it. Save the model as a file and open that.`,
    }),
    engine: {
      head: "The scoring engine did not start",
      text: "Reload the page. If that does not help, this browser forbids WebAssembly here, or is short of memory.",
    },
    details: (n: number) => `Show ${n} ${plural(n, { one: "finding", other: "findings" })} in detail`,
    where: (line: number) => `line ${line}`,
    back: "Back to the open model",
    more: (n: number) => `and ${n} more`,
  },

  form: {
    title: "The case",
    count: (n: number) => `${n} ${plural(n, { one: "field", other: "fields" })}`,
    byEffect: "most important first",
    lead: "Starts from a typical case: usual values, or the middle of a range. Change anything.",
    leadExample: "Starts from the first of the model’s own check cases. Change anything.",
    leadEmpty: "This model names no ranges, so most fields start as not given. Fill in what you know.",
    seen: (n: string) => `Grey: the ${n} cases the model learned from.`,
    find: "Find a field",
    none: (query: string) => `No field is called ${quoted(query)}.`,
    more: (n: number) => `Show ${n} more ${plural(n, { one: "field", other: "fields" })}`,
    changed: (n: number) => `Changed (${n})`,
    noneChanged: "Nothing has been changed yet.",
    unused: (n: number) => `${n} ${plural(n, { one: "field", other: "fields" })} without effect`,
    unusedNote: "The model lists these but never looks at them.",
    listHelp: "Several values, with commas between them: a, b, c.",
    setsHelp: "In order of time: commas between values of one time, semicolons between times: a, b; c.",
    known: (values: string) => `Known: ${values}.`,
    horizon: "How many steps ahead to forecast.",
    actual: "The actual value, if it is known: some results compare with it.",
    stateful: "This model also looks at the cases before; here each case is asked as if it were the first.",
    noFields: "This model asks for nothing: it always gives the same answer.",
    undo: "Undo",
    undoWhat: (what: string) => `Undo ${what}`,
    undoField: (field: string) => `change of ${field}`,
    undoReset: "back to the start",
    undoClear: "clear all",
    reset: "Back to the start",
    clear: "Clear all",
    was: (value: string) => `was ${value}`,
    slider: (field: string) => `${field}, slider`,
    other: "another value",
    otherLabel: (field: string) => `${field}, another value`,
    withShare: (value: string, share: string) => `${value} (${share})`,
    ordered: (first: string, last: string) => `In order, from ${first} to ${last}`,
    exactName: (name: string) => `Field ${name}`,
    from: (a: string) => `${a} or more`,
    upTo: (b: string) => `up to ${b}`,
    between: (a: string, b: string) => `${a} to ${b}`,
  },

  remark: {
    above: (field: string, value: string, domain: string): Message => ({
      head: `${field} ${value} is above anything the model has seen`,
      text: `(${domain}). The prediction is a guess beyond its experience.`,
    }),
    below: (field: string, value: string, domain: string): Message => ({
      head: `${field} ${value} is below anything the model has seen`,
      text: `(${domain}). The prediction is a guess beyond its experience.`,
    }),
    gap: (field: string, value: string, domain: string): Message => ({
      head: `${field} ${value} lies between the ranges the model has seen`,
      text: `(${domain}). The prediction is a guess.`,
    }),
    cut: (field: string, value: string, used: string): Message => ({
      head: `${field} ${value} is beyond what the model takes.`,
      text: `It uses ${used} instead.`,
    }),
    dropped: (field: string, value: string, used?: string): Message => ({
      head: `${field} ${value} is beyond what the model takes.`,
      text: asMissing(used),
    }),
    unknown: (value: string): Message => ({
      head: `The model does not know ${quoted(value)}.`,
      text: "It uses the value as it is, which usually has no effect.",
    }),
    unknownMissing: (value: string, used?: string): Message => ({
      head: `The model does not know ${quoted(value)}.`,
      text: asMissing(used),
    }),
    invalidMissing: (value: string, field: string, domain: string, used?: string): Message => ({
      head: `${quoted(value)} is not a valid value for ${field}${takes(domain)}.`,
      text: asMissing(used),
    }),
    invalidStandIn: (value: string, field: string, used: string): Message => ({
      head: `${quoted(value)} is not a valid value for ${field}.`,
      text: `The model uses ${used} instead.`,
    }),
    invalidRefused: (value: string, field: string, domain: string): Message => ({
      head: `${quoted(value)} is not a valid value for ${field}${takes(domain)}.`,
      text: "The model gives no prediction with it.",
    }),
    standIn: (used: string): Message => ({
      head: "",
      text: `Not given, so the model uses ${used}, its stand-in for a missing value.`,
    }),
    handled: { head: "", text: "" }, // its tag says it; the sum of all is told at the prediction
    needed: (field: string): Message => ({
      head: `${field} is needed.`,
      text: "Without it this model gives no prediction.",
    }),
    oneIn: (n: string): Message => ({ head: "", text: `Only 1 in ${n} training cases had a value like this.` }),
    hardlyAny: { head: "", text: "Hardly any training case had a value like this." },
    notNumber: (text: string, meant?: string): Message => ({
      head: `${quoted(text)} is not a number.`,
      text: meant ? `Did you mean ${meant}?` : "Enter figures, with a point or comma for decimals.",
    }),
    notWhole: (value: string): Message => ({
      head: `${value} is not a whole number.`,
      text: "This field counts in whole numbers.",
    }),
    tagMissing: "not given",
    tagOutside: "outside",
    tagUnknown: "not known",
    tagInvalid: "not valid",
    tagReplaced: "stand-in used",
  },

  answer: {
    chance: (target: string, value: string) => `Chance that ${target} is ${value}`,
    showChance: "Show the chance of",
    likely: "the most likely answer",
    value: (target: string) => `Predicted ${target}`,
    prediction: "Prediction",
    unnamed: {
      ClusteringModel: "Closest group",
      TextModel: "Closest document",
      AssociationModel: "Goes with it",
      SequenceModel: "Expected next",
      AnomalyDetectionModel: "Anomaly score",
    } as Record<string, string>,
    none: "No prediction",
    noneTitle: "No prediction for this case",
    before: "before this change",
    over: (figure: string) => `over ${figure}`,
    under: (figure: string) => `under ${figure}`,
    points: (figure: string) => `${figure} ${figure === "1" ? "point" : "points"}`,
    fromStart: (start: string) => `from ${start} at the start`,
    sameAsStart: "as at the start",
    scale: (now: string, start: string | null) =>
      `Scale from 0 to 100 percent. ${start === null ? "" : `At the start ${start}. `}Now ${now}.`,
    atStart: "at the start",
    decision: (d: string): Message => ({ head: d, text: "is the model’s decision." }),
    mostLikely: (target: string, value: string, chance: string): Message => ({
      head: `${target}: ${value}`,
      text: `is the most likely answer, at ${chance}.`,
    }),
    close: (a: string, b: string): Message => ({
      head: "Too close to call.",
      text: `${a} and ${b} are almost equally likely. A small change could turn the answer.`,
    }),
    against: (target: string, value: string, likely: string): Message => ({
      head: `${target}: ${value}`,
      text: `is the model’s answer, although ${likely} has the higher chance.`,
    }),
    answers: (value: string): Message => ({ head: value, text: "is the model’s answer." }),
    up: (figure: string): Message => ({ head: `Higher by ${figure}`, text: "than at the start." }),
    down: (figure: string): Message => ({ head: `Lower by ${figure}`, text: "than at the start." }),
    begin: { head: "Change a field", text: "to see what moves the prediction." },
    same: { head: "The same as at the start.", text: "Change a field to see what moves it." },
    others: (n: number) => `${n} ${plural(n, { one: "other", other: "others" })}`,
    outside: (n: number) => `${n} ${isAre(n)} outside what the model has seen:`,
    rough: "Treat this as a rough guide.",
    missing: (n: number) => `${n} ${isAre(n)} not given. The model can work without ${itThem(n)}.`,
    replaced: (n: number) =>
      `${n} ${plural(n, { one: "value is replaced by a stand-in:", other: "values are replaced by stand-ins:" })}`,
    kept: "The last prediction is shown, from before this change.",
    noneMissing: (n: number) => `${n} ${isAre(n)} not given, and this model seems to need ${itThem(n)}.`,
    noRule: "Nothing in the model applies to it.",
    announce: (figure: string, what: string, change: string) => [figure, what, change].filter(Boolean).join(". "),
  },

  row: {
    invalidValue: (field: string) => `${field} has a value the model declares invalid.`,
    missingValue: (field: string) => `${field} is needed and not given.`,
    functionError: (message: string) => `A calculation inside the model has no answer: ${message}`,
    unknownField: (field: string) => `The model has no field called ${field}.`,
  },

  series: {
    next: (target: string) => `${target}, next step`,
    title: (target: string, n: number) => `${target}, ${plural(n, { one: "one step", other: `${n} steps` })} ahead`,
    table: "The forecast, step by step",
    step: "Step",
    stepAt: (n: number) => `step ${n}`,
    more: (n: number) => `and ${n} more ${plural(n, { one: "step", other: "steps" })}`,
    one: (value: string): Message => ({ head: value, text: "is the forecast for the next step." }),
    span: (
      { from, to, steps }: { from: string; to: string; steps: number },
      low: { value: string; step: number },
      high: { value: string; step: number },
    ): Message => ({
      head: `From ${from} to ${to}`,
      text: `over ${steps} steps; lowest ${low.value} at step ${low.step}, highest ${high.value} at step ${high.step}.`,
    }),
  },

  outputs: {
    title: (n: number) => (n === 1 ? "The model gives one named result" : `The model gives ${n} named results`),
    caption: "All results of the model for this case",
    name: "Result",
    what: "What it is",
    value: "Value",
    exact: "Show exact values",
    nothing: "no value",
    feature: {
      predictedValue: "the answer itself",
      predictedDisplayValue: "the answer in words",
      transformedValue: "calculated from the answer",
      decision: "decision",
      affinity: "how near it is",
      residual: "difference from the actual value",
      standardError: "standard error",
      standardDeviation: "standard deviation",
      clusterId: "number of the group",
      clusterAffinity: "how near it is",
      entityId: "the part of the model that answered",
      entityAffinity: "how near it is",
      warning: "warning",
      ruleValue: "taken from a rule",
      reasonCode: "reason",
      antecedent: "if",
      consequent: "then",
      rule: "rule",
      ruleId: "name of the rule",
      confidence: "confidence",
      support: "support",
      lift: "lift",
      leverage: "leverage",
      confidenceIntervalLower: "lower end of the likely range",
      confidenceIntervalUpper: "upper end of the likely range",
      report: "reported value",
    } as Record<string, string>,
    more: (n: number) => `and ${n} more`,
    target: "also predicted",
    chance: "chance of the answer",
    chanceOf: (value: string) => `chance of ${value}`,
    near: { AssociationModel: "how often both sides come together" } as Record<string, string>,
    nearTo: (value: string) => `how near ${value} is`,
    rules: "Rules that apply",
    part: {
      ClusteringModel: "group",
      TextModel: "document",
      NearestNeighborModel: "nearest case",
      AssociationModel: "rule",
      SequenceModel: "rule",
      RuleSetModel: "rule that decided",
      TreeModel: "end of the tree",
    } as Record<string, string>,
  },

  card: {
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
  },

  treatment: {
    missingReplaced: (used: string) => `Not given: ${used} is used.`,
    missingRefused: "Not given: no prediction.",
    missingHandled: "Not given: the model can work without it.",
    invalidMissing: "Not valid: taken as not given.",
    invalidAsIs: "Not valid: used as it is.",
    invalidReplaced: (used: string) => `Not valid: ${used} is used.`,
    invalidRefused: "Not valid: no prediction.",
    outlierCut: (range: string) => `Beyond ${range}: the nearest of these is used.`,
    outlierMissing: (range: string) => `Beyond ${range}: taken as not given.`,
  },
};
