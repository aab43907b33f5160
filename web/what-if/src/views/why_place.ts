// Where explanations come to stand. They are loaded once there is a prediction to explain: the first one does not wait
// for them.
import type { Answer, ClassChance } from "../answer.ts";
import { h } from "../dom.ts";
import { letGo } from "../pressed.ts";
import type { Session } from "../session.ts";
import type { WhyView } from "./why/why.ts";

const patience = 300; // ms after the first prediction

export type LoadWhy = () => Promise<typeof WhyView>;

export class WhyPlace {
  readonly root = h("div", { hidden: true });
  #view: WhyView | null = null;
  #isLoading = false;
  #newest: [Answer | null, ClassChance | undefined] = [null, undefined];

  constructor(
    private readonly session: Session,
    private readonly load: LoadWhy,
    private readonly say: (sentence: string) => void,
  ) {}

  /** The case has moved on. */
  changed(): void {
    this.#view?.changed();
  }

  /** The newest prediction, null if there is none, and the class asked about. */
  answered(answer: Answer | null, focus: ClassChance | undefined): void {
    this.#newest = [answer, focus];
    if (this.#view) this.#view.answered(answer, focus);
    else if (!this.#isLoading) setTimeout(() => void this.#begin(), patience);
    this.#isLoading = true;
  }

  settle(): void {
    this.#view?.settle();
  }

  async #begin(): Promise<void> {
    let View: Awaited<ReturnType<LoadWhy>>;
    try {
      View = await this.load();
    } catch {
      this.#isLoading = false; // without the network: tried again at the next prediction
      return;
    }
    await letGo(this.root);
    this.#view = new View(this.session, this.say);
    this.root.replaceWith(this.#view.root);
    this.#view.answered(...this.#newest);
  }
}
