// What a box holds beyond plain values: text that is no number (yet), and lists.
import type { InputValue } from "scorelet";

/** A number box whose text is no number (yet): kept, shown, never scored. */
export class Unread {
  constructor(readonly text: string) {}
}

export type Item = string | number | Unread;

/** A list as it was typed, and its items: one set of them, or those of a sequence. */
export class Listed {
  constructor(
    readonly text: string,
    private readonly sets: readonly (readonly Item[])[],
    private readonly isSequence: boolean,
  ) {}

  get items(): readonly Item[] {
    return this.sets.flat();
  }

  /** For the record to score. Only called when no item is `Unread`. */
  get value(): InputValue {
    const sets = this.sets as readonly (readonly InputValue[])[];
    return this.isSequence ? sets : sets[0];
  }
}
