// What comes first: what must be acted on.
import type { Alert, Group, Model, Severity, Status } from "./answers.ts";

const statuses: readonly (Status | Severity)[] = ["act", "below", "watch", "falling", "unknown", "fine"];
export const statusOrder = (status: Status | Severity): number => statuses.indexOf(status);

const grade = (group: Group): number => (group.retrain ? 0 : group.watch ? 1 : 2);
const shareBelow = (group: Group): number => group.below / Math.max(1, group.models.length);

export const groupOrder = (a: Group, b: Group): number =>
  grade(a) - grade(b) || shareBelow(b) - shareBelow(a) || a.name.localeCompare(b.name);

/** Open before put off before over; then by what is to be done, then the newest. */
export const alertOrder = (a: Alert, b: Alert): number =>
  stateOrder(a) - stateOrder(b) || statusOrder(a.severity) - statusOrder(b.severity) || b.since.localeCompare(a.since);

export type AlertState = "firing" | "later" | "resolved";

/** An alert that was put off is open again when its time has come. */
export const stateOf = (alert: Alert, now = new Date()): AlertState =>
  alert.state === "firing" && alert.laterUntil !== null && Date.parse(alert.laterUntil) > now.getTime()
    ? "later"
    : alert.state;

const stateOrder = (alert: Alert): number => ["firing", "later", "resolved"].indexOf(stateOf(alert));

export const modelSorts = ["urgency", "name", "quality", "volume", "errors", "last"] as const;
export type ModelSort = (typeof modelSorts)[number];

/** How far above its threshold, in the figure's own units; what has none comes last. */
const margin = ({ quality }: Model): number =>
  quality?.value === null || quality?.value === undefined || quality.threshold === null
    ? Infinity
    : (quality.value - quality.threshold) * (isLoss(quality.figure) ? -1 : 1);

const errorShare = (model: Model): number => (model.errors24h ?? 0) / Math.max(1, model.predictions24h);

const byName = (a: Model, b: Model): number => a.name.localeCompare(b.name);
const ordering: Record<ModelSort, (a: Model, b: Model) => number> = {
  urgency: (a, b) =>
    statusOrder(a.status) - statusOrder(b.status) || b.alerts - a.alerts || b.drifted.length - a.drifted.length,
  name: byName,
  quality: (a, b) => (margin(a) < margin(b) ? -1 : margin(a) > margin(b) ? 1 : 0),
  volume: (a, b) => b.predictions24h - a.predictions24h,
  errors: (a, b) => errorShare(b) - errorShare(a),
  last: (a, b) => (a.lastEvent ?? "").localeCompare(b.lastEvent ?? ""),
};
export const modelOrder =
  (sort: ModelSort) =>
  (a: Model, b: Model): number =>
    ordering[sort](a, b) || byName(a, b);

/** Figures that are better the lower they are. */
export const isLoss = (figure: string): boolean => !["auc", "accuracy"].includes(figure);

/**
 * The list in a new state, with everything where it was: rows do not move under a reader's eyes. What is new comes last,
 * until the reader asks for the order.
 */
export function inPlace<T>(before: readonly string[], now: readonly T[], key: (item: T) => string): T[] {
  const place = new Map(before.map((name, i) => [name, i]));
  const known = now.filter((item) => place.has(key(item))).sort((a, b) => place.get(key(a))! - place.get(key(b))!);
  return [...known, ...now.filter((item) => !place.has(key(item)))];
}

/** "3 of 4", "any", "all", as how many of so many; null if it is none of these. */
export function needed(retrain: string, models: number): number | null {
  if (retrain === "any") return 1;
  if (retrain === "all") return models;
  const [, some] = /^(\d+) of \d+$/.exec(retrain) ?? [];
  return some === undefined ? null : Number(some);
}
