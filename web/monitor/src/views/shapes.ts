// States as shapes: a square to act, a triangle to watch, a dot where all is fine, a dash where nothing is known.
import { h, s } from "../../../what-if/src/dom.ts";
import type { Severity, Status } from "../answers.ts";
import { w } from "../words.ts";

export type Shape = "act" | "watch" | "fine" | "unknown";

export const shapeOf = (status: Status | Severity): Shape =>
  status === "below" ? "act" : status === "falling" ? "watch" : status;

const paths: Record<Shape, string> = {
  act: "M2 2h10v10H2z",
  watch: "M1 12l6-11 6 11z",
  fine: "M5 5h4v4H5z",
  unknown: "M3 7h8",
};

export const shape = (kind: Shape): SVGElement =>
  s("svg", { class: `shape is-${kind}`, viewBox: "0 0 14 14", "aria-hidden": "true" }, s("path", { d: paths[kind] }));

/** The shape with its word. */
export const stateNode = (status: Status | Severity): HTMLElement =>
  h("span", { class: `state is-${shapeOf(status)}` }, shape(shapeOf(status)), w.status[status]);
