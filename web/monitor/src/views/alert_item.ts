// An alert: its shape, what happened, one line of evidence, its age, and what can be done.
import { h } from "../../../what-if/src/dom.ts";
import { button } from "../../../what-if/src/views/button.ts";
import type { Action, Alert, AlertKind, Change } from "../answers.ts";
import { alertWords, changeWords, gatheredWords } from "../findings.ts";
import type { Gathered } from "../gather.ts";
import { stateOf } from "../order.ts";
import { linkTo, type Parts, to, toModel } from "../place.ts";
import { ago, exact, longDay, shortDay } from "../time.ts";
import { w } from "../words.ts";
import type { Decide } from "./decide.ts";
import { shape, shapeOf } from "./shapes.ts";

/** All that an item shows, its age in words included. */
export const alertKey = (alert: Alert, now: Date): unknown => [alert, ago(new Date(alert.since), now)];

/** In a list of decisions, what is most to the point, the rest being a step away; at the model, all but the way there. */
export function alertItem(
  alert: Alert,
  now: Date,
  decide: Decide,
  where: "list" | "model" | "all" = "all",
): HTMLElement {
  const brief = where === "list";
  const { head, text, lang } = alertWords(alert, now);
  const standing = stateOf(alert, now);
  const state = standing === "firing" ? shapeOf(alert.severity) : "fine";
  const since = new Date(alert.since);
  const named = (what: string) => `${what}: ${head}`;
  return h(
    "li",
    { class: `alert ${standing}` },
    shape(state),
    h(
      "div",
      {},
      h(
        "h3",
        {},
        h("span", { class: "vh" }, `${standing === "firing" ? w.status[alert.severity] : w.alerts.state[standing]}: `),
        head,
      ),
      h("p", { lang }, text),
      h(
        "p",
        { class: "meta" },
        h("time", { datetime: alert.since, title: exact(since) }, ago(since, now)),
        alert.state === "resolved" && alert.resolved
          ? h("span", {}, w.alerts.resolved(shortDay(new Date(alert.resolved), now)))
          : null,
        standing === "later" && alert.laterUntil
          ? h("span", {}, w.alerts.later(longDay(new Date(alert.laterUntil), now)))
          : null,
        where === "model" && alert.field === null ? null : look(alert, named, brief && alert.field === null),
        ...alert.actions
          .filter((action) => !brief || briefly.includes(action))
          .map((action) => {
            const name = w.act.name(action, null);
            const kind = action === "later" || action === "close" ? "quiet" : "";
            return button(
              brief ? w.act.short[action] : name,
              kind,
              () => decide.onAlert(alert, action),
              `${action} ${alert.id}`,
              named(name),
            );
          }),
      ),
    ),
  );
}

/** Many alerts of a kind as one, with the way to all of them. */
export function gatheredItem(item: Gathered, groups: number, decide: Decide): HTMLElement {
  const { head, text } = gatheredWords(item, groups);
  const places: Partial<Record<AlertKind, Parts>> = {
    retrain: to("groups", { state: "retrain" }),
    quality: to("models", { state: "below" }),
  };
  const link = linkTo(places[item.kind] ?? to("alerts", { state: "firing" }), w.act.lookAll(item.alerts.length));
  link.className = "btn";
  link.ariaLabel = `${link.textContent}: ${head}`;
  link.dataset["key"] = `look ${item.kind}`;
  return h(
    "li",
    { class: "alert firing" },
    shape(shapeOf(item.severity)),
    h(
      "div",
      {},
      h("h3", {}, h("span", { class: "vh" }, `${w.status[item.severity]}: `), head),
      h("p", {}, text),
      h(
        "p",
        { class: "meta" },
        h("span", { class: "push" }),
        link,
        item.alerts.every((alert) => alert.actions.includes("approve"))
          ? button(
              w.act.approveAll(item.alerts.length),
              "",
              () => decide.onAll(item.alerts, "approve", head, text),
              `approve ${item.kind}`,
            )
          : null,
      ),
    ),
  );
}

const briefly: readonly Action[] = ["approve", "later"];

/** Where more is to be seen. */
function look(alert: Alert, named: (what: string) => string, short: boolean): HTMLElement | null {
  const place = alert.model
    ? toModel(alert.model, { field: alert.field })
    : alert.group
      ? to("groups", { find: alert.group })
      : null;
  if (!place) return null;
  const what = alert.field ? w.act.look(alert.field) : alert.model ? w.act.lookAtModel : w.act.lookAtGroup;
  const link = linkTo(place, short ? w.act.lookShort : what);
  link.className = "btn";
  link.ariaLabel = named(what);
  link.dataset["key"] = `look ${alert.id}`;
  return link;
}

export const changeItem = (change: Change, now: Date): HTMLElement =>
  h(
    "li",
    {},
    h("time", { datetime: change.time, title: exact(new Date(change.time)) }, shortDay(new Date(change.time), now)),
    h("div", {}, changeWords(change), h("small", {}, change.by)),
  );
