// The kiosk, `?kiosk&model=…&fields=a,b&idle=60`: one model, one question at a time, and nothing left of a visitor.
import "../styles/kiosk.css";
import type { InputField } from "scorelet";
import { asked, clearFragment } from "../address.ts";
import { Announcer } from "../announce.ts";
import { h, setText } from "../dom.ts";
import { EngineError } from "../engine/engine.ts";
import { compiled } from "../engine/compiled.ts";
import { Engines } from "../engine/engines.ts";
import { locate } from "../locate.ts";
import { namesIn, strangeAmong } from "../named.ts";
import { keepOffline } from "../offline/offline.ts";
import { explain } from "../refusal.ts";
import { Session } from "../session.ts";
import { forgetSettings, readSettings } from "../telemetry/settings.ts";
import { forget, language, t, type Message } from "../texts.ts";
import { Idle } from "./idle.ts";
import { Question } from "./question.ts";
import { Reply } from "./reply.ts";

const notice = 10; // seconds in which a visitor may say that he is still there

/** Runs as long as the page does. */
export async function kiosk(): Promise<never> {
  document.documentElement.lang = language;
  document.documentElement.classList.add("kiosk");
  for (const event of ["dragover", "drop"]) addEventListener(event, (e) => e.preventDefault());
  const address = asked("model");
  const place = address === null ? t.kiosk.noModel : locate(address);
  if ("head" in place) closed(place);
  else await begin(place.href, place.fileName).catch((error: unknown) => closed(reasonOf(error)));
  return new Promise(() => {});
}

async function begin(href: string, fileName: string): Promise<void> {
  const { engine, opened } = await new Engines(compiled()).open(href, () => {}, new AbortController().signal);
  const session = await Session.begin(engine, opened, { fileName, address: href });
  const strange = strangeAmong(namesIn(asked("fields")), session.case.fields);
  if (strange) {
    session.close().end();
    return closed(strange);
  }
  const view = new Kiosk(session);
  document.body.replaceChildren(...view.nodes);
  session.onFailure = (error) => closed(reasonOf(error));
  void report(session, view).catch((error: unknown) => console.error(error)); // a matter of the owner, not of visitors
  void keepOffline(
    () => {},
    (start) => (renew = start),
  );
}

/** Its owner may have answers reported; visitors are told so. */
async function report(session: Session, view: Kiosk): Promise<void> {
  const settings = await readSettings();
  if (!settings) return forgetSettings();
  const { reportKiosk } = await import("../views/telemetry/kiosk.ts");
  const note = await reportKiosk(settings, session, view.seconds);
  if (note) view.tell(note);
}

/** A new version starts when a visitor has gone. */
let renew: (() => void) | null = null;

class Kiosk {
  readonly nodes: HTMLElement[];
  /** Without a touch, until it clears. */
  readonly seconds = Math.max(notice + 2, Number(asked("idle") ?? "") || 60);
  readonly #questions: Question[];
  readonly #reply: Reply;
  readonly #stage = h("section", { class: "kq" });
  readonly #announcer = new Announcer();
  readonly #back = h("button", { type: "button", class: "btn" }, t.kiosk.back);
  readonly #next = h("button", { type: "button", class: "btn primary" }, t.kiosk.next);
  readonly #count = h("p");
  readonly #dialog: HTMLDialogElement;
  #at = 0;

  constructor(private readonly session: Session) {
    const fields = chosen(session.case.fields);
    this.#questions = fields.map((field, i) => new Question(field, i, fields.length, session.case));
    this.#reply = new Reply(t.kiosk.note(this.seconds));
    this.#dialog = this.#stillThere();
    const again = h("button", { type: "button", class: "btn" }, t.kiosk.again);
    again.addEventListener("click", () => this.#clear());
    this.#back.addEventListener("click", () => this.#go(this.#at - 1));
    this.#next.addEventListener("click", () => this.#go(this.#at + 1));
    this.nodes = [
      h("main", { class: "kiosk-view" }, this.#stage, this.#reply.root),
      h("footer", { class: "kn" }, again, fullScreen(), this.#back, this.#next),
      this.#dialog,
      this.#announcer.root,
    ];
    session.onChange(() => this.#update());
    session.onAnswer((answer) => answer && this.#show());
    new Idle(this.seconds, notice, (left) => this.#wait(left));
    this.#update();
    this.#show();
    this.#go(0);
  }

  /** What visitors must know of their answers. */
  tell(note: string): void {
    this.#reply.note(note);
  }

  get #isUsed(): boolean {
    return this.#at > 0 || this.session.case.changed.length > 0 || this.session.case.history.undoable !== null;
  }

  #go(to: number): void {
    this.#at = Math.min(Math.max(0, to), this.#questions.length - 1);
    const question = this.#questions[this.#at]!;
    this.#stage.replaceChildren(question.root);
    this.#back.disabled = this.#at === 0;
    this.#next.disabled = this.#at === this.#questions.length - 1;
    question.heading.focus();
  }

  #update(): void {
    for (const { view } of this.#questions) {
      view.update();
      view.tell();
    }
  }

  #show(): void {
    this.#reply.show(
      this.session.answer,
      this.#questions.map((q) => q.view),
    );
    this.#announcer.say(this.#reply.spoken);
  }

  #wait(left: number): void {
    if (!this.#isUsed) return;
    if (left === 0) return this.#clear();
    setText(this.#count, t.kiosk.clears(left));
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  /** Nothing of the visitor stays: values, undo, address, choices, words that were typed. */
  #clear(): void {
    if (this.#dialog.open) this.#dialog.close();
    this.session.case.begin();
    clearFragment();
    sessionStorage.clear();
    void forget();
    this.#go(0);
    scrollTo(0, 0);
    renew?.();
  }

  #stillThere(): HTMLDialogElement {
    const keep = h("button", { type: "button", class: "btn primary" }, t.kiosk.keep);
    const dialog = h("dialog", { "aria-labelledby": "h-idle" }, h("h2", { id: "h-idle" }, t.kiosk.still), this.#count, keep);
    keep.addEventListener("click", () => dialog.close());
    // Any touch says that somebody is there.
    for (const event of ["pointerdown", "keydown"]) dialog.addEventListener(event, () => dialog.close());
    return dialog;
  }
}

/** The fields named in the address, in its order; without any the model's own, the most important first. */
function chosen(fields: readonly InputField[]): InputField[] {
  const used = fields.filter((f) => f.isUsed).sort((a, b) => (b.importance ?? 0) - (a.importance ?? 0));
  const named = namesIn(asked("fields")).flatMap((name) => fields.find((f) => f.name === name) ?? []);
  return named.length ? named : used;
}

function fullScreen(): HTMLElement | null {
  if (!document.fullscreenEnabled) return null;
  const button = h("button", { type: "button", class: "btn quiet" }, t.kiosk.full);
  button.addEventListener("click", () => void document.documentElement.requestFullscreen().catch(() => {}));
  document.addEventListener("fullscreenchange", () => (button.hidden = document.fullscreenElement !== null));
  return button;
}

const reasonOf = (error: unknown): Message =>
  error instanceof EngineError && error.diagnostics.length
    ? explain(error.diagnostics)
    : { head: t.refused.unread, text: t.refused.unreachable };

function closed({ head, text }: Message): void {
  document.body.replaceChildren(
    h(
      "main",
      { class: "kq" },
      h("p", { class: "k" }, t.kiosk.closed),
      h("h1", {}, head),
      h("p", {}, text),
    ),
  );
}
