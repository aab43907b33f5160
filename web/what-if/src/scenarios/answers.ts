// The answers of a model to cases that do not change: each is asked for once.
import { recordOf, heldIn, type Values } from "../case.ts";
import type { Answer } from "../answer.ts";
import type { InputField } from "scorelet";
import { isUnread } from "../domain.ts";
import type { Row } from "../engine/protocol.ts";

export class Answers {
  readonly #known = new WeakMap<Values, Answer | null | "asked">();
  readonly #listeners: (() => void)[] = [];

  constructor(
    private readonly fields: readonly InputField[],
    private readonly ask: (row: Row) => Promise<Answer>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Null if the case cannot be asked, undefined while the answer is still to come. */
  to(values: Values): Answer | null | undefined {
    const known = this.#known.get(values);
    if (known === undefined) this.#begin(values);
    const now = this.#known.get(values);
    return now === "asked" ? undefined : now;
  }

  /** Called with every answer that comes later. */
  onAnswer(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #begin(values: Values): void {
    if (this.fields.some((field) => isUnread(heldIn(field, values)))) return void this.#known.set(values, null);
    this.#known.set(values, "asked");
    this.ask(recordOf(this.fields, values)).then((answer) => {
      this.#known.set(values, answer);
      for (const listener of this.#listeners) listener();
    }, this.failed);
  }
}
