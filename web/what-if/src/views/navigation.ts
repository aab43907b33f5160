// The links between the views of an open model. Each view is made when it is first wanted, and kept.
import { addressWith, part, type Parts } from "../address.ts";
import { h, setAttribute } from "../dom.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { linkTo } from "./link.ts";
import type { Entry, Page, View } from "./view.ts";

export class Navigation {
  readonly root: HTMLElement;
  readonly #links: HTMLAnchorElement[];
  readonly #made = new WeakMap<Session, Map<string, View>>();
  #session: Session | null = null;
  #shown: View | null = null;

  constructor(
    private readonly entries: readonly Entry[],
    private readonly page: Page,
  ) {
    this.#links = entries.map((entry) => linkTo(this.#to(entry), entry.name));
    const items = this.#links.map((link) => h("li", {}, link));
    this.root = h("nav", { class: "tabs", "aria-label": t.views.label, hidden: true }, h("ul", {}, ...items));
  }

  /** The views of another model; `null` when none is open. */
  begin(session: Session | null): void {
    this.leave();
    this.#session = session;
  }

  /** Shows the view that the address names; null if another one is wanted by the time that it is there. */
  async enter(session: Session): Promise<View | null> {
    const entry = this.#entry;
    this.update(); // what was chosen is marked at once, whatever it takes to load it
    const view = this.#views(session).get(entry.id) ?? (await this.#make(entry, session));
    if (session !== this.#session || entry !== this.#entry) return null;
    if (view === this.#shown) return view;
    this.leave();
    this.#shown = view;
    view.enter();
    this.page.entitle(view.title);
    return view;
  }

  /** Something that views show has changed beside the case. */
  refresh(): void {
    this.#shown?.enter();
  }

  leave(): void {
    this.#shown?.leave();
    this.#shown = null;
  }

  /** Brings the links in line with the address, which other parts may have changed. */
  update(): void {
    this.root.hidden = this.#session === null || this.entries.length < 2;
    for (const [i, entry] of this.entries.entries()) {
      this.#links[i]!.href = addressWith(this.#to(entry));
      setAttribute(this.#links[i]!, "aria-current", entry === this.#entry ? "page" : null);
    }
  }

  #views(session: Session): Map<string, View> {
    const views = this.#made.get(session) ?? new Map<string, View>();
    this.#made.set(session, views);
    return views;
  }

  /** The first of those that are made at the same time stays. */
  async #make(entry: Entry, session: Session): Promise<View> {
    const made = await entry.make(session, this.page);
    const views = this.#views(session);
    if (!views.has(entry.id)) views.set(entry.id, made);
    return views.get(entry.id)!;
  }

  get #entry(): Entry {
    return this.entries.find((e) => e.id === part("view")) ?? this.entries[0]!;
  }

  #to(entry: Entry): Parts {
    return { view: entry === this.entries[0] ? null : entry.id };
  }
}
