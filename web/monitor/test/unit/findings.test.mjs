import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { example, load, plain, speak } from "./support.mjs";

const {
  alertWords,
  beyondSince,
  changeWords,
  distributionFinding,
  driftFinding,
  errorFinding,
  fieldFinding,
  gatheredWords,
  fleetFinding,
  headline,
  modelFinding,
  qualityFinding,
  rangeName,
  volumeFinding,
  scoreFinding,
  standing,
} = await load("findings");
const { gathered, isGathered } = await load("gather");
const now = new Date("2026-11-21T10:42:00Z");

beforeEach(() => speak("en"));

const alert = (kind, more = {}) => ({
  id: 1,
  kind,
  severity: "act",
  state: "firing",
  title: "as the server puts it",
  text: "so it is",
  model: "loan",
  group: "credit",
  field: null,
  since: "2026-11-09T23:00:05Z",
  resolved: null,
  laterUntil: null,
  actions: [],
  ...more,
});
const group = (name, { retrain = false, watch = false, below = 0, of = 4, approved } = {}) => ({
  name,
  rule: { retrain: "3 of 4", windows: 2 },
  below,
  retrain,
  watch,
  approved,
  models: Array.from({ length: of }, (_, i) => ({ name: `${name}/${i}`, status: i < below ? "below" : "fine" })),
});
const region = (name, groups) => ({
  name,
  groups,
  toRetrain: groups.filter((g) => g.retrain).length,
  toWatch: groups.filter((g) => g.watch).length,
});
const today = (decisions, models = 4) => ({
  now: now.toISOString(),
  dataUntil: null,
  headline: "",
  decided: [],
  decisions,
  figures: {
    predictions24h: 0,
    usual24h: null,
    modelsReporting: models,
    models,
    modelsBelow: 0,
    hosts: 1,
    hostsLate: 0,
  },
});

const retrain = (group, more) => alert("retrain", { model: null, group, actions: ["approve", "later"], ...more });

test("the first sentence: groups before jumps before the rest, at most two clauses", () => {
  const groups = {
    regions: [
      region(
        "a",
        ["a/1", "a/2", "a/3"].map((name) => group(name)),
      ),
    ],
  };
  const jump = alert("jump", { field: "income", facts: { start: "2026-11-09T00:00:00Z" } });
  const quality = alert("quality");
  assert.equal(
    headline(today([quality, jump, retrain("a/1"), retrain("a/2")]), groups),
    "2 of 3 groups should be retrained and income of loan jumped on 9 November",
  );
  const watch = { ...quality, severity: "watch" };
  assert.equal(headline(today([watch, jump]), groups), "income of loan jumped on 9 November");
  assert.equal(
    headline(today([quality, jump]), groups),
    "income of loan jumped on 9 November and loan is below its threshold",
  );
  assert.equal(
    headline(today([alert("jump", { field: "a" }), alert("jump", { field: "b" })]), groups),
    "2 fields jumped",
  );
});

test("the first sentence: one group by name; what was put off or is only to be watched is not in it", () => {
  const groups = { regions: [region("a", [group("a/1", { retrain: true, below: 3 }), group("a/2")])] };
  assert.equal(headline(today([retrain("a/1")]), groups), "a/1 should be retrained");
  assert.equal(headline(today([]), groups), "Nothing needs a decision today", "its retraining was approved");
  const later = alert("jump", { field: "x", laterUntil: "2026-11-25T00:00:00Z" });
  assert.equal(headline(today([later]), groups), "Nothing needs a decision today");
  const drift = alert("drift", { field: "x", severity: "watch" });
  assert.equal(headline(today([drift]), groups), "Nothing must be done today; 1 thing is to be watched");
  assert.equal(headline(today([], 0), { regions: [] }), "No model has reported yet");
});

test("many alerts of a kind are one thing to decide", () => {
  const many = ["a/1", "a/2", "a/3", "a/4", "a/5"].map((name) => retrain(name));
  const jump = alert("jump", { field: "income" });
  const [first, second, ...rest] = gathered([many[0], jump, ...many.slice(1)]);
  assert.deepEqual([isGathered(first), first.alerts.length, second, rest], [true, 5, jump, []]);
  assert.deepEqual(gatheredWords(first, 1248), {
    head: "5 of 1,248 groups should be retrained",
    text: "a/1, a/2, a/3 and 2 more.",
  });
  assert.deepEqual(gathered(many.slice(0, 3)), many.slice(0, 3));
  const watched = [1, 2, 3, 4].map((i) => alert("quality", { model: `m${i}`, severity: i === 3 ? "act" : "watch" }));
  const [quality] = gathered(watched);
  assert.deepEqual([quality.severity, gatheredWords(quality, 0).head], ["act", "4 models are below their threshold"]);
});

test("a verdict on a challenger asks for a decision even where it is only to be watched", () => {
  const waiting = alert("challenger", { severity: "watch", actions: ["promote", "keep", "later"] });
  assert.equal(headline(today([waiting]), { regions: [] }), "loan has a verdict on its challenger");
});

test("alerts are said from their facts, and as the server puts them without", () => {
  const said = (kind, facts, more) => Object.values(alertWords(alert(kind, { facts, ...more }), now)).map(plain);
  assert.deepEqual(Object.values(alertWords(alert("jump", { field: "income" }), now)), [
    "as the server puts it",
    "so it is",
  ]);
  assert.deepEqual(
    said(
      "jump",
      { start: "2026-11-09T00:00:00Z", fromMedian: 2250, toMedian: 27100, predictions: 31204 },
      { field: "income" },
    ),
    ["income jumped on 9 November", "loan. The median went from 2,250 to 27,100. 31,204 predictions since."],
  );
  assert.deepEqual(said("quality", { figure: "auc", value: 0.73, threshold: 0.75, windows: 4, step: 7 }), [
    "loan has been below its threshold for 4 weeks",
    "Ranking quality (AUC) 0.730, threshold 0.75.",
  ]);
  assert.deepEqual(
    said("retrain", { below: 3, of: 4, retrain: "3 of 4" }, { group: "spain/1", actions: ["approve"] }),
    ["spain/1 meets its retrain rule", "3 of 4 models are below the threshold. Retraining waits for your approval."],
  );
  assert.deepEqual(said("hosts", { count: 12, names: ["a", "b"], hours: 48 }), [
    "12 devices silent for more than 2 days",
    "a, b and 10 more. They keep predictions and send them later; nothing is lost.",
  ]);
  assert.deepEqual(
    said("challenger", {
      verdict: "challenger",
      loss: "brier",
      difference: 0.008,
      low: 0.003,
      high: 0.013,
      cases: 41200,
    }),
    ["loan: the challenger is better", "Brier score 0.008 lower (0.003 to 0.013) on 41,200 requests."],
  );
  assert.deepEqual(
    said("challenger", {
      verdict: "champion",
      loss: "brier",
      difference: -0.008,
      low: -0.013,
      high: -0.003,
      cases: 41200,
    }),
    ["loan: the champion stays better", "Brier score 0.008 lower (0.003 to 0.013) on 41,200 requests."],
  );
  assert.deepEqual(said("errors", { share: 0.071, limit: 0.01, start: "2026-11-02T00:00:00Z" }), [
    "loan: 7.1 % of predictions had no complete answer",
    "On 2 November; limit 1.0 %.",
  ]);
  assert.deepEqual(
    Object.values(
      alertWords(
        alert("outside", { field: "age", model: "loan", facts: { share: 0.12, limit: 0.05, start: "2026-11-02T00:00:00Z" } }),
        now,
      ),
    ).map(plain),
    ["age is outside the training domain", "loan. In 12.0 % of predictions. On 2 November; limit 5.0 %."],
  );
});

test("what was done is said from its facts, of the model rather than of its group", () => {
  const said = (kind, facts, more) =>
    changeWords({ time: now.toISOString(), kind, text: "as the server puts it", by: "x", model: null, group: "music", facts, ...more });
  assert.equal(said("approve", { alertKind: "retrain" }), "music: retraining approved");
  assert.equal(said("later", { field: "income", until: "2026-12-01T00:00:00Z" }, { model: "loan" }), "loan and income: alert put off until 1 December");
  assert.equal(said("command", { what: "./retrain.sh", state: "failed" }), "music: ./retrain.sh failed");
  assert.equal(said("put", { what: "loan-5.pmml", state: "ended" }, { model: "loan" }), "loan: loan-5.pmml is served now");
  assert.equal(said("bundle", { version: "c1a6" }, { model: "loan" }), "loan: watched as bundle c1a6 says");
  assert.equal(said("rule", undefined), "as the server puts it");
  assert.equal(said("newer", {}), "as the server puts it");
});

test("in German", async () => {
  await speak("de");
  assert.deepEqual(
    Object.values(
      alertWords(
        alert("quality", { facts: { figure: "auc", value: 0.73, threshold: 0.75, windows: 3, step: 1 } }),
        now,
      ),
    ).map(plain),
    ["loan ist seit 3 Tagen unter seiner Schwelle", "Trennschärfe (AUC) 0,730, Schwelle 0,75."],
  );
  const groups = { regions: [region("a", [group("a/1"), group("a/2")])] };
  const jump = alert("jump", { field: "income", facts: { start: "2026-11-09T00:00:00Z" } });
  assert.equal(
    headline(today([jump, retrain("a/1"), retrain("a/2")]), groups),
    "2 von 2 Gruppen sollten neu trainiert werden und income von loan ist am 9. November gesprungen",
  );
  assert.equal(
    changeWords({
      time: now.toISOString(),
      kind: "later",
      text: "english",
      by: "x",
      model: "loan",
      group: null,
      facts: { until: "2026-12-01T00:00:00Z" },
    }),
    "loan: Meldung zurückgestellt bis 1. Dezember",
  );
});

test("in German, without facts: what happened from the alert itself, the evidence in the server's English", async () => {
  await speak("de");
  assert.deepEqual(alertWords(alert("jump", { field: "income" }), now), {
    head: "income ist am 9. November gesprungen",
    text: "so it is",
    lang: "en",
  });
  assert.equal(alertWords(retrain("spain/1"), now).head, "spain/1 erfüllt die Regel zum Neutrainieren");
});

test("the fleet: the region with most, the only one, none", () => {
  const fires = (n) => Array.from({ length: n }, (_, i) => group(`g${i}`, { retrain: true }));
  assert.equal(
    fleetFinding({ regions: [region("a", fires(2)), region("b", fires(5))] }),
    "b has 5 of the 7 groups to retrain",
  );
  assert.equal(
    fleetFinding({ regions: [region("a", [...fires(1), group("x")])] }),
    "g0 is the one of 2 groups to retrain",
  );
  assert.equal(
    fleetFinding({ regions: [region("a", [group("x"), group("y")])] }),
    "None of 2 groups meets its retrain rule",
  );
});

const window = (start, value, below) => ({ start, cases: 100, known: 1, value, low: null, high: null, below });
const quality = (windows, more = {}) => ({
  figure: "auc",
  better: "higher",
  threshold: 0.75,
  step: 7,
  status: "fine",
  text: "",
  waiting: 0,
  cases: 1,
  figures: {},
  calibration: null,
  windows,
  ...more,
});

test("quality: since when it is beyond the threshold, near it, above it", () => {
  const weeks = [
    window("2026-10-05T00:00:00Z", 0.76, false),
    window("2026-10-12T00:00:00Z", 0.74, true),
    window("2026-10-19T00:00:00Z", 0.73, true),
    window("2026-10-26T00:00:00Z", null, false),
  ];
  assert.equal(beyondSince(quality(weeks)), "2026-10-12T00:00:00Z");
  assert.equal(plain(qualityFinding(quality(weeks), now)), "Ranking quality (AUC) has been below 0.75 for 2 weeks");
  assert.equal(
    qualityFinding(quality(weeks.slice(0, 1)), now),
    "Ranking quality (AUC) is 0.760, above its threshold 0.75",
  );
  assert.equal(
    qualityFinding(quality(weeks.slice(0, 1), { status: "falling" }), now),
    "Ranking quality (AUC) is 0.760 and nears its threshold 0.75",
  );
  assert.equal(
    qualityFinding(quality(weeks.slice(0, 1), { threshold: null }), now),
    "Ranking quality (AUC) is 0.760; no threshold is agreed",
  );
  assert.equal(
    qualityFinding(
      quality([window("2026-10-05T00:00:00Z", 12.5, true)], { figure: "rmse", better: "lower", threshold: 10 }),
      now,
    ).replaceAll("\u00a0", " "),
    "Error (RMSE) has been above 10 for 7 days",
  );
  assert.equal(
    qualityFinding(quality([window("2026-10-05T00:00:00Z", null, false)]), now),
    "Outcomes are too few yet to judge quality",
  );
  const few = { ...window("2026-10-12T00:00:00Z", 0.5, false), judged: false };
  assert.equal(
    qualityFinding(quality([weeks[0], few]), now),
    "Ranking quality (AUC) is 0.760, above its threshold 0.75",
  );
  assert.equal(qualityFinding(null), "No outcomes yet, so quality is not known");
});

const field = (name, status, more = {}) => ({
  name,
  role: "input",
  kind: "number",
  status,
  text: "",
  now: 0.1,
  limit: 0.25,
  drift: [0.1],
  bound: [0],
  missing: [0],
  invalid: [0],
  outside: [0],
  novel: [0],
  median: [null],
  jumps: [],
  ...more,
});
const jumped = { jumps: [{ start: "2026-11-09T00:00:00Z", change: 3, fromMedian: 2250, toMedian: 27100 }] };

test("drift: jumps, drifting fields, the rest", () => {
  const fields = [field("income", "act", jumped), field("amount", "watch"), field("age", "fine"), field("job", "fine")];
  assert.equal(driftFinding(fields, true), "income jumped. amount is drifting. 2 more are as in training.");
  assert.equal(driftFinding(fields.slice(2), true), "All 2 fields are as in training.");
  assert.equal(
    driftFinding(
      ["a", "b", "c"].map((name) => field(name, "act")),
      true,
    ),
    "a, b and 1 more are drifting.",
  );
  assert.equal(driftFinding(fields, false), "No baseline, so drift is not known");
});

test("a field: its jump, else what changed", () => {
  assert.equal(fieldFinding(field("income", "act", jumped)), "On 9 November the median went from 2,250 to 27,100.");
  assert.equal(
    plain(fieldFinding(field("job", "act", { missing: [0, 0.31], novel: [0.12, null] }))),
    "No longer as in training. Missing in 31.0 %. New categories in 12.0 %.",
  );
  assert.equal(fieldFinding(field("age", "fine", { missing: [0.02] })), "As in training.");
});

test("results: moved, as in training, or not to be compared", () => {
  const result = (status) => field("p", status, { role: "result" });
  assert.equal(scoreFinding([result("watch")]), "p has moved: the model answers differently than in training");
  assert.equal(scoreFinding([result("fine"), result("unknown")]), "The model answers as it did in training");
  assert.equal(scoreFinding([result("unknown")]), "What the model answers has nothing to be compared with");
});

test("how a model stands: the worst of its quality and its open alerts", () => {
  const detail = (status, ...alerts) => ({ ...example("model"), status, alerts });
  const put = alert("jump", { laterUntil: "2026-11-25T00:00:00Z" });
  assert.equal(standing(detail("fine", alert("jump")), now), "act");
  assert.equal(standing(detail("fine", put, alert("jump", { state: "resolved" })), now), "fine");
  assert.equal(standing(detail("below", alert("drift", { severity: "watch" })), now), "below");
});

test("ranges in words", () => {
  assert.deepEqual(["<900", "[900, 1500)", ">=4200", "[-1.5, 0.25)", "rent", "< 25k"].map(rangeName), [
    "under 900",
    "900 to 1,500",
    "4,200 or more",
    "\u22121.5 to 0.25",
    "rent",
    "< 25k",
  ]);
});

test("a distribution: what has changed most, or nothing", () => {
  const distribution = example("field");
  assert.equal(plain(distributionFinding(distribution)), "4,200 or more is 85.0 % of cases, 10.0 % in training");
  assert.equal(distributionFinding({ ...distribution, psi: 0.001 }), "this window is as in training");
  assert.equal(distributionFinding({ ...distribution, reference: null }), "no baseline to compare with");
});

test("volume is held against the same days of earlier weeks", () => {
  const detail = (predictions) => ({
    ...example("model"),
    volume: { text: "", predictions, errors: predictions.map(() => 0) },
  });
  const weeks = (last) => [...Array.from({ length: 28 }, (_, i) => (i % 7 === 5 ? 50 : 1000)), last, 3];
  assert.equal(volumeFinding(detail(weeks(980))), "Volume is normal");
  assert.equal(plain(volumeFinding(detail(weeks(300)))), "Volume is 70.0 % lower than usual");
  assert.equal(volumeFinding(detail(weeks(3000))), "Volume is 3 times what is usual");
  assert.equal(volumeFinding(detail([0, 0])), "No predictions in this time");
  assert.equal(errorFinding(detail(weeks(1000))), "Every prediction had an answer");
});

test("a model in a sentence", () => {
  const detail = example("model");
  assert.match(plain(modelFinding(detail, now)), /^Ranking quality \(AUC\) has been below 0\.75 for /);
  assert.equal(modelFinding({ ...detail, status: "fine" }, now), "income jumped on 9 November");
});
