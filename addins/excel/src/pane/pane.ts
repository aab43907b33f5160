// The pane: which model is asked about, and the tabs.
import { h, setText } from "../../../../web/what-if/src/dom.ts";
import type { Calls } from "../functions/calls.ts";
import type { Library } from "../models/library.ts";
import type { Loaded } from "../models/loaded.ts";
import { w } from "../texts/texts.ts";
import { BuildView } from "./build.ts";
import { ExplainView } from "./explain.ts";
import { message, reasonOf } from "./message.ts";
import { ModelsView } from "./models.ts";
import { ScoreView } from "./score.ts";
import { Tabs } from "./tabs.ts";
import { TelemetryView } from "./telemetry.ts";
import { WhatIfView } from "./what_if.ts";

/** What a tab shows of the chosen model; null where there is none. */
export interface ModelView {
  readonly root: HTMLElement;
  use(model: Loaded | null): void;
  enter?(): void;
  leave?(): void;
}

export class Pane {
  readonly root: HTMLElement;
  readonly telemetry: TelemetryView;
  readonly #select = h("select", { id: "model" });
  readonly #chooser: HTMLElement;
  readonly #trouble = h("div");
  readonly #status = h("p", { class: "vh", role: "status" });
  readonly #tabs: Tabs;
  readonly #views: ModelView[];
  #chosen: string | null = null;

  constructor(
    private readonly library: Library,
    calls: Calls,
  ) {
    const say = (text: string) => setText(this.#status, text);
    const whatIf = new WhatIfView(calls, say),
      score = new ScoreView(library, calls, say),
      explain = new ExplainView(calls, say),
      build = new BuildView(calls, say);
    const models = new ModelsView(library, (sha256) => this.#choose(sha256), say, (this.telemetry = new TelemetryView(say)).root);
    this.#views = [whatIf, score, explain, build];
    const tab = (id: string, title: string, view: ModelView | ModelsView) => ({
      id, title, root: view.root,
      enter: () => {
        this.#chooser.hidden = id === "models" || !this.library.models.length;
        if ("enter" in view) view.enter?.();
      },
      leave: () => ("leave" in view ? view.leave?.() : undefined),
    });
    this.#chooser = h("div", { class: "chooser" }, h("label", { class: "vh", for: "model" }, w.pane.model), this.#select, this.#trouble);
    this.#tabs = new Tabs(w.pane.tabs, [
      tab("what-if", w.pane.whatIf, whatIf), tab("score", w.pane.score, score), tab("explain", w.pane.explain, explain),
      tab("build", w.pane.build, build), tab("models", w.pane.models, models),
    ]);
    this.root = h(
      "div",
      { class: "pane" },
      h("header", { class: "hd" }, mark(), h("h1", {}, w.pane.title), h("span", { class: "fine" }, w.pane.local)),
      h("nav", { class: "tabbar", "aria-label": w.pane.tabs }, this.#tabs.list),
      h("main", {}, this.#chooser, ...this.#tabs.panels),
      this.#status,
    );
    this.#select.addEventListener("change", () => this.#choose(this.#select.value));
    library.onChange(() => this.#update());
    this.#tabs.show("models");
    this.#update();
  }

  /** The models of the workbook are known. */
  begin(): void {
    if (this.library.models.length) this.#tabs.show("what-if");
  }

  #update(): void {
    const { models } = this.library;
    this.#select.replaceChildren(...models.map((m) => h("option", { value: m.sha256 }, m.name)));
    const chosen = models.find((m) => m.sha256 === this.#chosen) ?? models[0];
    if (chosen) this.#select.value = chosen.sha256;
    if (chosen?.sha256 !== this.#chosen) this.#choose(chosen?.sha256 ?? null);
    else if (!chosen) this.#choose(null);
  }

  #choose(sha256: string | null): void {
    this.#chosen = sha256;
    const stored = this.library.models.find((m) => m.sha256 === sha256);
    this.#trouble.replaceChildren();
    if (!stored) {
      for (const view of this.#views) view.use(null);
      return;
    }
    this.#select.value = stored.sha256;
    this.library.open(stored).then(
      (loaded) => {
        if (this.#chosen !== sha256) return;
        for (const view of this.#views) view.use(loaded);
      },
      (error) => {
        if (this.#chosen !== sha256) return;
        for (const view of this.#views) view.use(null);
        this.#trouble.replaceChildren(message(reasonOf(error)));
      },
    );
  }
}

function mark(): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI!, "path");
  for (const [name, value] of Object.entries({ d: "M2 15.5C7 15.5 8 4.5 18 4.5", fill: "none", stroke: "currentColor", "stroke-width": "2.4", "stroke-linecap": "round" })) line.setAttribute(name, value);
  const dot = document.createElementNS(svg.namespaceURI!, "circle");
  for (const [name, value] of Object.entries({ cx: "10", cy: "10", r: "3.4", fill: "currentColor" })) dot.setAttribute(name, value);
  svg.append(line, dot);
  return svg as SVGElement;
}
