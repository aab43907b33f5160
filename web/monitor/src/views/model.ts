// One model: all that is known of it, the decisions first.
import { h, setText } from "../../../what-if/src/dom.ts";
import type { Action, Distribution, ModelDetail } from "../answers.ts";
import type { Wanted } from "../feed.ts";
import { bundleText, champion, hostsOf, modelFinding, standing } from "../findings.ts";
import { alertOrder, stateOf } from "../order.ts";
import { daysNow, linkTo, modelPath, part, stepOf, to } from "../place.ts";
import { charted } from "../series.ts";
import { ago } from "../time.ts";
import { w } from "../words.ts";
import { alertItem, alertKey } from "./alert_item.ts";
import type { Decide } from "./decide.ts";
import { fieldCard } from "./field_card.ts";
import {
  calibrationCard,
  comparisonCard,
  driftCard,
  errorCard,
  latencyCard,
  qualityCard,
  versionsCard,
  volumeCard,
} from "./model_cards.ts";
import { Piece } from "./piece.ts";
import { stateNode } from "./shapes.ts";
import type { View } from "./view.ts";

export class ModelView implements View {
  readonly root: HTMLElement;
  readonly #name = h("h1", { id: "headline", tabindex: "-1" });
  readonly #head = new Piece("div");
  readonly #alerts = new Piece("section", { class: "card al", "aria-labelledby": "h-al" });
  readonly #quality = new Piece("section", { class: "card" });
  readonly #comparison = new Piece("section", { class: "card" });
  readonly #calibration = new Piece("section", { class: "card" });
  readonly #drift = new Piece("section", { class: "card wide" });
  readonly #field = new Piece("section", { class: "card wide chosen", "aria-labelledby": "h-field" });
  readonly #score = new Piece("section", { class: "card" });
  readonly #volume = new Piece("section", { class: "card wide" });
  readonly #errors = new Piece("section", { class: "card" });
  readonly #latency = new Piece("section", { class: "card" });
  readonly #versions = new Piece("section", { class: "card wide" });

  constructor(private readonly decide: Decide) {
    const cards = [
      this.#alerts,
      this.#quality,
      this.#comparison,
      this.#drift,
      this.#field,
      this.#score,
      this.#calibration,
      this.#volume,
      this.#errors,
      this.#latency,
      this.#versions,
    ];
    this.root = h(
      "div",
      { class: "model" },
      h("div", { class: "lead1" }, h("div", {}, this.#name, this.#head.root)),
      h("div", { class: "grid charts" }, ...cards.map((card) => card.root)),
    );
    for (const card of cards) card.root.hidden = true;
  }

  paths(): Wanted[] {
    const name = part("model") ?? "";
    const [field, start] = [part("field"), part("start")];
    const of = `api/models/${encodeURIComponent(name)}/fields/${encodeURIComponent(field ?? "")}?step=${stepOf(daysNow())}`;
    const path = start === null ? of : `${of}&start=${encodeURIComponent(start)}`;
    return [{ path: modelPath(name) }, ...(field === null ? [] : [{ path, mayLack: true as const }])];
  }

  title(): string {
    return this.#name.textContent ?? "";
  }

  show([found, field]: [ModelDetail, (Distribution | null)?]): void {
    const detail = charted(found);
    const now = new Date();
    const chosen = part("field");
    setText(this.#name, detail.name);
    const last = detail.lastEvent === null ? w.model.never : w.model.last(ago(new Date(detail.lastEvent), now));
    const finding = modelFinding(detail, now);
    const state = standing(detail, now);
    this.#head.show([state, detail.group, detail.hosts, last, finding, detail.versions, detail.bundle], () => [
      h("p", { class: "finding" }, stateNode(state), " ", finding),
      h(
        "p",
        { class: "fine" },
        [w.model.where(champion(detail), hostsOf(detail)), last].filter(Boolean).join(", "),
        detail.group ? ", " : "",
        detail.group ? linkTo(to("groups", { find: detail.group }), w.model.group(detail.group)) : "",
      ),
      detail.bundle ? h("p", { class: "fine" }, bundleText(detail.bundle)) : "",
    ]);
    const alerts = [...detail.alerts].sort(alertOrder);
    this.#alerts.root.classList.add("wide");
    this.#alerts.show(
      alerts.map((alert) => alertKey(alert, now)),
      () =>
        alerts.length
          ? [
              h("h2", { id: "h-al" }, w.model.alerts(alerts.filter((alert) => stateOf(alert) === "firing").length)),
              h("ol", { class: "alerts" }, ...alerts.map((alert) => alertItem(alert, now, this.decide, "model"))),
              h("p", {}, linkTo(to("alerts", { find: detail.name }), w.model.history)),
            ]
          : [],
    );
    this.#quality.show([detail.quality, detail.starts.at(-1)], () => qualityCard(detail.quality, detail.starts.at(-1)));
    this.#comparison.show([detail.comparison, detail.alerts], () =>
      detail.comparison ? comparisonCard(detail.comparison, (action) => this.#compare(detail, action)) : [],
    );
    this.#calibration.show(detail.quality?.calibration, () => calibrationCard(detail.quality));
    this.#drift.show([detail.drift, detail.starts, chosen], () => driftCard(detail, "input", chosen));
    this.#score.show([detail.drift, detail.starts, chosen], () => driftCard(detail, "result", chosen));
    const wasHidden = this.#field.root.hidden;
    this.#field.show([field, chosen, detail.starts], () =>
      chosen === null ? [] : fieldCard(detail, chosen, field ?? null),
    );
    if (wasHidden && chosen !== null) this.#field.root.scrollIntoView({ block: "nearest" });
    this.#volume.show([detail.volume, detail.starts, detail.hostsLate], () => volumeCard(detail));
    this.#errors.show([detail.volume, detail.starts], () => errorCard(detail));
    this.#latency.show([detail.latency, detail.starts], () => latencyCard(detail));
    // One of a pair takes the room of both where the other is missing.
    this.#quality.root.classList.toggle("wide", this.#comparison.root.hidden);
    this.#score.root.classList.toggle("wide", this.#calibration.root.hidden);
    this.#calibration.root.classList.toggle("wide", this.#score.root.hidden);
    this.#versions.show(detail.versions, () => (detail.versions.length ? versionsCard(detail) : []));
  }

  #compare(detail: ModelDetail, action: Action): void {
    const alert = detail.alerts.find((other) => other.kind === "challenger" && other.actions.includes(action));
    if (alert) this.decide.onAlert(alert, action);
  }
}
