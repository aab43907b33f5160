// A case that came with the address waits here until its model is open.
import { asked, keep, onAddress, part } from "./address.ts";
import * as format from "./format.ts";
import { decode, isFor, stateOf, type Link } from "./scenarios/link.ts";
import type { Session } from "./session.ts";
import { t, type Message } from "./texts.ts";

export interface Told {
  /** What the reader should know about the link; null when there is nothing (any more). */
  notice(message: Message | null): void;
  /** Before and after the case of a link is filled in. */
  filling(): void;
  filled(): void;
}

export class Arrival {
  #waiting: Link | null = null;
  #session: Session | null = null;
  #read: string | null = null;

  constructor(private readonly told: Told) {
    onAddress(() => void this.#arrive());
    void this.#arrive();
  }

  /** A model has been opened. */
  begin(session: Session): void {
    this.#session = session;
    session.case.onChange(() => {
      // The address no longer says what the form holds.
      if (this.#session === session && !this.#waiting && part("case")) this.#forget();
    });
    this.#settle();
  }

  /** A model was not opened, maybe the one that the address names. */
  refused(): void {
    this.#settle(true);
  }

  async #arrive(): Promise<void> {
    const code = part("case");
    if (code === this.#read) return;
    this.#read = code;
    this.#waiting = null;
    if (code === null) return this.told.notice(null);
    const link = await decode(code);
    if (code !== this.#read) return;
    if (link === "newer") return this.told.notice(t.share.newer);
    if (link === "broken") return this.told.notice(t.share.broken);
    this.#waiting = link;
    this.#settle();
  }

  /** Where the address names a model, that is about to be opened: nothing for the reader to do. */
  #settle(isForReader = asked("model") === null): void {
    const link = this.#waiting,
      session = this.#session;
    if (!link) return;
    const { name, fingerprint } = link.model;
    if (!session) {
      const print = fingerprint ? format.fingerprint(fingerprint) : "";
      return this.told.notice(isForReader ? t.share.waiting(name, print) : null);
    }
    if (!isFor(link, session.fingerprint, session.case.fields))
      return this.told.notice(t.share.other(name, session.name));
    this.told.filling();
    session.case.restore(stateOf(link, session.case.fields), t.history.link);
    this.#waiting = null;
    this.told.notice(null);
    this.told.filled();
  }

  #forget(): void {
    this.#read = null;
    keep({ case: null });
  }
}
