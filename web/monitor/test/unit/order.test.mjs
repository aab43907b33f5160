import assert from "node:assert/strict";
import test from "node:test";
import { load, plain, speak } from "./support.mjs";

const { alertOrder, inPlace, isLoss, modelOrder, needed } = await load("order");
const { latest, marked, placesOf, stretches, charted } = await load("series");
const { ago, longDay, shortDay, span } = await load("time");

const model = (name, status, more = {}) => ({
  name,
  status,
  quality: null,
  drifted: [],
  predictions24h: 10,
  alerts: 0,
  lastEvent: "2026-11-21T00:00:00Z",
  ...more,
});
const names = (list, sort) =>
  [...list]
    .sort(modelOrder(sort))
    .map((m) => m.name)
    .join("");

test("models: what is below comes first, then by the figure asked for", () => {
  const q = (figure, value, threshold) => ({ quality: { figure, value, threshold } });
  const list = [
    model("a", "fine", q("auc", 0.8, 0.7)),
    model("b", "below", q("auc", 0.65, 0.7)),
    model("c", "unknown"),
    model("d", "falling", q("rmse", 9, 10)),
    model("e", "below", { alerts: 2, ...q("rmse", 12, 10) }),
  ];
  assert.equal(names(list, "urgency"), "ebdca");
  assert.equal(names(list, "name"), "abcde");
  assert.equal(names(list, "quality"), "ebadc"); // how far beyond: -2, -0.05, 0.1, 1, unknown
  assert.equal(names([model("a", "fine", { errors24h: 1 }), model("b", "fine", { errors24h: 5 })], "errors"), "ba");
  assert.ok(isLoss("rmse") && isLoss("brier") && !isLoss("auc"));
});

test("rows stay where they are; new ones come last", () => {
  const now = ["d", "c", "a", "b"];
  assert.deepEqual(
    inPlace(["a", "b", "x"], now, (x) => x),
    ["a", "b", "d", "c"],
  );
});

test("how many a rule needs", () =>
  assert.deepEqual(
    ["any", "all", "3 of 4", "?"].map((rule) => needed(rule, 4)),
    [1, 4, 3, null],
  ));

test("alerts: open before put off before over, urgent before others, newest first", () => {
  const list = [
    ["r", "resolved", "act", 3],
    ["l", "later", "act", 3],
    ["w", "firing", "watch", 9],
    ["o", "firing", "act", 1],
    ["n", "firing", "act", 2],
  ];
  const alerts = list.map(([id, state, severity, day]) => ({
    id,
    state: state === "later" ? "firing" : state,
    laterUntil: state === "later" ? "2999-01-01T00:00:00Z" : null,
    severity,
    since: `2026-11-0${day}T00:00:00Z`,
  }));
  assert.equal(
    alerts
      .sort(alertOrder)
      .map((a) => a.id)
      .join(""),
    "nowlr",
  );
});

test("lines break at gaps", () => {
  assert.deepEqual(stretches([1, 2, null, 4, null, null, 7, 8]), [[0, 1], [3], [6, 7]]);
  assert.deepEqual(latest([1, null, 3, null]), { at: 2, value: 3 });
  assert.equal(latest([null]), null);
  const place = placesOf(["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-05T00:00:00Z"]);
  assert.equal(place("2026-11-02T00:00:00Z"), 0.25);
  assert.deepEqual(marked(["a", "b", "c", "d", "e"]), ["a", "c", "e"]);
});

test("windows of which nothing was reported have their place", () => {
  const none = [0, 0];
  const shares = { bound: none, missing: none, invalid: none, outside: none, novel: none };
  const detail = {
    step: "day",
    starts: ["2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z"],
    volume: { text: "", predictions: [10, 20], errors: [1, 2] },
    latency: { p50: [1, 2], p95: [1, 2], p99: [1, 2] },
    drift: { text: "", fields: [{ name: "x", drift: [0.1, 0.2], ...shares, median: [1, 2], jumps: [] }] },
  };
  const filled = charted(detail);
  assert.deepEqual(
    filled.starts,
    [1, 2, 3, 4].map((day) => `2026-11-0${day}T00:00:00Z`),
  );
  assert.deepEqual(filled.volume.predictions, [10, null, null, 20]);
  assert.deepEqual(filled.drift.fields[0].median, [1, null, null, 2]);
  assert.equal(charted({ ...detail, starts: detail.starts.slice(0, 1) }).starts.length, 1);
});

test("a field without a figure is not fine", () => {
  const { drift } = charted({
    starts: [],
    step: "day",
    drift: {
      text: "",
      fields: [
        { now: null, status: "fine" },
        { now: 0.1, status: "fine" },
      ],
    },
  });
  assert.deepEqual(
    drift.fields.map((field) => field.status),
    ["unknown", "fine"],
  );
});

test("spans in whole units, ages up to 14 days, days by UTC", async () => {
  await speak("en");
  const day = 86_400_000;
  assert.deepEqual(
    [27.9 * day, 13 * day, 40 * 3_600_000, 90_000, 70 * day].map((ms) => plain(span(ms))),
    ["4 weeks", "13 days", "40 hours", "2 minutes", "2 months"],
  );
  const now = new Date("2026-11-21T10:42:00Z");
  assert.deepEqual(
    [new Date("2026-11-21T10:41:50Z"), new Date("2026-11-21T08:00:00Z"), new Date("2026-11-19T08:00:00Z")].map((at) =>
      ago(at, now),
    ),
    ["just now", "2 hours ago", "2 days ago"],
  );
  assert.match(ago(new Date("2026-10-01T12:00:00Z"), now), /Oct/);
  assert.match(shortDay(new Date("2026-11-09T00:00:00Z"), now), /\b9\b/); // wherever the test runs
  assert.match(longDay(new Date("2025-11-09T00:00:00Z"), now), /2025/);
});
