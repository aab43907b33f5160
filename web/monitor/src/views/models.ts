// All models: thousands of rows, narrowed and sorted here.
import { h, setText } from "../../../what-if/src/dom.ts";
import * as format from "../../../what-if/src/format.ts";
import { button } from "../../../what-if/src/views/button.ts";
import type { Model, Models, Status } from "../answers.ts";
import type { Wanted } from "../feed.ts";
import { milliseconds, qualityText, share } from "../findings.ts";
import { inPlace, modelOrder, modelSorts, type ModelSort } from "../order.ts";
import { linkTo, part, toModel } from "../place.ts";
import { ago } from "../time.ts";
import { w } from "../words.ts";
import { findBox, finder, follow, pick } from "./filters.ts";
import { LongList } from "./long_list.ts";
import { stateNode } from "./shapes.ts";
import type { View } from "./view.ts";

const statuses: readonly Status[] = ["below", "falling", "unknown", "fine"];

export class ModelsView implements View {
  readonly root: HTMLElement;
  readonly #title = h("h1", { id: "headline", tabindex: "-1" });
  readonly #count = h("p", { class: "fine", role: "status" });
  readonly #again = button(w.models.sortAgain, "quiet", () => this.#narrow(true));
  readonly #filters: HTMLElement;
  readonly #list: LongList<Model>;
  readonly #empty = h("p", { class: "note plain", hidden: true }, w.models.noneFound);
  #models: readonly Model[] = [];
  /** The order as it was last made, and for what it was made. */
  #order: string[] = [];
  #for = "";
  #right: { of: readonly Model[]; sort: ModelSort; models: readonly Model[] } = { of: [], sort: "name", models: [] };

  constructor() {
    this.#filters = h(
      "div",
      { class: "filters", role: "search" },
      findBox(w.models.find, () => this.#narrow()),
      pick("state", w.models.state, [
        ["", w.models.anyState],
        ...statuses.map((status) => [status, w.status[status]] as const),
        ["drifted", w.models.drifted],
        ["alerts", w.models.withAlerts],
      ]),
      pick(
        "sort",
        w.models.sort,
        modelSorts.map((sort) => [sort === "urgency" ? "" : sort, w.models.sorts[sort]] as const),
      ),
    );
    this.#list = new LongList<Model>(
      w.models.label,
      w.models.columns.map((name, i) => ({ name, kind: kinds[i]! })),
      (model) => model.name,
      cells,
    );
    this.root = h(
      "div",
      { class: "models" },
      h("div", { class: "lead1" }, this.#title),
      h(
        "section",
        { class: "card", "aria-labelledby": "headline" },
        this.#filters,
        h("div", { class: "sh" }, this.#count, this.#again),
        this.#list.root,
        this.#empty,
      ),
    );
  }

  paths(): Wanted[] {
    return [{ path: "api/models" }];
  }

  title(): string {
    return this.#title.textContent ?? "";
  }

  show([{ models }]: [Models]): void {
    this.#models = models;
    const below = models.filter((model) => model.status === "below").length;
    setText(
      this.#title,
      models.length ? w.models.title(below, format.count(below), format.count(models.length)) : w.today.nobody,
    );
    follow(this.#filters);
    this.#narrow();
  }

  /** Rows keep their places while only their figures change. */
  #narrow(anew = false): void {
    const asked = [part("find"), part("state"), part("sort"), part("group")].join("\n");
    const sort = modelSorts.find((name) => name === part("sort")) ?? "urgency";
    const right = this.#sorted(sort);
    const isWanted = filter();
    const all = anew || asked !== this.#for ? right : inPlace(this.#order, right, (model) => model.name);
    this.#order = all.map((model) => model.name);
    this.#for = asked;
    const shown = all.filter(isWanted);
    const sorted = right.filter(isWanted);
    this.#again.hidden = shown.every((model, i) => model.name === sorted[i]!.name);
    setText(this.#count, w.models.shown(format.count(shown.length), format.count(all.length)));
    this.#empty.hidden = shown.length > 0 || all.length === 0;
    this.#list.root.hidden = shown.length === 0;
    this.#list.show(shown);
  }

  /** Once for each answer and order: thousands of models are not sorted at every letter that is typed. */
  #sorted(sort: ModelSort): readonly Model[] {
    if (this.#right.of !== this.#models || this.#right.sort !== sort)
      this.#right = { of: this.#models, sort, models: [...this.#models].sort(modelOrder(sort)) };
    return this.#right.models;
  }
}

function filter(): (model: Model) => boolean {
  const [state, group, isFound] = [part("state"), part("group"), finder()];
  const isOf: Record<string, (model: Model) => boolean> = {
    drifted: (model) => model.drifted.length > 0,
    alerts: (model) => model.alerts > 0,
  };
  const hasState = state === null ? () => true : (isOf[state] ?? ((model: Model) => model.status === state));
  return (model) =>
    (group === null || model.group === group) &&
    hasState(model) &&
    isFound(`${model.name} ${model.group ?? ""} ${model.drifted.join(" ")}`);
}

const kinds = ["name", "group", "status", "quality", "drift", "num", "num", "num", "when"];

function cells(model: Model): (Node | string)[] {
  const { quality } = model;
  const value = quality?.value ?? null;
  return [
    linkTo(toModel(model.name), model.name),
    model.group ?? "–",
    stateNode(model.status),
    quality && value !== null ? qualityText(quality, value) : h("span", { class: "fine" }, w.models.noOutcomes),
    model.drifted.length
      ? format.list(
          model.drifted.length > 2 ? [...model.drifted.slice(0, 2), w.more(model.drifted.length - 2)] : model.drifted,
        )
      : "–",
    format.count(model.predictions24h),
    model.errors24h === undefined || !model.predictions24h ? "–" : share(model.errors24h / model.predictions24h),
    model.p95 === undefined || model.p95 === null ? "–" : milliseconds(model.p95),
    model.lastEvent === null ? w.figures.never : ago(new Date(model.lastEvent)),
  ];
}
