// What the figures say, in sentences: heading by heading, from nothing but the server's answers. No DOM, tested in Node.
import * as format from "../../what-if/src/format.ts";
import { language } from "../../what-if/src/texts.ts";
import type {
  Alert,
  AlertKind,
  Bundle,
  Change,
  Comparison,
  Distribution,
  Facts,
  Field,
  Groups,
  ModelDetail,
  Quality,
  QualityNow,
  Severity,
  Status,
  Today,
} from "./answers.ts";
import { gathered, type Gathered } from "./gather.ts";
import { isLoss, stateOf, statusOrder } from "./order.ts";
import { latest } from "./series.ts";
import { longDay, since, span } from "./time.ts";
import { w } from "./words.ts";

export interface Said {
  head: string;
  text: string;
  /** Of the text, where it is not the page's. */
  lang?: "en";
}

const number = (facts: Facts | undefined, name: string): number | null =>
  typeof facts?.[name] === "number" ? (facts[name] as number) : null;
const text = (facts: Facts | undefined, name: string): string | null =>
  typeof facts?.[name] === "string" ? (facts[name] as string) : null;
const names = (facts: Facts | undefined, name: string): string[] =>
  Array.isArray(facts?.[name]) ? (facts[name] as unknown[]).map(String) : [];

/** The window in which something began; where that is not said, the day of the alert. */
const startOf = (facts: Facts | undefined, at: string): Date => new Date(text(facts, "start") ?? at.slice(0, 10));

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A figure of quality: three decimals where it is a share, else as it is. */
export const figure = (name: string, value: number): string =>
  ["rmse", "mae", "bias"].includes(name) ? format.brief(value, 4) : format.fixed(value, 3);
export const threshold = (value: number): string => format.number(value);
export const figureName = (name: string): string =>
  Object.hasOwn(w.figure, name) ? w.figure[name as keyof typeof w.figure] : name;
/** "AUC 0.730, threshold 0.75". */
export const qualityText = ({ figure: name, threshold: limit }: QualityNow, value: number): string =>
  w.models.quality(
    Object.hasOwn(w.figureShort, name) ? w.figureShort[name as keyof typeof w.figureShort] : name,
    figure(name, value),
    limit === null ? null : threshold(limit),
  );
export const share = (value: number): string => (value === 0 ? w.percent("0") : format.chanceCell(value));

/** What an alert is about, in the reader's language where its facts are known, else as the server put it. */
export function alertWords(alert: Alert, now = new Date()): Said {
  const made = alert.facts && makers[alert.kind]?.(alert, alert.facts, now);
  if (made) return made;
  // The server's words are English. What happened can be said in any language from the alert itself.
  return language === "en"
    ? { head: alert.title, text: alert.text }
    : { head: plainHead(alert), text: alert.text, lang: "en" };
}

function plainHead({ kind, model, group, field, since: at, title }: Alert): string {
  if (kind === "jump" && field) return w.alert.jump(field, longDay(startOf(undefined, at)));
  if (kind === "drift" && field) return w.alert.drift(field);
  if (kind === "outside" && field) return w.alert.outside(field);
  if (kind === "retrain" && group) return w.alert.retrain(group);
  if (kind === "hosts") return w.headline.hosts;
  if (kind === "challenger" && model) return w.alert.challenger(model);
  const about = model ?? group;
  if (about && (kind === "quality" || kind === "errors" || kind === "silent")) return w.headline[kind](about);
  return title;
}

type Maker = (alert: Alert, facts: Facts, now: Date) => Said | null;

const makers: Partial<Record<AlertKind, Maker>> = {
  jump: ({ field, model, since: at }, facts) => {
    const [from, to, n] = [number(facts, "fromMedian"), number(facts, "toMedian"), number(facts, "predictions")];
    if (!field || !model) return null;
    const median = from !== null && to !== null ? w.alert.median(format.brief(from), format.brief(to)) : "";
    const head = w.alert.jump(field, longDay(startOf(facts, at)));
    return { head, text: joined(w.alert.of(model), median, n ? w.alert.predictions(n, format.count(n)) : "") };
  },
  drift: ({ field, model }, facts) => {
    const [now, limit] = [number(facts, "now"), number(facts, "limit")];
    if (!field || !model || now === null || limit === null) return null;
    return {
      head: w.alert.drift(field),
      text: joined(w.alert.of(model), w.alert.shift(format.fixed(now, 2), format.number(limit))),
    };
  },
  quality: ({ model }, facts) => {
    const [name, value, limit] = [text(facts, "figure"), number(facts, "value"), number(facts, "threshold")];
    if (!model || !name || value === null || limit === null) return null;
    const [windows, step] = [number(facts, "windows"), number(facts, "step")];
    const stretch = windows && step ? span(windows * step * dayMs) : null;
    return {
      head: w.alert.quality(model, stretch),
      text: w.alert.beside(figureName(name), figure(name, value), threshold(limit)),
    };
  },
  errors: ({ model }, facts) => {
    const [errors, limit, start] = [number(facts, "share"), number(facts, "limit"), text(facts, "start")];
    if (!model || errors === null || limit === null || !start) return null;
    return { head: w.alert.errors(model, share(errors)), text: w.alert.onDay(longDay(new Date(start)), share(limit)) };
  },
  outside: ({ field, model }, facts) => {
    const [beyond, limit, start] = [number(facts, "share"), number(facts, "limit"), text(facts, "start")];
    if (!field || !model || beyond === null || limit === null || !start) return null;
    return {
      head: w.alert.outside(field),
      text: joined(
        w.alert.of(model),
        w.alert.ofPredictions(share(beyond)),
        w.alert.onDay(longDay(new Date(start)), share(limit)),
      ),
    };
  },
  silent: ({ model }, facts, now) => {
    const last = text(facts, "lastEvent");
    return model && last ? { head: w.alert.silent(model, since(last, now)), text: w.alert.silentText } : null;
  },
  hosts: (_, facts) => {
    const [n, hours] = [number(facts, "count"), number(facts, "hours")];
    if (n === null || hours === null) return null;
    const some = names(facts, "names");
    return {
      head: w.alert.hosts(n, format.count(n), span(hours * hourMs)),
      text: joined(
        some.length ? `${format.list(some.length < n ? [...some, w.more(n - some.length)] : some)}.` : "",
        w.alert.hostsText,
      ),
    };
  },
  retrain: ({ group, actions }, facts) => {
    const [below, of] = [number(facts, "below"), number(facts, "of")];
    if (!group || below === null || of === null) return null;
    return {
      head: w.alert.retrain(group),
      text: joined(w.alert.belowOf(below, of), actions.includes("approve") ? w.alert.waits : ""),
    };
  },
  challenger: ({ model }, facts) => {
    const [verdict, loss, difference] = [text(facts, "verdict"), text(facts, "loss"), number(facts, "difference")];
    const [low, high, cases] = [number(facts, "low"), number(facts, "high"), number(facts, "cases")];
    if (!model || difference === null || low === null || high === null || cases === null || !loss) return null;
    const better = verdict !== "champion";
    const size = (x: number) => format.fixed(better ? x : -x, 3);
    return {
      head: better ? w.alert.challenger(model) : w.alert.champion(model),
      text: w.alert.lower(
        figureName(loss),
        size(difference),
        size(better ? low : high),
        size(better ? high : low),
        format.count(cases),
      ),
    };
  },
};

const joined = (...parts: string[]): string => parts.filter(Boolean).join(" ");

/** What was decided or done. */
export function changeWords(change: Change): string {
  const { facts } = change;
  if (!facts || !Object.hasOwn(w.change, change.kind)) return change.text;
  // What is about a model is not about its group.
  const subject = format.list([change.model ?? change.group ?? "", text(facts, "field") ?? ""].filter(Boolean));
  return w.change[change.kind as keyof typeof w.change](subject, {
    version: text(facts, "version"),
    until: until(facts),
    what: text(facts, "what") ?? "",
    state: text(facts, "state"),
  });
}

/** What a change was about, beyond its subject. */
export interface Done {
  version: string | null;
  until: string | null;
  /** A command, or a document. */
  what: string;
  state: string | null;
}

const until = (facts: Facts): string | null => {
  const at = text(facts, "until");
  return at && longDay(new Date(at));
};

/** The page's first sentence: what must be decided today. */
export function headline(today: Today, groups: Groups): string {
  if (today.figures.models === 0) return w.today.nobody;
  const now = new Date(today.now);
  const open = today.decisions.filter((alert) => stateOf(alert, now) === "firing");
  const firing = open.filter((alert) => alert.kind === "retrain");
  const all = groups.regions.reduce((n, region) => n + region.groups.length, 0);
  const clauses = [
    firing.length === 1
      ? w.headline.group(firing[0]!.group ?? "")
      : firing.length
        ? w.headline.groups(format.count(firing.length), format.count(all))
        : "",
    ...(["jump", "errors", "silent", "quality", "drift", "outside", "challenger", "hosts"] as const).map((kind) =>
      clause(
        kind,
        open.filter((alert) => alert.kind === kind && isUrgent(alert)),
        today.figures.hostsLate,
      ),
    ),
  ].filter(Boolean);
  if (clauses.length) return format.list(clauses.slice(0, 2));
  const watched = gathered(open).length;
  return watched ? w.today.watch(watched) : w.today.calm;
}

/** What asks for a decision, however loud. */
const isUrgent = (alert: Alert): boolean => alert.severity === "act" || alert.actions.includes("promote");

function clause(kind: Exclude<AlertKind, "retrain">, alerts: readonly Alert[], late: number): string {
  const [first] = alerts;
  if (!first) return "";
  if (alerts.length > 1) return w.headline.several[kind](alerts.length, format.count(alerts.length));
  const facts = first.facts;
  const model = first.model ?? first.group ?? "";
  if (kind === "jump") return w.headline.jump(first.field ?? "", model, longDay(startOf(facts, first.since)));
  if (kind === "drift" || kind === "outside") return w.headline[kind](first.field ?? "", model);
  if (kind === "hosts") return w.headline.several.hosts(late, format.count(late));
  return w.headline[kind](model);
}

/** Of many alerts of a kind: what they have in common, and the first of them by name. */
export function gatheredWords({ kind, alerts }: Gathered, groups: number): Said {
  const n = alerts.length;
  const head =
    kind === "retrain"
      ? w.headline.groups(format.count(n), format.count(groups))
      : w.headline.several[kind](n, format.count(n));
  const about = [...new Set(alerts.map((alert) => alert.field ?? alert.model ?? alert.group ?? ""))].filter(Boolean);
  const named = about.length > 3 ? [...about.slice(0, 3), w.more(about.length - 3)] : about;
  return { head, text: named.length ? `${format.list(named)}.` : "" };
}

/** Which region the groups to be retrained are in. */
export function fleetFinding({ regions }: Groups): string {
  const toRetrain = regions.reduce((n, region) => n + region.toRetrain, 0);
  const groups = regions.reduce((n, region) => n + region.groups.length, 0);
  const most = [...regions].sort((a, b) => b.toRetrain - a.toRetrain)[0];
  const [first] = regions.flatMap((region) => region.groups.filter((group) => group.retrain));
  if (toRetrain === 1 && first && groups > 1) return w.groups.one(first.name, format.count(groups));
  if (!toRetrain || !most) return w.groups.none(groups, format.count(groups));
  if (regions.length === 1) return w.groups.some(toRetrain, format.count(toRetrain), format.count(groups));
  return w.groups.most(most.name, format.count(most.toRetrain), format.count(toRetrain));
}

/** Quality against its threshold. */
export function qualityFinding(quality: Quality | null, now = new Date()): string {
  if (!quality) return w.quality.none;
  const name = figureName(quality.figure);
  const last = latest(judgedValues(quality));
  if (!last) return w.quality.waiting;
  const value = figure(quality.figure, last.value);
  if (quality.threshold === null) return w.quality.noThreshold(name, value);
  const limit = threshold(quality.threshold);
  const start = beyondSince(quality);
  if (start !== null)
    return w.quality.beyond(
      name,
      limit,
      span(Math.max(dayMs, endOfLast(quality, now) - Date.parse(start))),
      isLoss(quality.figure),
    );
  if (quality.status === "falling") return w.quality.falling(name, value, limit);
  return w.quality.fine(name, value, limit, isLoss(quality.figure));
}

/** What counts: windows with enough outcomes. */
export const judgedValues = ({ windows }: Quality): (number | null)[] =>
  windows.map((window) => (window.judged === false ? null : window.value));

/** Since when every known window has been beyond the threshold. */
export function beyondSince({ windows }: Quality): string | null {
  const judged = windows.filter((window) => window.value !== null && window.judged !== false);
  let start: string | null = null;
  for (let i = judged.length - 1; i >= 0 && judged[i]!.below; i--) start = judged[i]!.start;
  return start;
}

const endOfLast = (quality: Quality, now: Date): number => {
  const last = quality.windows.findLast((window) => window.value !== null);
  return last ? Math.min(now.getTime(), Date.parse(last.start) + quality.step * dayMs) : now.getTime();
};

export function comparisonFinding(comparison: Comparison): string {
  const verdicts: Record<string, string> = {
    challenger: w.comparison.better,
    champion: w.comparison.worse,
    early: w.comparison.early,
  };
  return verdicts[comparison.verdict] ?? w.comparison.close;
}

/** Of the inputs together; `hasBaseline` is whether there is anything to compare with. */
export function driftFinding(fields: readonly Field[], hasBaseline: boolean): string {
  if (!hasBaseline) return w.drift.noBaseline;
  const jumped = fields.filter((field) => field.status !== "fine" && field.status !== "unknown" && field.jumps.length);
  const drifting = fields.filter(
    (field) => (field.status === "act" || field.status === "watch") && !field.jumps.length,
  );
  const rest = fields.filter((field) => field.status === "fine").length;
  const parts = [
    jumped.length ? w.drift.jumped(few(jumped), jumped.length) : "",
    drifting.length ? w.drift.drifting(few(drifting), drifting.length) : "",
    rest
      ? jumped.length || drifting.length
        ? w.drift.rest(rest, format.count(rest))
        : w.drift.all(rest, format.count(rest))
      : "",
  ];
  return (
    parts
      .filter(Boolean)
      .map((part) => `${part}.`)
      .join(" ") || w.drift.nothing
  );
}

const few = (fields: readonly Field[]): string =>
  format.list(
    fields.length > 2
      ? [fields[0]!.name, fields[1]!.name, w.more(fields.length - 2)]
      : fields.map((field) => field.name),
  );

const notable = 0.05; // of the values of a field

/** What happened to a field, in a sentence. */
export function fieldFinding(field: Field): string {
  const jump = field.jumps.at(-1);
  if (jump && jump.fromMedian !== null && jump.toMedian !== null)
    return w.field.jump(longDay(new Date(jump.start)), format.brief(jump.fromMedian), format.brief(jump.toMedian));
  if (jump) return w.field.jumped(longDay(new Date(jump.start)));
  if (field.status === "unknown") return w.field.unknown;
  const changed = (["missing", "invalid", "outside", "novel"] as const).flatMap((kind) => {
    const now = latest(field[kind])?.value ?? 0;
    return now >= notable ? [w.field[kind](share(now))] : [];
  });
  const first = field.status === "fine" ? w.field.fine : field.status === "watch" ? w.field.watch : w.field.act;
  return [first, ...changed].join(" ");
}

/** Predictions of the last full window, against what is usual on such a day. */
export function volumeFinding(detail: ModelDetail): string {
  const { predictions } = detail.volume;
  const back = detail.step === "day" ? 7 : 24;
  const full = predictions.length - 2;
  const value = predictions[full];
  const usual = [1, 2, 3, 4].flatMap((n) => predictions[full - n * back] ?? []).filter((x): x is number => x !== null);
  if (value === null || value === undefined || !usual.length)
    return predictions.some((n) => n) ? w.volume.known(format.count(detail.predictions24h)) : w.volume.none;
  const mean = usual.reduce((a, b) => a + b, 0) / usual.length;
  if (mean > 0 && value < 0.5 * mean) return w.volume.low(share(1 - value / mean));
  if (value > 2 * mean && value > 100) return w.volume.high(format.brief(value / Math.max(1, mean), 2));
  return w.volume.normal;
}

export function errorFinding(detail: ModelDetail): string {
  const errors = detail.volume.errors.reduce<number>((n, x) => n + (x ?? 0), 0);
  const all = detail.volume.predictions.reduce<number>((n, x) => n + (x ?? 0), 0);
  if (!all) return w.errors.nothing;
  return errors ? w.errors.some(share(errors / all), format.count(errors)) : w.errors.none;
}

export const milliseconds = (seconds: number): string => w.milliseconds(format.brief(seconds * 1000, 2));

export function latencyFinding(detail: ModelDetail): string {
  const p95 = latest(detail.latency.p95)?.value;
  return p95 === undefined ? w.latency.none : w.latency.most(milliseconds(p95));
}

/** "<900", "[900, 1500)", ">=1500" in words; categories as they are. */
export function rangeName(label: string): string {
  const write = (text: string) => (Number.isFinite(Number(text)) ? format.brief(Number(text)) : text);
  const [, low, high] = /^\[(\S+), (\S+)\)$/.exec(label) ?? [];
  if (low !== undefined && high !== undefined) return w.between(write(low), write(high));
  const [, sign, edge] = /^(<|>=)(-?[\d.]\S*)$/.exec(label) ?? [];
  if (edge === undefined) return label;
  return sign === "<" ? w.under(write(edge)) : w.orMore(write(edge));
}

/** A window of a field against its baseline. */
export function distributionFinding(distribution: Distribution): string {
  const { labels, reference, current } = distribution;
  if (!reference?.length) return w.distribution.noBaseline;
  const changes = labels.map((label, i) => ({
    label,
    by: (current[i] ?? 0) - (reference[i] ?? 0),
    now: current[i] ?? 0,
    before: reference[i] ?? 0,
  }));
  if (!current.length) return w.distribution.none;
  const most = changes.reduce(
    (best, x) => (Math.abs(x.by) > Math.abs(best.by) ? x : best),
    changes[0] ?? { label: "", by: 0, now: 0, before: 0 },
  );
  const isApart =
    distribution.psi !== null &&
    distribution.psiBound !== null &&
    distribution.psi > Math.max(0.1, distribution.psiBound);
  return isApart
    ? w.distribution.apart(rangeName(most.label), share(most.now), share(most.before))
    : w.distribution.alike;
}

/** A model in one sentence. */
export function modelFinding(detail: ModelDetail, now = new Date()): string {
  if (detail.quality && (detail.status === "below" || detail.status === "falling"))
    return qualityFinding(detail.quality, now);
  const jumped = detail.drift.fields.find((field) => field.status === "act" && field.jumps.length);
  if (jumped) return w.alert.jump(jumped.name, longDay(new Date(jumped.jumps.at(-1)!.start)));
  const drifted = detail.drift.fields.filter((field) => field.status === "act");
  if (drifted.length) return `${w.drift.drifting(few(drifted), drifted.length)}.`;
  if (detail.comparison?.verdict === "challenger") return w.comparison.better;
  return detail.quality ? qualityFinding(detail.quality, now) : w.quality.none;
}

/** The version that answers. */
export const champion = (detail: ModelDetail): string | null =>
  (detail.versions.find((version) => version.variant === "champion") ?? detail.versions.at(-1))?.version ?? null;

/** "12 devices"; nothing where it is not known. */
export const hostsOf = ({ hosts }: ModelDetail): string | null =>
  hosts === undefined ? null : w.model.devices(hosts, format.count(hosts));

/** What the file that a model ships in says of it: who made it, of what, and who answers for it. */
export const bundleText = ({ version, by, signed, owners, trainedFrom: from, trainedTo: to }: Bundle): string =>
  [
    w.model.bundle(version, by, signed),
    from && to ? w.model.trained(dateOf(from), dateOf(to)) : "",
    owners.length ? w.model.owners(format.list(owners)) : "",
  ]
    .filter(Boolean)
    .join("; ");

/** A date as it was written, if it is none that can be read. */
const dateOf = (text: string): string => {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : longDay(at, new Date(0)); // always with its year
};

/** How a model stands, its open alerts taken together with its quality: the worst of both. */
export function standing(detail: ModelDetail, now = new Date()): Status | Severity {
  const open = detail.alerts.filter((alert) => stateOf(alert, now) === "firing").map((alert) => alert.severity);
  return [detail.status, ...open].reduce((a, b) => (statusOrder(b) < statusOrder(a) ? b : a));
}

/** Of the results: whether the model answers as it did in training. */
export function scoreFinding(fields: readonly Field[]): string {
  const moved = fields.filter((field) => field.status === "act" || field.status === "watch");
  if (moved.length) return w.drift.scoreMoved(format.list(moved.map((field) => field.name)), moved.length);
  return fields.some((field) => field.status === "fine") ? w.drift.scoreFine : w.drift.scoreUnknown;
}
