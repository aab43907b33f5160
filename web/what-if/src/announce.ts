// The calm live region: one sentence after a second of rest, never one per keystroke.
import { h } from "./dom.ts";

const rest = 1000;

export class Announcer {
  readonly root = h("p", { class: "vh", role: "status", "aria-live": "polite" });
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(sentence: string, now = false): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        if (this.root.textContent !== sentence) this.root.textContent = sentence;
      },
      now ? 0 : rest,
    );
  }
}
