// All groups: how many of their models are below their threshold, what their rule says, and the rule itself to be changed.
import { h, setText } from "../../../what-if/src/dom.ts";
import * as format from "../../../what-if/src/format.ts";
import { button } from "../../../what-if/src/views/button.ts";
import type { Group, Groups } from "../answers.ts";
import type { Wanted } from "../feed.ts";
import { fleetFinding } from "../findings.ts";
import { groupOrder, inPlace, needed, statusOrder } from "../order.ts";
import { linkTo, part, to } from "../place.ts";
import { w } from "../words.ts";
import type { Decide } from "./decide.ts";
import { findBox, finder, follow, pick } from "./filters.ts";
import { fleetKey, marksOf, ruleNode } from "./fleet.ts";
import { LongList } from "./long_list.ts";
import { Piece } from "./piece.ts";
import { shape, shapeOf } from "./shapes.ts";
import type { View } from "./view.ts";

export class GroupsView implements View {
  readonly root: HTMLElement;
  readonly #title = h("h1", { id: "headline", tabindex: "-1" });
  readonly #count = h("p", { class: "fine", role: "status" });
  readonly #filters = h("div", { class: "filters", role: "search" });
  readonly #list: LongList<Group>;
  readonly #rule = new Piece("section", { class: "rule", "aria-label": w.groups.rule });
  readonly #empty = h("p", { class: "note plain", hidden: true }, w.groups.noneFound);
  readonly #none = h("p", { class: "note plain", hidden: true }, w.groups.noGroups);
  #groups: readonly Group[] = [];
  #order: string[] = [];
  #for = "";
  #regions = "";

  constructor(private readonly decide: Decide) {
    this.#list = new LongList<Group>(
      w.groups.label,
      w.groups.columns.map((name, i) => ({ name, kind: ["name", "marks", "belowof", "rulesays"][i]! })),
      (group) => group.name,
      cells,
    );
    this.root = h(
      "div",
      { class: "groups" },
      h("div", { class: "lead1" }, this.#title),
      h(
        "section",
        { class: "card", "aria-labelledby": "headline" },
        this.#filters,
        fleetKey(false),
        this.#count,
        this.#rule.root,
        this.#list.root,
        this.#empty,
        this.#none,
      ),
    );
  }

  paths(): Wanted[] {
    return [{ path: "api/groups" }];
  }

  title(): string {
    return this.#title.textContent ?? "";
  }

  show([groups]: [Groups]): void {
    setText(this.#title, fleetFinding(groups));
    this.#groups = groups.regions.flatMap((region) =>
      region.groups.map((group) => ({ ...group, region: region.name })),
    );
    const names = groups.regions.map((region) => region.name).sort((a, b) => a.localeCompare(b));
    if (names.join("\n") !== this.#regions) {
      this.#regions = names.join("\n");
      this.#filters.replaceChildren(
        findBox(w.groups.find, () => this.#narrow()),
        pick("group", w.groups.region, [["", w.groups.anyRegion], ...names.map((name) => [name, name] as const)]),
        pick("state", w.models.state, [
          ["", w.models.anyState],
          ["retrain", w.groups.states.retrain],
          ["watch", w.groups.states.watch],
          ["fine", w.groups.states.fine],
        ]),
      );
    }
    follow(this.#filters);
    this.#narrow();
  }

  #narrow(): void {
    const asked = [part("find"), part("state"), part("group")].join("\n");
    const right = [...this.#groups].sort(groupOrder);
    const all = asked === this.#for ? inPlace(this.#order, right, (group) => group.name) : right;
    this.#order = all.map((group) => group.name);
    this.#for = asked;
    const shown = all.filter(filter());
    setText(this.#count, w.groups.shown(format.count(shown.length), format.count(all.length)));
    this.#empty.hidden = shown.length > 0 || all.length === 0;
    this.#none.hidden = all.length > 0;
    this.#list.root.hidden = shown.length === 0;
    this.#list.show(shown);
    const only = shown.find((group) => group.name === part("find")) ?? (shown.length === 1 ? shown[0] : undefined);
    this.#rule.show(only ?? shown.length > 0, () =>
      only ? this.#edit(only) : [shown.length > 0 && h("p", { class: "fine" }, w.groups.chooseOne)],
    );
  }

  /** The rule as a sentence that can be changed; what it would mean at once is said beside it. */
  #edit(group: Group): Node[] {
    const n = group.models.length;
    const rule = { retrain: group.rule?.retrain ?? "all", windows: group.rule?.windows ?? 1 };
    const choices = ["any", ...Array.from({ length: Math.max(0, n - 2) }, (_, i) => `${i + 2} of ${n}`), "all"];
    if (!choices.includes(rule.retrain)) choices.push(rule.retrain);
    const some = h(
      "select",
      { "aria-label": w.groups.howMany, "data-key": "how many" },
      ...choices.map((choice) =>
        h(
          "option",
          { value: choice, selected: choice === rule.retrain },
          w.groups.ruleOf(choice, needed(choice, n), n),
        ),
      ),
    );
    const lengths = [...new Set([1, 2, 3, 4, 6, 8, rule.windows])].sort((a, b) => a - b);
    const windows = h(
      "select",
      { "aria-label": w.groups.howLong, "data-key": "how long" },
      ...lengths.map((x) => h("option", { value: x, selected: x === rule.windows }, w.groups.windows(x))),
    );
    const effect = h("p", { class: "fine", role: "status" });
    const tell = () => {
      const limit = needed(some.value, n) ?? n;
      setText(
        effect,
        group.below >= limit ? w.groups.wouldFire(group.below, limit) : w.groups.wouldNot(group.below, limit),
      );
    };
    for (const select of [some, windows]) select.addEventListener("change", tell);
    tell();
    const save = button(
      w.groups.saveRule,
      "primary",
      () =>
        this.decide.onRule(
          group.name,
          w.groups.ruleSays(
            w.groups.ruleOf(some.value, needed(some.value, n), n),
            w.groups.windows(Number(windows.value)),
          ),
          some.value,
          Number(windows.value),
        ),
      "save rule",
    );
    return [
      h("div", { class: "sh" }, h("h2", {}, w.groups.ruleFor(group.name)), linkTo({ find: null }, w.groups.all)),
      h(
        "p",
        { class: "edit" },
        h("span", {}, w.groups.sentence[0]),
        some,
        h("span", {}, w.groups.sentence[1]),
        windows,
        save,
      ),
      effect,
      group.rule?.source ? h("p", { class: "fine" }, w.groups.from[group.rule.source]) : h("span", { hidden: true }),
      h(
        "ul",
        { class: "members" },
        ...[...group.models]
          .sort((a, b) => statusOrder(a.status) - statusOrder(b.status))
          .map((model) =>
            h(
              "li",
              {},
              shape(shapeOf(model.status)),
              h("span", { class: "vh" }, `${w.status[model.status]}: `),
              linkTo(to("model", { model: model.name }), model.name),
            ),
          ),
      ),
    ];
  }
}

const regionOf = (group: Group): string => (group as Group & { region: string }).region;
const stateOf = (group: Group): "retrain" | "watch" | "fine" =>
  group.retrain ? "retrain" : group.watch ? "watch" : "fine";

function filter(): (group: Group) => boolean {
  const [region, state, isFound] = [part("group"), part("state"), finder()];
  return (group) =>
    (region === null || regionOf(group) === region) &&
    (state === null || stateOf(group) === state) &&
    isFound(group.name);
}

const cells = (group: Group): (Node | string)[] => [
  linkTo({ find: group.name }, group.name),
  marksOf(group),
  w.groups.belowOf(group.below, group.models.length),
  ruleNode(group),
];
