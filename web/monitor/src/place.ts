// Where in the page one is. All of it is in the address, so a link leads another reader to the same sight.
import { addressWith, go, keep, part, type Parts } from "../../what-if/src/address.ts";
import { linkTo } from "../../what-if/src/views/link.ts";

declare module "../../what-if/src/address.ts" {
  interface PartNames {
    model: string;
    version: string;
    field: string;
    group: string;
    state: string;
    find: string;
    sort: string;
    days: string;
    start: string;
    from: string;
    to: string;
  }
}

export const viewNames = ["today", "groups", "models", "alerts", "report", "model"] as const;
export type ViewName = (typeof viewNames)[number];

export const spans = [1, 7, 30, 90, 365] as const;
const usualSpan = 30;

export const viewNow = (): ViewName => viewNames.find((name) => name === part("view")) ?? "today";

/** How many days are looked back at. */
export const daysNow = (): number => spans.find((days) => String(days) === part("days")) ?? usualSpan;

const none: Parts = {
  view: null,
  model: null,
  version: null,
  field: null,
  group: null,
  state: null,
  find: null,
  sort: null,
  start: null,
  from: null,
  to: null,
};

/** A view of its own, without what the one before was narrowed to. */
export const to = (view: ViewName, more: Parts = {}): Parts => ({
  ...none,
  view: view === "today" ? null : view,
  ...more,
});
export const toModel = (model: string, more: Parts = {}): Parts => to("model", { model, ...more });

/** A window of an hour is none of a day, so it is let go. */
export const daysPart = (days: number): Parts => ({ days: days === usualSpan ? null : String(days), start: null });

const hoursUpTo = 7; // days that are shown hour by hour

export const stepOf = (days: number): "hour" | "day" => (days <= hoursUpTo ? "hour" : "day");

export const modelPath = (name: string): string =>
  `api/models/${encodeURIComponent(name)}?days=${daysNow()}&step=${stepOf(daysNow())}`;

export type { Parts };
export { addressWith, go, keep, linkTo, part };
