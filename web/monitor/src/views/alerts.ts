// All alerts, open ones first, and the record of what was decided and done.
import { h, setText } from "../../../what-if/src/dom.ts";
import type { Alert, Alerts, Changes } from "../answers.ts";
import type { Wanted } from "../feed.ts";
import { alertWords } from "../findings.ts";
import { alertOrder, stateOf } from "../order.ts";
import { daysNow, part } from "../place.ts";
import { w } from "../words.ts";
import { alertItem, alertKey, changeItem } from "./alert_item.ts";
import type { Decide } from "./decide.ts";
import { findBox, finder, follow, pick } from "./filters.ts";
import { Piece } from "./piece.ts";
import type { View } from "./view.ts";

const shownAtOnce = 100;
const states = ["firing", "later", "resolved"] as const;

export class AlertsView implements View {
  readonly root: HTMLElement;
  readonly #title = h("h1", { id: "headline", tabindex: "-1" });
  readonly #filters: HTMLElement;
  readonly #list = new Piece("div");
  readonly #log = new Piece("section", { class: "card al", "aria-labelledby": "h-log" });
  #alerts: readonly Alert[] = [];

  constructor(private readonly decide: Decide) {
    this.#filters = h(
      "div",
      { class: "filters", role: "search" },
      findBox(w.alerts.find, () => this.#narrow()),
      pick("state", w.models.state, [
        ["", w.models.anyState],
        ...states.map((state) => [state, w.alerts.state[state]] as const),
      ]),
    );
    this.root = h(
      "div",
      { class: "alerts-view" },
      h("div", { class: "lead1" }, this.#title),
      h(
        "div",
        { class: "grid history" },
        h(
          "section",
          { class: "card al", "aria-labelledby": "headline" },
          h("h2", { class: "vh" }, w.alerts.label),
          this.#filters,
          this.#list.root,
        ),
        this.#log.root,
      ),
    );
  }

  paths(): Wanted[] {
    return [{ path: `api/alerts?days=${daysNow()}` }, { path: `api/changes?days=${daysNow()}` }];
  }

  title(): string {
    return this.#title.textContent ?? "";
  }

  show([{ alerts }, { changes }]: [Alerts, Changes]): void {
    this.#alerts = alerts;
    const open = alerts.filter((alert) => stateOf(alert) === "firing").length;
    setText(this.#title, w.alerts.title(open));
    follow(this.#filters);
    this.#narrow();
    const now = new Date();
    this.#log.show(changes, () => [
      h("h2", { id: "h-log" }, w.alerts.log),
      changes.length
        ? h("ol", { class: "log" }, ...changes.slice(0, shownAtOnce).map((change) => changeItem(change, now)))
        : h("p", { class: "fine" }, w.alerts.noChanges(daysNow())),
    ]);
  }

  #narrow(): void {
    const now = new Date();
    const [state, isFound] = [part("state"), finder()];
    const shown = this.#alerts
      .filter(
        (alert) =>
          (state === null || stateOf(alert) === state) &&
          isFound([alert.model, alert.group, alert.field, alertWords(alert).head].join(" ")),
      )
      .sort(alertOrder);
    const some = shown.slice(0, shownAtOnce);
    this.#list.show([some.map((alert) => alertKey(alert, now)), shown.length], () => [
      some.length
        ? h(
            "ol",
            { class: "alerts", "aria-label": w.alerts.label },
            ...some.map((alert) => alertItem(alert, now, this.decide)),
          )
        : h("p", { class: "note plain" }, this.#alerts.length ? w.alerts.noneFound : w.alerts.none(daysNow())),
      shown.length > some.length && h("p", { class: "fine" }, w.alerts.more(shown.length - some.length)),
    ]);
  }
}
