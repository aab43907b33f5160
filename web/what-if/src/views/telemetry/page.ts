// Telemetry on the page, loaded where its owner has named a collector: who is told, the line at the foot, and the dialog.
import { h, setText } from "../../dom.ts";
import type { Run } from "../../many/run.ts";
import type { Session } from "../../session.ts";
import { t } from "../../texts.ts";
import { Follower } from "../../telemetry/follow.ts";
import { Reporter } from "../../telemetry/reporter.ts";
import { isOwn, nameOf, type Settings } from "../../telemetry/settings.ts";
import { loadWords, type Words } from "../../telemetry/texts.ts";
import { button } from "../button.ts";
import { TelemetryDialog } from "./dialog.ts";

/** Why nothing can be reported, or who reports. */
type State = { readonly trouble: (w: Words) => string } | { readonly reporter: Reporter; readonly follower: Follower };

export class Reporting {
  /** What stands at the foot of the page. */
  line = h("span");
  dialog: HTMLElement | null = null;
  #update: () => void = () => {};

  /** `session`: the open one, if there is any. `changed` is called when it is switched. */
  static async begin(found: Settings | Error, session: () => Session | null, changed: () => void): Promise<Reporting> {
    return new Reporting(await loadWords(), await begun(found), session, changed);
  }

  private constructor(
    words: Words,
    private readonly state: State,
    private readonly session: () => Session | null,
    changed: () => void,
  ) {
    this.#say(words);
    if (!("reporter" in state)) return;
    let wasOn = this.isOn;
    state.reporter.onChange(() => {
      this.#update();
      if (wasOn === this.isOn) return;
      wasOn = this.isOn;
      changed();
    });
  }

  get isOn(): boolean {
    return "reporter" in this.state && this.state.reporter.isOn;
  }

  follow(session: Session): void {
    if ("follower" in this.state) this.state.follower.follow(session);
  }

  table(session: Session, run: Run): void {
    if ("follower" in this.state) this.state.follower.table(session, run);
  }

  /** The page speaks another language. */
  async speak(): Promise<void> {
    this.#say(await loadWords());
  }

  #say(w: Words): void {
    if (!("reporter" in this.state)) {
      this.line = h("span", {}, t.footer, " ", h("b", {}, this.state.trouble(w)));
      return;
    }
    const { reporter, follower } = this.state;
    const dialog = new TelemetryDialog(w, reporter, follower, this.session);
    const [text, open] = [h("span"), button("", "quiet", () => void dialog.show())];
    this.dialog = dialog.root;
    this.line = h("span", {}, text, " ", open);
    this.#update = () => {
      setText(text, reporter.isOn ? w.footer(new URL(reporter.settings.url).host) : t.footer);
      setText(open, w.button(reporter.isOn));
      dialog.update();
    };
    this.#update();
  }
}

async function begun(found: Settings | Error): Promise<State> {
  if (found instanceof Error) return { trouble: (w) => w.broken(found.message) };
  if (!isOwn(found)) return { trouble: (w) => w.outside(found.url) };
  try {
    const reporter = await Reporter.begin(found, "what-if page", nameOf("page"));
    return { reporter, follower: new Follower(reporter) };
  } catch (error) {
    return { trouble: (w) => w.broken(error instanceof Error ? error.message : String(error)) };
  }
}
