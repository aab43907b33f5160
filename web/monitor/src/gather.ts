// One decision for one cause: alerts of a kind that are too many to be decided one by one are one thing in the list.
import type { Alert, AlertKind, Severity } from "./answers.ts";
import { statusOrder } from "./order.ts";

const few = 3;

export interface Gathered {
  kind: AlertKind;
  severity: Severity;
  alerts: readonly Alert[];
}

/** In the order of the first of each kind. */
export function gathered(alerts: readonly Alert[]): (Alert | Gathered)[] {
  const kinds = new Map<AlertKind, Alert[]>();
  for (const alert of alerts) {
    const same = kinds.get(alert.kind) ?? [];
    kinds.set(alert.kind, same);
    same.push(alert);
  }
  return alerts.flatMap((alert): (Alert | Gathered)[] => {
    const same = kinds.get(alert.kind)!;
    if (same.length <= few) return [alert];
    return same[0] === alert ? [{ kind: alert.kind, severity: worst(same), alerts: same }] : [];
  });
}

export const isGathered = (item: Alert | Gathered): item is Gathered => "alerts" in item;

const worst = (alerts: readonly Alert[]): Severity =>
  alerts.map((alert) => alert.severity).reduce((a, b) => (statusOrder(b) < statusOrder(a) ? b : a));
