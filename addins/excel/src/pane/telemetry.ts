// The switch for telemetry, in plain words: off until somebody puts it on, and what is sent can be seen.
import { h, setText } from "../../../../web/what-if/src/dom.ts";
import { Reporter } from "../../../../web/what-if/src/telemetry/reporter.ts";
import { isOwn, readSettings, type Settings } from "../../../../web/what-if/src/telemetry/settings.ts";
import { stateOf, toldBy } from "../../../../web/what-if/src/telemetry/telling.ts";
import { w } from "../texts/texts.ts";
import { message, reasonOf } from "./message.ts";

const shown = 4000; // characters of a request

export class TelemetryView {
  readonly root = h("section", { class: "sec" }, h("h2", {}, w.telemetry.heading));
  readonly #switch = h("input", { type: "checkbox", id: "telemetry" });
  readonly #state = h("p", { class: "fine", role: "status" });
  readonly #seen = h("div");
  readonly #details = h("details", {}, h("summary", {}, w.telemetry.seen), this.#seen);

  constructor(private readonly say: (text: string) => void) {}

  /** Gives who is to be told of scored rows; null where no collector is set up. */
  async begin(): Promise<Reporter | null> {
    try {
      const settings = await readSettings();
      if (settings && isOwn(settings)) return await this.#begin(settings);
      this.root.append(h("p", { class: "fine" }, settings ? w.telemetry.outside(settings.url) : w.telemetry.none));
    } catch (error) {
      this.root.append(message(w.telemetry.broken(reasonOf(error))));
    }
    return null;
  }

  async #begin(settings: Settings): Promise<Reporter> {
    // Excel on the web may show the add-in for several people's accounts.
    const { partitionKey } = Office.context as { partitionKey?: string };
    const reporter = await Reporter.begin(settings, "add-in", `${partitionKey ?? ""}scorelet-telemetry`);
    this.#switch.addEventListener("change", () => void this.#turn(reporter));
    this.#details.addEventListener("toggle", () => void this.#show(reporter));
    reporter.onChange(() => this.#update(reporter));
    this.root.append(
      h("label", { class: "chk" }, this.#switch, h("span", {}, w.telemetry.report(settings.url))),
      h("ul", { class: "fine told" }, ...toldBy(settings, w.telemetry, w.telemetry.always).map((text) => h("li", {}, text))),
      this.#state,
      this.#details,
    );
    this.#update(reporter);
    return reporter;
  }

  async #turn(reporter: Reporter): Promise<void> {
    const isOn = this.#switch.checked;
    this.#switch.disabled = true;
    const trouble = await reporter.switch(isOn).then(() => null, reasonOf);
    this.#switch.disabled = false;
    this.#update(reporter);
    if (trouble === null) this.say(isOn ? w.telemetry.isOn : w.telemetry.isOff);
    else setText(this.#state, w.telemetry.broken(trouble));
  }

  #update(reporter: Reporter): void {
    if (!this.#switch.disabled) this.#switch.checked = reporter.isOn; // while it turns it is as the reader has set it
    setText(this.#state, stateOf(reporter, w.telemetry));
    if (this.#details.open) void this.#show(reporter);
  }

  async #show(reporter: Reporter): Promise<void> {
    if (!this.#details.open) return;
    const { sent, waiting } = await reporter.seen();
    const bodies = [...sent.map(({ path, answer, body }) => `${path}, ${answer}\n${body}`), ...waiting];
    this.#seen.replaceChildren(...(bodies.length ? bodies.map((text) => h("pre", { class: "sent", tabindex: "0" }, text.slice(0, shown))) : [h("p", { class: "fine" }, w.telemetry.nothing)]));
  }
}
