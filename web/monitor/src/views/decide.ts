// Having something done: who decides it, until when it may wait, and what it causes are said before it is sent.
import { h, setText } from "../../../what-if/src/dom.ts";
import { button } from "../../../what-if/src/views/button.ts";
import type { Action, Alert } from "../answers.ts";
import { alertWords } from "../findings.ts";
import { w } from "../words.ts";
import type { Page } from "./view.ts";

const key = "scorelet.monitor.by";
const waits = [1, 7, 30]; // days that an alert may be put off

export class Decide {
  readonly root = h("dialog", { class: "deciding", "aria-labelledby": "h-decide" });

  constructor(private readonly page: Page) {}

  /** An action that an alert lists. */
  onAlert(alert: Alert, action: Action): void {
    const days = h(
      "select",
      { class: "wait" },
      ...waits.map((n) => h("option", { value: n, selected: n === 7 }, w.decide.days(n))),
    );
    const until = () => new Date(Date.now() + Number(days.value) * 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");
    this.#ask(
      w.act.name(action, null),
      [h("p", {}, h("b", {}, alertWords(alert).head)), h("p", { class: "sub" }, w.act.effect[action])],
      action === "later" ? [h("label", { class: "asked" }, h("span", {}, w.decide.wait), days)] : [],
      (by) =>
        this.page.feed.post(`api/alerts/${alert.id}`, {
          action,
          by,
          ...(action === "later" ? { until: until() } : {}),
        }),
    );
  }

  /** The same about many alerts. Those that somebody else has decided by now stay as they are. */
  onAll(alerts: readonly Alert[], action: "approve", head: string, text: string): void {
    this.#ask(
      w.act.approveAll(alerts.length),
      [h("p", {}, h("b", {}, head)), h("p", {}, text), h("p", { class: "sub" }, w.act.effect[action])],
      [],
      (by) => this.page.feed.post("api/alerts", { ids: alerts.map((alert) => alert.id), action, by }),
    );
  }

  /** Another rule for a group. */
  onRule(group: string, effect: string, retrain: string, windows: number): void {
    this.#ask(w.groups.saveRule, [h("p", {}, h("b", {}, group)), h("p", { class: "sub" }, effect)], [], (by) =>
      this.page.feed.post(`api/groups/${encodeURIComponent(group)}/rule`, { retrain, windows, by }),
    );
  }

  #ask(title: string, about: Node[], more: Node[], send: (by: string) => Promise<string | null>): void {
    const who = h("input", {
      class: "box",
      type: "text",
      name: "by",
      required: true,
      autocomplete: "name",
      maxlength: 80,
      value: kept(),
    });
    const status = h("p", { class: "note act", role: "alert", hidden: true });
    const yes = h("button", { type: "submit", class: "btn primary" }, title);
    const form = h(
      "form",
      {},
      ...about,
      ...more,
      h("label", { class: "asked" }, h("span", {}, w.decide.by), who),
      status,
      h(
        "div",
        { class: "row" },
        yes,
        button(w.decide.cancel, "", () => this.root.close()),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const by = who.value.trim();
      if (!by) return who.focus();
      keep(by);
      yes.disabled = true;
      void send(by).then((reason) => {
        yes.disabled = false;
        if (reason === null) {
          this.root.close();
          this.page.say(w.decide.done(title));
        } else {
          setText(status, w.decide.failed(reason));
          status.hidden = false;
        }
      });
    });
    this.root.replaceChildren(h("h2", { id: "h-decide" }, title), form);
    this.root.showModal();
  }
}

function kept(): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function keep(by: string): void {
  try {
    localStorage.setItem(key, by);
  } catch {
    // A browser may forbid storage: the name is then asked for each time.
  }
}
