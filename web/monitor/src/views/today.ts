// The first view: what must be decided today, why, and where.
import { h, setText } from "../../../what-if/src/dom.ts";
import * as format from "../../../what-if/src/format.ts";
import type { Action, Group, Groups, ModelDetail, Today } from "../answers.ts";
import type { Wanted } from "../feed.ts";
import { champion, fleetFinding, headline, hostsOf, modelFinding, share } from "../findings.ts";
import { gathered, isGathered } from "../gather.ts";
import { alertOrder, groupOrder, stateOf } from "../order.ts";
import { daysNow, linkTo, modelPath, to, toModel } from "../place.ts";
import { charted } from "../series.ts";
import { ago, clock } from "../time.ts";
import { w } from "../words.ts";
import { alertItem, alertKey, changeItem, gatheredItem } from "./alert_item.ts";
import type { Decide } from "./decide.ts";
import { fleetKey, marksOf, regionView, ruleNode } from "./fleet.ts";
import { comparisonCard, driftCard, qualityCard, volumeCard } from "./model_cards.ts";
import { Piece } from "./piece.ts";
import type { View } from "./view.ts";

const decisionsShown = 6;
const regionsShown = 24;
const groupsByName = 16;

export class TodayView implements View {
  readonly root: HTMLElement;
  readonly #headline = h("h1", { id: "headline", tabindex: "-1" });
  readonly #figures = new Piece("div");
  readonly #decisions = new Piece("section", { class: "card al", "aria-labelledby": "h-al" });
  readonly #fleet = new Piece("section", { class: "card fleet", "aria-labelledby": "h-fl" });
  readonly #model = new Piece("header", { class: "mh" });
  readonly #cards = [0, 1, 2, 3].map((i) => new Piece("section", { class: i < 2 ? "card" : "card wide" }));
  /** The model that the most urgent decision is about. */
  #about: string | null = null;

  constructor(private readonly decide: Decide) {
    this.root = h(
      "div",
      { class: "today" },
      h("div", { class: "lead1" }, this.#headline, this.#figures.root),
      h("div", { class: "grid two" }, this.#decisions.root, this.#fleet.root),
      this.#model.root,
      h("div", { class: "grid charts" }, ...this.#cards.map((card) => card.root)),
    );
    this.#model.root.hidden = true;
    for (const card of this.#cards) card.root.hidden = true;
  }

  paths(): Wanted[] {
    const about: Wanted[] = this.#about === null ? [] : [{ path: modelPath(this.#about), mayLack: true }];
    return [{ path: "api/today" }, { path: "api/groups" }, ...about];
  }

  title(): string {
    return this.#headline.textContent ?? "";
  }

  show([today, groups, found]: [Today, Groups, (ModelDetail | null)?]): void {
    const model = found && charted(found);
    const now = new Date(today.now);
    setText(this.#headline, headline(today, groups));
    this.#showFigures(today, now);
    this.#showDecisions(
      today,
      now,
      groups.regions.reduce((n, region) => n + region.groups.length, 0),
    );
    this.#fleet.show(groups, () => (groups.regions.length ? fleet(groups) : []));
    this.#about = [...today.decisions].sort(alertOrder).find((alert) => alert.model !== null)?.model ?? null;
    this.#showModel(model?.name === this.#about ? (model ?? undefined) : undefined);
  }

  #showFigures({ figures, dataUntil }: Today, now: Date): void {
    const until = dataUntil === null ? null : new Date(dataUntil);
    const { predictions24h, usual24h, errors24h, models, modelsBelow, modelsReporting, hostsLate } = figures;
    const change = usual24h ? predictions24h / usual24h - 1 : null;
    const rows: [string, string, string][] = [
      [
        w.figures.predictions,
        format.count(predictions24h),
        change === null
          ? ""
          : Math.abs(change) < 0.005
            ? w.figures.usual
            : change > 0
              ? w.figures.more(share(change))
              : w.figures.fewer(share(-change)),
      ],
      [w.figures.reporting, format.count(modelsReporting), w.figures.of(format.count(models))],
      [w.figures.below, format.count(modelsBelow), models ? w.figures.ofModels(share(modelsBelow / models)) : ""],
      errors24h === undefined
        ? [
            w.figures.until,
            until ? clock(until) : w.figures.never,
            joined(until && ago(until, now), hostsLate > 0 && w.figures.late(hostsLate, format.count(hostsLate))),
          ]
        : [
            w.figures.errors,
            format.count(errors24h),
            joined(
              predictions24h > 0 && w.figures.ofPredictions(share(errors24h / predictions24h)),
              hostsLate > 0 && w.figures.late(hostsLate, format.count(hostsLate)),
            ),
          ],
    ];
    this.#figures.show(rows, () => [
      h(
        "dl",
        { class: "kp" },
        ...rows.map(([name, value, more]) => h("div", {}, h("dt", {}, name), h("dd", {}, value, h("small", {}, more)))),
      ),
    ]);
  }

  #showDecisions(today: Today, now: Date, groups: number): void {
    const open = gathered(today.decisions.filter((alert) => stateOf(alert, now) === "firing").sort(alertOrder));
    const shown = open.slice(0, decisionsShown);
    const keys = shown.map((item) => (isGathered(item) ? item : alertKey(item, now)));
    this.#decisions.show([keys, open.length, today.decided, groups], () => [
      h("h2", { id: "h-al", tabindex: "-1" }, open.length ? w.today.decisions(open.length) : w.today.noDecisions),
      shown.length > 0 &&
        h(
          "ol",
          { class: "alerts" },
          ...shown.map((item) =>
            isGathered(item) ? gatheredItem(item, groups, this.decide) : alertItem(item, now, this.decide, "list"),
          ),
        ),
      open.length > shown.length && h("p", {}, linkTo(to("alerts"), w.today.allAlerts(open.length))),
      today.decided.length > 0 && h("h3", { class: "dn" }, w.today.decided),
      today.decided.length > 0 &&
        h("ol", { class: "log" }, ...today.decided.slice(0, 8).map((change) => changeItem(change, now))),
    ]);
  }

  #showModel(model: ModelDetail | undefined): void {
    this.#model.show(model ? [model.name, modelFinding(model), model.hosts] : null, () =>
      model ? modelHead(model) : [],
    );
    const made = model
      ? [
          qualityCard(model.quality, model.starts.at(-1)),
          model.comparison ? comparisonCard(model.comparison, (action) => this.#compare(model, action)) : [],
          driftCard(model, "input", null),
          volumeCard(model),
        ]
      : [[], [], [], []];
    const keys = model
      ? [
          [model.quality, model.starts.at(-1)],
          model.comparison,
          [model.drift, model.starts],
          [model.volume, model.starts],
        ]
      : [null, null, null, null];
    for (const [i, card] of this.#cards.entries()) card.show([keys[i], daysNow()], () => made[i]!);
    this.#cards[0]!.root.classList.toggle("wide", this.#cards[1]!.root.hidden);
  }

  #compare(model: ModelDetail, action: Action): void {
    const alert = model.alerts.find((other) => other.kind === "challenger" && other.actions.includes(action));
    if (alert) this.decide.onAlert(alert, action);
  }
}

const joined = (...parts: (string | false | null)[]): string => parts.filter(Boolean).join(", ");

const modelHead = (model: ModelDetail): Node[] => [
  h("h2", {}, model.name),
  h("p", { class: "fine" }, w.model.where(champion(model), hostsOf(model))),
  linkTo(toModel(model.name), w.model.open),
];

function fleet(groups: Groups): Node[] {
  const regions = [...groups.regions].sort(
    (a, b) => b.toRetrain - a.toRetrain || b.toWatch - a.toWatch || a.name.localeCompare(b.name),
  );
  const heading = h("h2", { id: "h-fl" }, fleetFinding(groups));
  const all = regions.flatMap((region) => region.groups).sort(groupOrder);
  if (all.length <= groupsByName) return [heading, fleetKey(false), h("ul", { class: "few" }, ...all.map(groupItem))];
  const shown = regions.slice(0, regionsShown);
  return [
    heading,
    fleetKey(),
    h("p", { class: "vh" }, w.groups.spoken),
    h("ul", { class: "fl" }, ...shown.map(regionView)),
    ...(regions.length > shown.length
      ? [h("p", { class: "fine" }, linkTo(to("groups"), w.groups.moreRegions(regions.length - shown.length)))]
      : []),
  ];
}

/** A few groups are shown one by one, with what their rule says. */
function groupItem(group: Group): HTMLElement {
  const link = linkTo(to("groups", { find: group.name }), group.name);
  link.dataset["key"] = `group ${group.name}`;
  return h(
    "li",
    {},
    h("h3", {}, link),
    marksOf(group),
    h("span", {}, w.groups.belowOf(group.below, group.models.length)),
    ruleNode(group),
  );
}
