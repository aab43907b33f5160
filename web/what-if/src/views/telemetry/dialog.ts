// The switch for telemetry, and what is sent: in plain words, as a table of the very next report, and, on request, to the letter.
import "../../styles/telemetry.css";
import { h, setText } from "../../dom.ts";
import type { Session } from "../../session.ts";
import type { Follower } from "../../telemetry/follow.ts";
import { readReport } from "../../telemetry/record.ts";
import type { Reporter } from "../../telemetry/reporter.ts";
import { stateOf, tablesTold, toldBy } from "../../telemetry/telling.ts";
import type { Words } from "../../telemetry/texts.ts";
import { button } from "../button.ts";
import { reportView } from "./event.ts";

const shown = 4000; // characters of a request

export class TelemetryDialog {
  readonly root = h("dialog", { class: "sharing telemetry", "aria-labelledby": "h-telemetry" });
  readonly #switch = h("input", { type: "checkbox" });
  readonly #state = h("p", { class: "sub", role: "status" });
  readonly #next = h("section", { "aria-labelledby": "h-next" });
  readonly #requests = h("div");
  readonly #details = h("details", {});

  constructor(
    private readonly w: Words,
    private readonly reporter: Reporter,
    private readonly follower: Follower,
    private readonly session: () => Session | null,
  ) {
    const { settings } = reporter;
    this.#switch.addEventListener("change", () => void this.#turn());
    this.#details.append(h("summary", {}, w.requests), this.#requests);
    this.#details.addEventListener("toggle", () => void this.#showRequests());
    const told = [...toldBy(settings, w, w.always, tablesTold(settings, w)), w.everyModel];
    this.root.append(
      h("h2", { id: "h-telemetry" }, w.heading),
      h("label", { class: "switch" }, this.#switch, h("span", {}, w.report(settings.url))),
      this.#state,
      h("ul", { class: "holds" }, ...told.map((text) => h("li", {}, text))),
      this.#next,
      this.#details,
      h("div", { class: "acts" }, button(w.close, "", () => this.root.close())),
    );
  }

  async show(): Promise<void> {
    this.update();
    this.root.showModal();
    await this.#showNext();
  }

  /** Something was told, sent, or switched, here or in another tab. */
  update(): void {
    if (!this.#switch.disabled) this.#switch.checked = this.reporter.isOn; // while it turns it is as the reader has set it
    if (!this.root.open || !this.reporter.isOn) setText(this.#state, stateOf(this.reporter, this.w));
    else void this.#showState();
  }

  async #showState(): Promise<void> {
    const { sent } = await this.reporter.seen();
    const last = sent.findLast(({ answer }) => answer === 200)?.time ?? null;
    setText(this.#state, stateOf(this.reporter, this.w, last));
    if (this.#details.open) await this.#showRequests();
  }

  async #turn(): Promise<void> {
    this.#switch.disabled = true;
    try {
      await this.reporter.switch(this.#switch.checked);
      this.#switch.disabled = false;
      this.update();
    } catch (error) {
      this.#switch.disabled = false;
      this.#switch.checked = this.reporter.isOn;
      setText(this.#state, this.w.broken(error instanceof Error ? error.message : String(error)));
    }
    this.#switch.focus();
  }

  async #showNext(): Promise<void> {
    const { w } = this;
    const session = this.session();
    const heading = h("h3", { id: "h-next" }, session ? w.next(session.name) : w.heading);
    const say = (text: string) => this.#next.replaceChildren(heading, h("p", { class: "fine" }, text));
    if (!session) return say(w.noModel);
    if (!session.current) return say(w.noCase);
    say(w.loading);
    try {
      const record = await this.follower.preview(session, session.case.record);
      if (record === null) return say(w.noCase);
      this.#next.replaceChildren(
        heading,
        h("p", { class: "fine" }, w.nextText),
        ...reportView(session.description, this.reporter.settings, readReport(record), w),
        h("details", {}, h("summary", {}, w.raw), raw(record)),
      );
    } catch (error) {
      say(w.broken(error instanceof Error ? error.message : String(error)));
    }
  }

  async #showRequests(): Promise<void> {
    if (!this.#details.open) return;
    const { sent, waiting } = await this.reporter.seen();
    const bodies = [...sent.map(({ path, answer, body }) => `${path}, ${answer}\n${body}`), ...waiting];
    this.#requests.replaceChildren(
      ...(bodies.length ? bodies.map((text) => raw(text.slice(0, shown))) : [h("p", { class: "fine" }, this.w.nothing)]),
    );
  }
}

const raw = (text: string): HTMLElement => h("pre", { class: "raw", tabindex: "0" }, text);
