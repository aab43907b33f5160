// What a view of the page is. One is shown at a time, the one that the address names.
import type { Feed, Wanted } from "../feed.ts";

export interface View {
  readonly root: HTMLElement;
  /** What it asks the server for, at the present address and by what it knows. */
  paths(): Wanted[];
  /** The answers to these, whenever one of them is new. */
  show(answers: unknown[]): void;
  /** Beside the page's name in its title. */
  title(): string;
}

/** What the page around them does for all views. */
export interface Page {
  readonly feed: Feed;
  /** Reads a sentence out, calmly. */
  say(sentence: string): void;
}
