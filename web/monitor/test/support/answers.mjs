// What the stand-in of the server answers: the examples of the API, and a fleet of thousands of models made by rule.
import fs from "node:fs";
import path from "node:path";
import { repository } from "./page.mjs";

export const example = (name) =>
  JSON.parse(fs.readFileSync(path.join(repository, `tests/monitor/examples/${name}.json`), "utf8"));

/** The examples, by the paths that the page asks. */
export function examples() {
  return {
    "api/today": example("today"),
    "api/groups": example("groups"),
    "api/models": example("models"),
    "api/alerts": example("alerts"),
    "api/changes": example("changes"),
    "api/report": example("report"),
    "api/rules": example("rules"),
    "api/models/loan": example("model"),
    "api/models/loan/fields/income": example("field"),
  };
}

function random(seed) {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 4294967296;
}

const regions = [
  "spain",
  "germany",
  "france",
  "italy",
  "austria",
  "netherlands",
  "portugal",
  "belgium",
  "finland",
  "estonia",
  "slovenia",
  "ireland",
];
const rules = ["3 of 4", "all", "any"];

/** `n` groups of four models each; counts are known beforehand: every 60th group is to be retrained. */
export function fleet(n, { seed = 1 } = {}) {
  const next = random(seed);
  const made = Array.from({ length: n }, (_, i) => {
    const region = regions[Math.floor(next() * next() * regions.length)];
    const name = `${region}/branch-${String(i).padStart(4, "0")}`;
    const retrain = i % 60 === 0;
    const watch = !retrain && i % 11 === 0;
    const models = ["loan", "card", "leave", "early"].map((kind, k) => ({
      name: `${name}/${kind}`,
      status: retrain && k < 3 ? "below" : watch && k === 0 ? "falling" : i % 37 === 5 && k === 3 ? "unknown" : "fine",
    }));
    return {
      region,
      name,
      rule: { retrain: retrain ? "3 of 4" : rules[i % 3], windows: 2 },
      models,
      below: models.filter((m) => m.status === "below").length,
      retrain,
      watch,
    };
  });
  const groups = {
    headline: "",
    regions: regions.map((name) => {
      const own = made.filter((group) => group.region === name).map(({ region: _, ...group }) => group);
      return {
        name,
        groups: own,
        toRetrain: own.filter((g) => g.retrain).length,
        toWatch: own.filter((g) => g.watch).length,
      };
    }),
  };
  const models = {
    models: made.flatMap((group) =>
      group.models.map(({ name, status }) => ({
        name,
        group: group.name,
        status,
        version: "4",
        quality:
          status === "unknown"
            ? null
            : { figure: "auc", value: status === "below" ? 0.7 - next() / 20 : 0.73 + next() / 10, threshold: 0.72 },
        drifted: next() < 0.02 ? ["income"] : [],
        predictions24h: Math.floor(300 + 900 * next()),
        errors24h: next() < 0.1 ? 3 : 0,
        p95: 0.0004 + next() / 1000,
        lastEvent: "2026-11-21T10:41:58Z",
        alerts: 0,
      })),
    ),
  };
  const below = models.models.filter((m) => m.status === "below").length;
  return { groups, models, below, all: models.models.length, toRetrain: made.filter((g) => g.retrain).length };
}

/** The examples with the fleet in place of their few groups. */
export function large(n = 1248) {
  const { groups, models, below, all } = fleet(n);
  const answers = examples();
  models.models.unshift(answers["api/models"].models[0]);
  const figures = {
    ...answers["api/today"].figures,
    models: all + 1,
    modelsReporting: all - 25,
    modelsBelow: below + 1,
    errors24h: 3110,
  };
  // One alert for each group that is to be retrained, as the server has them.
  const [retrain] = answers["api/today"].decisions.filter((alert) => alert.kind === "retrain");
  const firing = groups.regions.flatMap((region) => region.groups.filter((group) => group.retrain));
  const decisions = [
    ...answers["api/today"].decisions.filter((alert) => alert.kind !== "retrain"),
    ...firing.map((group, i) => ({
      ...retrain,
      id: 1000 + i,
      group: group.name,
      title: `${group.name} meets the retrain rule`,
    })),
  ];
  const today = { ...answers["api/today"], figures, decisions };
  return { ...answers, "api/groups": groups, "api/models": models, "api/today": today };
}

/** A server that has just been started. */
export function nothing() {
  const { now } = example("today");
  const figures = {
    predictions24h: 0,
    usual24h: null,
    modelsReporting: 0,
    models: 0,
    modelsBelow: 0,
    hosts: 0,
    hostsLate: 0,
  };
  return {
    "api/today": { now, dataUntil: null, headline: "", figures, decisions: [], decided: [] },
    "api/groups": { headline: "", regions: [] },
    "api/models": { models: [] },
    "api/alerts": { alerts: [] },
    "api/changes": { changes: [] },
    "api/report": {
      from: "2026-11-01T00:00:00Z",
      to: "2026-12-01T00:00:00Z",
      now,
      headline: "",
      figures: { predictions: 0, errors: 0, models: 0, modelsBelow: 0, alertsOpened: 0, alertsResolved: 0, changes: 0 },
      models: [],
      alerts: [],
      changes: [],
    },
  };
}
