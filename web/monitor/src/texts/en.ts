// Every word that the monitor says beyond those it shares with the what-if page. Another language is another module of this shape.
// The terms are fixed: model, group, field, threshold, prediction, outcome, drift, training.
import { nbsp, plural } from "../../../what-if/src/texts/en/words.ts";
import type { Done } from "../findings.ts";
import type { Unit } from "../time.ts";

const units: Record<Unit, { one: string; other: string }> = {
  minute: { one: "minute", other: "minutes" },
  hour: { one: "hour", other: "hours" },
  day: { one: "day", other: "days" },
  week: { one: "week", other: "weeks" },
  month: { one: "month", other: "months" },
};
const models = (n: number) => plural(n, { one: "model", other: "models" });
const are = (n: number) => plural(n, { one: "is", other: "are" });
const windowsOf = (step: string) => (step === "hour" ? "hour" : "day");

export const en = {
  product: "Scorelet monitor",
  pageTitle: (what: string) => `${what} – Scorelet monitor`,
  skip: "Skip to what must be decided",
  noScript: "This page shows what a server reports, and needs JavaScript for that.",
  loading: "Asking the server…",
  footer:
    "Days begin at midnight UTC; times of day are in your time zone. Each chart has its numbers in a table below it.",
  changed: "The page now speaks English.",
  copyLink: "Copy link",
  copied: "The link is copied. It leads to what you see now.",
  notCopied: "The browser does not let this page copy. The link is in the address bar.",
  viewsLabel: "Views",
  views: { today: "Today", groups: "Groups", models: "Models", alerts: "Alerts", report: "Report" },
  lookBack: "Look back",
  lastDays: (n: number) => (n === 1 ? "Last 24 hours" : n === 365 ? "Last year" : `Last ${n} days`),
  justNow: "just now",
  span: (n: number, unit: Unit) => `${n}${nbsp}${plural(n, units[unit])}`,
  percent: (figure: string) => `${figure}${nbsp}%`,
  milliseconds: (figure: string) => `${figure}${nbsp}ms`,
  between: (low: string, high: string) => `${low} to ${high}`,
  under: (edge: string) => `under ${edge}`,
  orMore: (edge: string) => `${edge} or more`,
  more: (n: number) => `${n} more`,

  health: {
    live: (time: string) => `Live, ${time}`,
    cutShort: "Not up to date",
    from: (time: string) => `What you see is from ${time}.`,
    trying: "It is tried again and again.",
    again: "Try now",
    head: {
      unreachable: "The server does not answer.",
      locked: "This monitor asks for a token",
      failed: "The server could not answer this.",
      unknown: "There is nothing of this name",
    },
    text: {
      unreachable:
        "It is off, or there is no connection to it. Devices keep their predictions and send them later; nothing is lost.",
      locked: "Whoever runs the server has it. It is kept until this tab is closed.",
      failed: "It is tried again and again. Its log says more.",
      unknown: "The link may be old, or the model has never reported.",
    },
    allModels: "All models",
    token: "Token",
    enter: "Show the monitor",
    refused: "This token was not accepted.",
  },

  status: {
    below: "below threshold",
    falling: "falling",
    fine: "fine",
    unknown: "no data",
    act: "Act",
    watch: "Watch",
  },
  figure: {
    auc: "Ranking quality (AUC)",
    accuracy: "Accuracy",
    brier: "Brier score",
    logLoss: "Log loss",
    calibrationError: "Calibration error",
    rmse: "Error (RMSE)",
    mae: "Mean absolute error",
    bias: "Bias",
    loss: "Loss",
  },

  /** Where there is little room. */
  figureShort: {
    auc: "AUC",
    accuracy: "Accuracy",
    brier: "Brier",
    logLoss: "Log loss",
    calibrationError: "Calibration",
    rmse: "RMSE",
    mae: "MAE",
    bias: "Bias",
    loss: "Loss",
  },

  today: {
    nobody: "No model has reported yet",
    calm: "Nothing needs a decision today",
    watch: (n: number) =>
      `Nothing must be done today; ${n} ${plural(n, { one: "thing is", other: "things are" })} to be watched`,
    decisions: (n: number) => `${n} ${plural(n, { one: "thing needs", other: "things need" })} a decision`,
    noDecisions: "Nothing needs a decision",
    allAlerts: (n: number) => `All ${n} of them`,
    decided: "Decided this week",
  },
  headline: {
    group: (name: string) => `${name} should be retrained`,
    groups: (n: string, all: string) => `${n} of ${all} groups should be retrained`,
    jump: (field: string, model: string, day: string) => `${field} of ${model} jumped on ${day}`,
    drift: (field: string, model: string) => `${field} of ${model} is no longer as in training`,
    quality: (model: string) => `${model} is below its threshold`,
    errors: (model: string) => `${model} leaves requests without an answer`,
    silent: (model: string) => `${model} is silent`,
    challenger: (model: string) => `${model} has a verdict on its challenger`,
    hosts: "devices are silent",
    several: {
      jump: (_: number, n: string) => `${n} fields jumped`,
      drift: (_: number, n: string) => `${n} fields are no longer as in training`,
      quality: (_: number, n: string) => `${n} models are below their threshold`,
      errors: (_: number, n: string) => `${n} models leave requests without an answer`,
      silent: (_: number, n: string) => `${n} models are silent`,
      challenger: (_: number, n: string) => `${n} challengers have a verdict`,
      hosts: (k: number, n: string) => `${n} ${plural(k, { one: "device is", other: "devices are" })} silent`,
    },
  },
  figures: {
    predictions: "Predictions, 24 h",
    usual: "as usual",
    more: (share: string) => `${share} more than usual`,
    fewer: (share: string) => `${share} fewer than usual`,
    reporting: "Models reporting",
    of: (n: string) => `of ${n}`,
    below: "Below threshold",
    ofModels: (share: string) => `${share} of models`,
    errors: "Without an answer, 24 h",
    ofPredictions: (share: string) => `${share} of predictions`,
    until: "Data up to",
    never: "never",
    late: (n: number, text: string) => `${text} ${plural(n, { one: "device", other: "devices" })} late`,
  },

  alert: {
    of: (model: string) => `${model}.`,
    jump: (field: string, day: string) => `${field} jumped on ${day}`,
    median: (from: string, to: string) => `The median went from ${from} to ${to}.`,
    predictions: (n: number, text: string) =>
      `${text} ${plural(n, { one: "prediction", other: "predictions" })} since.`,
    drift: (field: string) => `${field} is no longer as in training`,
    shift: (now: string, limit: string) => `Shift ${now}, limit ${limit}.`,
    quality: (model: string, stretch: string | null) =>
      stretch === null ? `${model} is below its threshold` : `${model} has been below its threshold for ${stretch}`,
    beside: (figure: string, value: string, limit: string) => `${figure} ${value}, threshold ${limit}.`,
    errors: (model: string, share: string) => `${model}: ${share} of predictions had no complete answer`,
    onDay: (day: string, limit: string) => `On ${day}; limit ${limit}.`,
    silent: (model: string, span: string) => `${model} has been silent for ${span}`,
    silentText: "No prediction came from any device.",
    hosts: (n: number, text: string, span: string) =>
      `${text} ${plural(n, { one: "device", other: "devices" })} silent for more than ${span}`,
    hostsText: "They keep predictions and send them later; nothing is lost.",
    retrain: (group: string) => `${group} meets its retrain rule`,
    belowOf: (below: number, of: number) => `${below} of ${of} ${models(of)} ${are(below)} below the threshold.`,
    waits: "Retraining waits for your approval.",
    challenger: (model: string) => `${model}: the challenger is better`,
    champion: (model: string) => `${model}: the champion stays better`,
    lower: (loss: string, by: string, low: string, high: string, cases: string) =>
      `${loss} ${by} lower (${low} to ${high}) on ${cases} requests.`,
  },
  act: {
    short: { later: "Later", close: "Close", approve: "Approve", promote: "Promote", keep: "Keep", rollback: "Back" },
    lookShort: "Look",
    lookAll: (n: number) => `Look at all ${n}`,
    approveAll: (n: number) => `Approve all ${n}`,
    name: (action: string, version: string | null) =>
      ({
        later: "Later",
        close: "Close",
        approve: "Approve retraining",
        promote: version === null ? "Promote the challenger" : `Promote version ${version}`,
        keep: "Keep the champion",
        rollback: "Bring the champion back",
      })[action] ?? action,
    effect: {
      later: "It is out of the list until then, and comes back if it still holds.",
      close: "It is over. If it happens again, it opens again.",
      approve: "It is recorded, and the hook that the rules have for retraining is run now.",
      promote:
        "It is recorded, and the hook that the rules have for promotion is run now, so that the challenger answers.",
      keep: "It is recorded that the champion stays.",
      rollback: "It is recorded, and the hook that the rules have for the way back is run now.",
    },
    look: (field: string) => `Look at ${field}`,
    lookAtModel: "Look at the model",
    lookAtGroup: "Look at the group",
  },
  decide: {
    by: "Your name, for the record",
    wait: "Put off for",
    days: (n: number) => (n === 1 ? `1${nbsp}day` : `${n}${nbsp}days`),
    cancel: "Cancel",
    done: (what: string) => `${what}: done and recorded.`,
    failed: (reason: string) =>
      reason ? `The server refused it: ${reason}` : "The server does not answer, so nothing was done.",
  },
  change: {
    approve: (subject: string, _: Done) => `${subject}: retraining approved`,
    promote: (subject: string, { version }: Done) =>
      `${subject}: ${version === null ? "challenger" : `version ${version}`} promoted`,
    keep: (subject: string, _: Done) => `${subject}: champion kept`,
    rollback: (subject: string, _: Done) => `${subject}: champion brought back`,
    later: (subject: string, { until }: Done) => `${subject}: alert put off${until === null ? "" : ` until ${until}`}`,
    close: (subject: string, _: Done) => `${subject}: alert closed`,
    rule: (subject: string, _: Done) => `${subject}: rule changed`,
    baseline: (subject: string, _: Done) => `${subject}: a new baseline`,
    bundle: (subject: string, { version }: Done) => `${subject}: watched as bundle ${version ?? ""} says`,
    command: (subject: string, { what, state }: Done) =>
      `${subject}: ${what} ${state === "begun" ? "has begun" : state === "ended" ? "ended well" : "failed"}`,
    put: (subject: string, { what, state }: Done) =>
      `${subject}: ${what} ${state === "ended" ? "is served now" : "could not be served"}`,
  },

  groups: {
    rest: (n: string) => `${n} more`,
    label: "Groups and their retrain rules",
    columns: ["Group", "Its models", "Below threshold", "Retrain rule"],
    toRetrain: (n: string) => `${n} to retrain`,
    toWatch: (n: string) => `${n} to watch`,
    groups: (n: number, text: string) => `${text} ${plural(n, { one: "group", other: "groups" })}`,
    framed: "group to retrain",
    spoken: "Each region leads to the list of its groups.",
    moreRegions: (n: number) => `${n} more regions`,
    none: (n: number, text: string) =>
      n === 0
        ? "No groups yet"
        : n === 1
          ? "The group meets no retrain rule"
          : `None of ${text} groups meets its retrain rule`,
    one: (name: string, all: string) => `${name} is the one of ${all} groups to retrain`,
    some: (n: number, text: string, all: string) =>
      `${text} of ${all} groups ${plural(n, { one: "meets its", other: "meet their" })} retrain rule`,
    most: (region: string, n: string, all: string) => `${region} has ${n} of the ${all} groups to retrain`,
    find: "Find a group",
    region: "Region",
    anyRegion: "all regions",
    states: { retrain: "to retrain", watch: "to watch", fine: "fine" },
    shown: (n: string, all: string) => (n === all ? `${all} groups` : `${n} of ${all} groups`),
    noneFound: "No group is like this. Take a filter away.",
    noGroups: "No model belongs to a group yet. Rules say which do.",
    chooseOne: "Choose a group to see its models and change its rule.",
    belowOf: (below: number, of: number) => `${below} of ${of} below`,
    ruleOf: (retrain: string, needed: number | null, of: number) =>
      retrain === "any"
        ? "one below"
        : retrain === "all"
          ? "all below"
          : needed === null
            ? retrain
            : `${needed} of ${of}`,
    ruleIs: (rule: string, windows: number | null) =>
      `rule: ${rule}${windows === null || windows === 1 ? "" : `, ${windows} windows`}`,
    noRule: "no rule",
    approved: (day: string) => `approved ${day}`,
    all: "All groups",
    rule: "Retrain rule",
    ruleFor: (group: string) => `When to retrain ${group}`,
    sentence: ["Retrain when", "of its models below their threshold for"],
    howMany: "How many models below their threshold",
    howLong: "For how many windows",
    windows: (n: number) => `${n} ${plural(n, { one: "window", other: "windows" })}`,
    ruleSays: (rule: string, windows: string) => `Retrain when ${rule}, for ${windows} in a row.`,
    wouldFire: (below: number, limit: number) => `${below} ${are(below)} below now, ${limit} needed: this rule is met.`,
    wouldNot: (below: number, limit: number) =>
      `${below} ${are(below)} below now, ${limit} needed: this rule is not met.`,
    saveRule: "Save rule",
    from: {
      person: "This rule was set here.",
      rules: "This rule is that of the rules file, until it is changed here.",
      bundle: "This rule is that of the bundle of one of its models, until it is changed here.",
      default: "No rule was agreed: all its models would have to be below.",
    },
  },
  models: {
    label: "Models",
    columns: [
      "Model",
      "Group",
      "Status",
      "Quality",
      "Drifted fields",
      "Predictions, 24 h",
      "Without an answer",
      "95 % faster than",
      "Last prediction",
    ],
    title: (below: number, n: string, all: string) =>
      below === 0
        ? `None of ${all} models is below its threshold`
        : `${n} of ${all} models ${are(below)} below ${plural(below, { one: "its", other: "their" })} threshold`,
    find: "Find a model",
    state: "Status",
    anyState: "any",
    drifted: "with drifted fields",
    withAlerts: "with open alerts",
    sort: "Sorted by",
    sorts: {
      urgency: "urgency",
      name: "name",
      quality: "distance to the threshold",
      volume: "predictions",
      errors: "share without an answer",
      last: "longest silent",
    },
    sortAgain: "Sort again",
    shown: (n: string, all: string) => (n === all ? `${all} models` : `${n} of ${all} models`),
    noneFound: "No model is like this. Take a filter away.",
    quality: (figure: string, value: string, limit: string | null) =>
      `${figure} ${value}${limit === null ? "" : `, threshold ${limit}`}`,
    noOutcomes: "no outcomes yet",
  },
  model: {
    open: "Open the model",
    where: (version: string | null, devices: string | null) =>
      [version === null ? "" : `version ${version}`, devices === null ? "" : `on ${devices}`]
        .filter(Boolean)
        .join(", "),
    devices: (n: number, text: string) => `${text} ${plural(n, { one: "device", other: "devices" })}`,
    last: (ago: string) => `last prediction ${ago}`,
    never: "no prediction yet",
    group: (name: string) => `group ${name}`,
    history: "All alerts of this model",
    bundle: (version: string, by: string | null, signed: boolean) =>
      `Bundle ${version}${by === null ? "" : ` by ${by}`}${signed ? ", signature checked" : ""}`,
    trained: (from: string, to: string) => `trained on ${from} to ${to}`,
    owners: (names: string) => `owners: ${names}`,
    alerts: (open: number) =>
      open === 0 ? "No open alert" : `${open} ${plural(open, { one: "alert is", other: "alerts are" })} open`,
  },
  quality: {
    none: "No outcomes yet, so quality is not known",
    how: "Outcomes come later, as events, by POST or as a CSV file; then accuracy, ranking and calibration are shown here.",
    waiting: "Outcomes are too few yet to judge quality",
    noThreshold: (name: string, value: string) => `${name} is ${value}; no threshold is agreed`,
    beyond: (name: string, limit: string, span: string, isLoss: boolean) =>
      `${name} has been ${isLoss ? "above" : "below"} ${limit} for ${span}`,
    falling: (name: string, value: string, limit: string) => `${name} is ${value} and nears its threshold ${limit}`,
    fine: (name: string, value: string, limit: string, isLoss: boolean) =>
      `${name} is ${value}, ${isLoss ? "below" : "above"} its threshold ${limit}`,
    sub: (name: string, days: number) =>
      `${name} by ${days === 7 ? "week" : days === 1 ? "day" : `${days} days`} of prediction, with its 95${nbsp}% range.`,
    notYet: (n: number, text: string) =>
      `Outcomes of ${text} ${plural(n, { one: "prediction", other: "predictions" })} are not known yet.`,
    label: (finding: string) => `Quality over time. ${finding}.`,
    threshold: (limit: string) => `threshold ${limit}`,
    from: { rules: "The threshold is that of the rules file.", bundle: "The threshold is that of the model's bundle." },
    unknownYet: "outcomes not known yet",
    belowMark: "(beyond the threshold)",
    window: "From",
    range: "95 % range",
    cases: "Cases",
    known: "Outcomes known",
  },
  calibration: {
    good: "Chances come true as often as they say",
    off: (n: number, of: number) =>
      `${n} of ${of} groups of chances ${plural(n, { one: "comes", other: "come" })} true more or less often than said`,
    sub: "How often it came true, by the chance that was predicted.",
    x: "Predicted chance",
    label: (finding: string) => `Calibration. ${finding}.`,
    perfect: "as predicted",
    chance: "Predicted",
    rate: "Came true",
  },
  comparison: {
    better: "The challenger is better, and the data is enough to say so",
    worse: "The champion is better, and the data is enough to say so",
    close: "Too close to call between champion and challenger",
    early: "Too early to compare champion and challenger",
    paired: (version: string, loss: string, day: string) =>
      `Advantage of version ${version} in ${loss} since ${day}, same requests scored by both, with a 95${nbsp}% range valid at every look.`,
    apart: (version: string, loss: string, day: string) =>
      `Advantage of version ${version} in ${loss} since ${day}, each on its own requests, with a 95${nbsp}% range valid at every look.`,
    label: (finding: string) => `Running advantage of the challenger. ${finding}.`,
    above: "challenger better",
    below: "champion better",
    certain: (day: string) => `certain since ${day}`,
    evidence: (loss: string, difference: string, range: string, n: number, text: string) =>
      `Advantage in ${loss}: ${difference} (${range}) on ${text} ${plural(n, { one: "request", other: "requests" })}.`,
    sides: "Champion and challenger",
    version: "Version",
    champion: (version: string) => `${version}, champion`,
    challenger: (version: string) => `${version}, challenger`,
    difference: "Advantage",
  },
  drift: {
    noBaseline: "No baseline, so drift is not known",
    jumped: (names: string, n: number) => `${names} ${plural(n, { one: "jumped", other: "jumped" })}`,
    drifting: (names: string, n: number) => `${names} ${are(n)} drifting`,
    rest: (n: number, text: string) => `${text} more ${are(n)} as in training`,
    all: (n: number, text: string) =>
      n === 1 ? "The field is as in training" : `All ${text} fields are as in training`,
    nothing: "No field has values to compare yet",
    sub: (step: string) =>
      `Shift of each field against training (population stability index), one point ${step === "hour" ? "an hour" : "a day"}. Choose a field to see its distributions.`,
    scoreSub: "Shift of each result against what the model said of its training data.",
    scoreMoved: (names: string, n: number) =>
      `${names} ${plural(n, { one: "has", other: "have" })} moved: the model answers differently than in training`,
    scoreFine: "The model answers as it did in training",
    scoreUnknown: "What the model answers has nothing to be compared with",
  },
  field: {
    jump: (day: string, from: string, to: string) => `On ${day} the median went from ${from} to ${to}.`,
    jumped: (day: string) => `It jumped on ${day}.`,
    jumpMark: (day: string) => `jump, ${day}`,
    unknown: "Nothing to compare with.",
    fine: "As in training.",
    watch: "Drifting away from training.",
    act: "No longer as in training.",
    missing: (share: string) => `Missing in ${share}.`,
    invalid: (share: string) => `Invalid in ${share}.`,
    outside: (share: string) => `Outside of what was seen in training in ${share}.`,
    novel: (share: string) => `New categories in ${share}.`,
    part: { missing: "Missing", invalid: "Invalid", outside: "Outside training", novel: "New categories" },
    shows: "shows its distributions",
    label: (name: string, now: string, said: string) => `${name}: shift against training, now ${now}. ${said}`,
  },
  distribution: {
    title: (field: string, finding: string) => `${field}: ${finding}`,
    noBaseline: "no baseline to compare with",
    apart: (label: string, now: string, then: string) => `${label} is ${now} of cases, ${then} in training`,
    alike: "this window is as in training",
    sub: (reference: string | null, current: string) =>
      reference === null
        ? `${current} cases in this window.`
        : `${current} cases in this window, ${reference} in training.`,
    none: "nothing is told of it in this window",
    noBaselineHow:
      "Make a baseline with scorelet baseline, and give it to the monitor; then the distribution in training is shown here.",
    close: "Close",
    pick: "Window",
    jump: "jump",
    earlier: "Earlier",
    later: "Later",
    training: "training",
    before: "window before",
    window: "this window",
    range: "Range",
    label: (field: string, finding: string) => `Distribution of ${field}: ${finding}.`,
    psi: "Shift (PSI)",
    bound: "Shift by chance alone, 95 %",
    ks: "Kolmogorov–Smirnov",
    jensenShannon: "Jensen–Shannon distance",
    chance: "Chance if nothing drifted",
    tiny: "under 0.0001",
    shift: "Mean shift, in deviations",
    median: "Median",
    novel: "New values",
  },
  volume: {
    normal: "Volume is normal",
    low: (share: string) => `Volume is ${share} lower than usual`,
    high: (times: string) => `Volume is ${times} times what is usual`,
    known: (n: string) => `${n} predictions in the last 24 hours`,
    none: "No predictions in this time",
    sub: (step: string) => `Predictions by ${windowsOf(step)}; the last one is not over.`,
    dashed: "Dashed: expected from devices that have not reported yet.",
    late: (n: number, text: string) =>
      `${text} ${plural(n, { one: "device has", other: "devices have" })} not reported for a while and may send more.`,
    label: (finding: string) => `Predictions over time. ${finding}.`,
    predictions: "Predictions",
  },
  errors: {
    none: "Every prediction had an answer",
    nothing: "No predictions, so no errors",
    some: (share: string, n: string) => `${share} of predictions had no complete answer (${n})`,
    sub: (step: string) => `Share of predictions without a complete answer, by ${windowsOf(step)}.`,
    label: (finding: string) => `Errors over time. ${finding}.`,
    count: "Without an answer",
    share: "Share",
  },
  latency: {
    none: "How long scoring takes is not reported",
    most: (ms: string) => `95${nbsp}% of predictions take less than ${ms}`,
    sub: (step: string) => `Scoring alone, without the network, by ${windowsOf(step)}.`,
    lines: (half: string, most: string) => `Grey: half of them take less than ${half}, 99${nbsp}% less than ${most}.`,
    label: (finding: string) => `Latency over time. ${finding}.`,
    p50: "Half below",
    p95: "95 % below",
    p99: "99 % below",
  },
  versions: {
    title: (n: number) => (n === 1 ? "One version has reported" : `${n} versions have reported`),
    label: "Versions of this model",
    version: "Version",
    role: "Role",
    from: "First seen",
    to: "Last seen",
    digest: "SHA-256",
    variant: (name: string | null) => name ?? "–",
  },

  alerts: {
    label: "Alerts",
    title: (open: number) =>
      open === 0 ? "No alert is open" : `${open} ${plural(open, { one: "alert is", other: "alerts are" })} open`,
    find: "Find an alert",
    state: { firing: "open", later: "put off", resolved: "over" },
    resolved: (day: string) => `over on ${day}`,
    later: (day: string) => `put off until ${day}`,
    log: "What was decided and done",
    noChanges: (days: number) => `Nothing in the last ${days === 1 ? "24 hours" : `${days} days`}.`,
    none: (days: number) => `No alerts in the last ${days === 1 ? "24 hours" : `${days} days`}.`,
    noneFound: "No alert is like this. Take a filter away.",
    more: (n: number) => `${n} older ones are not shown. Narrow the list to see them.`,
  },
  report: {
    kind: "Monitoring report",
    title: (from: string, to: string) => `${from} to ${to}`,
    titleOf: (period: string) => `Report, ${period}`,
    month: "Month",
    other: "other",
    from: "From",
    to: "Until before",
    print: "Print",
    predictions: "Predictions",
    errors: (share: string) => `${share} without an answer`,
    models: "Models",
    below: (n: string) => `${n} below threshold`,
    alerts: "Alerts opened",
    resolved: (n: string) => `${n} over`,
    changes: "Decisions and actions",
    happened: "What happened",
    what: "What",
    began: "Began",
    ended: "Over",
    open: "open",
    nothing: "No alert in this time.",
    howModels: "How the models did",
    quality: "Quality",
    drifted: "Drifted fields",
    errorShare: "Without an answer",
    moreModels: (n: number) => `${n} more models, all fine.`,
    decided: "What was decided and done",
    when: "When",
    by: "By",
    noChanges: "Nothing was decided in this time.",
    made: (at: string) => `Made on ${at}.`,
  },
};
