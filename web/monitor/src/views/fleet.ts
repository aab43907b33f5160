// Thousands of models at a glance: a glyph for each group, its models as marks in it, framed where the group is to be
// retrained. Those to act on come first, so the upper left corner is the list of what is to be done.
import { h, s } from "../../../what-if/src/dom.ts";
import { count } from "../../../what-if/src/format.ts";
import type { Group, Region } from "../answers.ts";
import { groupOrder, needed, statusOrder } from "../order.ts";
import { linkTo, to } from "../place.ts";
import { shortDay } from "../time.ts";
import { w } from "../words.ts";
import { shape, shapeOf, type Shape } from "./shapes.ts";

const cell = 7;
const gap = 6;
const marksShown = 9; // of one group; its counts are in words beside it
const unitsAcross = 300;
const most = 240; // glyphs of a region: what needs a decision comes first

const drawn: Record<Shape, (x: number, y: number) => string> = {
  act: (x, y) => `M${x + 1} ${y + 1}h5v5h-5z`,
  watch: (x, y) => `M${x + 0.8} ${y + 6}l2.7-5 2.7 5z`,
  fine: (x, y) => `M${x + 2.5} ${y + 2.5}h2v2h-2z`,
  unknown: (x, y) => `M${x + 1.5} ${y + 3.5}h4`,
};

/** Columns of marks in a glyph: 2 for 4 models, 3 for up to 9. */
const sideOf = (groups: readonly Group[]): number =>
  Math.max(1, Math.ceil(Math.sqrt(Math.min(marksShown, Math.max(...groups.map((group) => group.models.length))))));

export function glyphs(groups: readonly Group[]): SVGElement {
  const side = sideOf(groups);
  const pitch = side * cell + gap;
  const across = Math.max(1, Math.floor(unitsAcross / pitch));
  const paths: Record<Shape | "frame", string> = { act: "", watch: "", fine: "", unknown: "", frame: "" };
  for (const [i, group] of [...groups].sort(groupOrder).slice(0, most).entries()) {
    const [left, top] = [(i % across) * pitch + 1, Math.floor(i / across) * pitch + 1];
    const models = [...group.models]
      .sort((a, b) => statusOrder(a.status) - statusOrder(b.status))
      .slice(0, side * side);
    for (const [k, { status }] of models.entries())
      paths[shapeOf(status)] += drawn[shapeOf(status)](left + (k % side) * cell, top + Math.floor(k / side) * cell);
    if (group.retrain)
      paths.frame += `M${left - 0.5} ${top - 0.5}h${side * cell + 1}v${side * cell + 1}h${-side * cell - 1}z`;
  }
  const [width, height] = [across * pitch, Math.ceil(Math.min(most, groups.length) / across) * pitch];
  return s(
    "svg",
    { class: "glyphs", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    ...Object.entries(paths).map(([kind, d]) => (d ? s("path", { class: `is-${kind}`, d }) : null)),
  );
}

const countsOf = ({ groups, toRetrain, toWatch }: Region): (Node | string)[] => [
  ...(toRetrain ? [h("b", { class: "act" }, w.groups.toRetrain(count(toRetrain))), ", "] : []),
  ...(toWatch ? [`${w.groups.toWatch(count(toWatch))}, `] : []),
  w.groups.groups(groups.length, count(groups.length)),
];

/** A region leads to its groups. */
export function regionView(region: Region): HTMLElement {
  const link = linkTo(to("groups", { group: region.name }), region.name);
  link.className = "rn";
  link.dataset["key"] = `region ${region.name}`;
  return h(
    "li",
    { class: "rg" },
    h("h3", {}, link),
    h("p", { class: "rc" }, ...countsOf(region)),
    glyphs(region.groups),
    region.groups.length > most ? h("p", { class: "rc" }, w.groups.rest(count(region.groups.length - most))) : null,
  );
}

/** `isFramed`: groups to be retrained have a frame. */
export const fleetKey = (isFramed = true): HTMLElement =>
  h(
    "p",
    { class: "key" },
    ...(["below", "falling", "fine", "unknown"] as const).map((status) =>
      h(
        "span",
        {},
        s(
          "svg",
          { class: "glyphs", viewBox: "0 0 7 7", "aria-hidden": "true" },
          s("path", { class: `is-${shapeOf(status)}`, d: drawn[shapeOf(status)](0, 0) }),
        ),
        w.status[status],
      ),
    ),
    isFramed &&
      h(
        "span",
        {},
        s(
          "svg",
          { class: "glyphs", viewBox: "0 0 9 9", "aria-hidden": "true" },
          s("path", { class: "is-frame", d: "M.5 .5h8v8h-8z" }),
          s("path", { class: "is-act", d: drawn.act(1, 1) }),
        ),
        w.groups.framed,
      ),
  );

const marksInRow = 6; // more are a bar of shares

/** The models of a group, the worst first. */
export function marksOf({ models, below }: Group): Element {
  const n = models.length;
  if (n > marksInRow) return shareBar(below / n, models.filter((model) => model.status === "falling").length / n);
  const worstFirst = [...models].sort((a, b) => statusOrder(a.status) - statusOrder(b.status));
  return h("span", { class: "row6" }, ...worstFirst.map((model) => shape(shapeOf(model.status))));
}

function shareBar(below: number, falling: number): SVGElement {
  const box = (from: number, width: number) => `M${100 * from} 0h${100 * width}v12h${-100 * width}z`;
  return s(
    "svg",
    { class: "glyphs sharebar", viewBox: "0 0 100 12", preserveAspectRatio: "none", "aria-hidden": "true" },
    s("path", { class: "is-back", d: box(0, 1) }),
    s("path", { class: "is-act", d: box(0, below) }),
    s("path", { class: "is-watch", d: box(below, falling) }),
  );
}

/** What its rule says, and whether it is met. */
export function ruleNode({ models, rule, retrain, watch, approved }: Group): HTMLElement {
  const grade = retrain ? "act" : watch ? "watch" : "fine";
  const said = rule ? w.groups.ruleOf(rule.retrain, needed(rule.retrain, models.length), models.length) : null;
  return h(
    "span",
    { class: `state is-${grade}` },
    shape(grade),
    said === null
      ? w.groups.noRule
      : `${w.groups.ruleIs(said, rule!.windows)}${approved ? `, ${w.groups.approved(shortDay(new Date(approved)))}` : ""}`,
  );
}
