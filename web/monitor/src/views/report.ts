// A period on paper: what happened, how the models did, what was decided.
import { h, setText } from "../../../what-if/src/dom.ts";
import * as format from "../../../what-if/src/format.ts";
import { button } from "../../../what-if/src/views/button.ts";
import { table } from "../../../what-if/src/views/many/plot.ts";
import type { Report } from "../answers.ts";
import type { Wanted } from "../feed.ts";
import { alertWords, changeWords, qualityText, share } from "../findings.ts";
import { alertOrder, statusOrder } from "../order.ts";
import { go, part } from "../place.ts";
import { longDay, shortDay } from "../time.ts";
import { w } from "../words.ts";
import { scrolled } from "./model_cards.ts";
import { Piece } from "./piece.ts";
import { stateNode } from "./shapes.ts";
import type { View } from "./view.ts";

const dayMs = 86_400_000;
const dash = "–";
const most = 500; // rows on paper

/** The last whole months, and this one so far, as days in UTC. */
export function periods(now: Date): { from: string; to: string }[] {
  const first = (back: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 10);
  return Array.from({ length: 12 }, (_, i) => ({ from: first(i), to: first(i - 1) }));
}

export class ReportView implements View {
  readonly root: HTMLElement;
  readonly #title = h("h1", { id: "headline", tabindex: "-1" });
  readonly #from = dayBox("from", w.report.from);
  readonly #to = dayBox("to", w.report.to);
  readonly #body = new Piece("div", { class: "paper" });

  constructor() {
    const months = h(
      "select",
      {},
      h("option", { value: "" }, w.report.other),
      ...periods(new Date()).map(({ from, to }) => h("option", { value: `${from} ${to}` }, monthName(from))),
    );
    months.addEventListener("change", () => {
      const [from, to] = months.value.split(" ");
      if (from && to) go({ from, to });
    });
    this.root = h(
      "div",
      { class: "report-view" },
      h(
        "div",
        { class: "filters noprint" },
        h("label", { class: "ff" }, h("span", {}, w.report.month), months),
        this.#from,
        this.#to,
        button(w.report.print, "primary", () => print()),
      ),
      h(
        "article",
        { class: "card report-card" },
        h("p", { class: "fine" }, w.report.kind),
        this.#title,
        this.#body.root,
      ),
    );
    this.#months = months;
  }

  readonly #months: HTMLSelectElement;

  /** From the address; without one, the month so far. */
  get #period(): { from: string; to: string } {
    const [usual] = periods(new Date());
    const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d\d-\d\d$/.test(text);
    const [from, to] = [part("from"), part("to")];
    return { from: isDay(from) ? from : usual!.from, to: isDay(to) ? to : usual!.to };
  }

  paths(): Wanted[] {
    const { from, to } = this.#period;
    return [{ path: `api/report?from=${from}&to=${to}` }];
  }

  title(): string {
    return w.report.titleOf(this.#title.textContent ?? "");
  }

  show([report]: [Report]): void {
    const { from, to } = this.#period;
    this.#from.querySelector("input")!.value = from;
    this.#to.querySelector("input")!.value = to;
    this.#months.value = periods(new Date()).some((month) => month.from === from && month.to === to)
      ? `${from} ${to}`
      : "";
    const last = new Date(Math.min(Date.parse(report.to) - dayMs, Date.parse(report.now)));
    setText(
      this.#title,
      w.report.title(longDay(new Date(report.from)), longDay(new Date(Math.floor(last.getTime() / dayMs) * dayMs))),
    );
    const { now, ...rest } = report;
    this.#body.show([rest, now.slice(0, 10)], () => paper(report));
  }
}

const monthName = (from: string): string =>
  new Intl.DateTimeFormat(format.locale(), { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(from));

function dayBox(name: "from" | "to", label: string): HTMLElement {
  const box = h("input", { class: "box", type: "date", required: true });
  box.addEventListener("change", () => box.value && go({ [name]: box.value }));
  return h("label", { class: "ff" }, h("span", {}, label), box);
}

function paper(report: Report): Node[] {
  const { figures } = report;
  const now = new Date(report.now);
  const rows: [string, string, string][] = [
    [
      w.report.predictions,
      format.count(figures.predictions),
      figures.predictions ? w.report.errors(share(figures.errors / figures.predictions)) : "",
    ],
    [w.report.models, format.count(figures.models), w.report.below(format.count(figures.modelsBelow))],
    [w.report.alerts, format.count(figures.alertsOpened), w.report.resolved(format.count(figures.alertsResolved))],
    [w.report.changes, format.count(figures.changes), ""],
  ];
  const models = [...report.models].sort(
    (a, b) => statusOrder(a.status) - statusOrder(b.status) || a.name.localeCompare(b.name),
  );
  const alerts = [...report.alerts].sort(alertOrder);
  return [
    h(
      "dl",
      { class: "kp" },
      ...rows.map(([name, value, more]) => h("div", {}, h("dt", {}, name), h("dd", {}, value, h("small", {}, more)))),
    ),
    h(
      "section",
      {},
      h("h2", {}, w.report.happened),
      alerts.length
        ? table(
            [w.report.what, w.report.began, w.report.ended],
            alerts.slice(0, most).map((alert) => {
              const { head, text } = alertWords(alert, now);
              return [
                h("span", {}, h("b", {}, head), h("small", {}, text)),
                shortDay(new Date(alert.since), now),
                alert.resolved === null ? w.report.open : shortDay(new Date(alert.resolved), now),
              ];
            }),
            "plain",
          )
        : h("p", { class: "sub" }, w.report.nothing),
    ),
    h(
      "section",
      {},
      h("h2", {}, w.report.howModels),
      scrolled(
        w.report.howModels,
        [
          w.models.columns[0]!,
          w.models.columns[2]!,
          w.report.quality,
          w.report.drifted,
          w.report.predictions,
          w.report.errorShare,
        ],
        models
          .slice(0, most)
          .map((model) => [
            model.name,
            stateNode(model.status),
            model.quality?.value === null || model.quality?.value === undefined
              ? dash
              : qualityText(model.quality, model.quality.value),
            model.drifted.length ? format.list(model.drifted) : dash,
            format.count(model.predictions),
            model.errorShare === null ? dash : share(model.errorShare),
          ]),
      ),
      ...(models.length > most ? [h("p", { class: "fine" }, w.report.moreModels(models.length - most))] : []),
    ),
    h(
      "section",
      {},
      h("h2", {}, w.report.decided),
      report.changes.length
        ? table(
            [w.report.what, w.report.when, w.report.by],
            report.changes
              .slice(0, most)
              .map((change) => [changeWords(change), shortDay(new Date(change.time), now), change.by]),
            "plain",
          )
        : h("p", { class: "sub" }, w.report.noChanges),
    ),
    h("p", { class: "fine made" }, w.report.made(format.moment(now))),
  ];
}
