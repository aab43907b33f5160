// What a view of an open model is. One is shown at a time, the one that the address names.
import type { Run } from "../many/run.ts";
import type { Session } from "../session.ts";

export interface View {
  readonly root: HTMLElement;
  /** Where the focus goes when the view is shown. */
  readonly heading: HTMLElement;
  /** Beside the model's name in the page's title. */
  readonly title: string;
  /** What there is to see, in one sentence, for those who hear the page. */
  readonly finding: string;
  /** Called when it comes into the page, and before it leaves. */
  enter(): void;
  leave(): void;
  /** Takes a table of cases that was dropped on the page. */
  take?(table: File): void;
}

/** What the page around them does for all views. */
export interface Page {
  /** Reads a sentence out, calmly: the newest after a second of rest. */
  say(sentence: string): void;
  /**
   * A second model beside the open one: chosen as a file, or opened from an address; `swap` makes it the one that the
   * form is made from.
   */
  readonly second: { choose(): void; go(address: string): void; swap(): Promise<void>; close(): void };
  /** Whether anything of predictions leaves the page, and who is told of files that were scored. */
  readonly reports: { readonly isOn: boolean; table(session: Session, run: Run): void };
  /** The page's title beside the model's name. */
  entitle(what: string): void;
}

export interface Entry {
  /** In the address, `#view=about`. */
  readonly id: string;
  readonly name: string;
  make(session: Session, page: Page): View | Promise<View>;
}
