// What need not be in the frame that shows a change is done right behind it. Of what waits only the newest is done, so that
// nothing piles up while a slider is dragged.
export class Behind {
  #work: (() => void) | null = null;
  /** What is newly observed is reported right after the frame that is under way, else after the next one. */
  readonly #frame = new IntersectionObserver(() => this.finish());

  do(work: () => void): void {
    if (!this.#work) this.#frame.observe(document.documentElement);
    this.#work = work;
  }

  /** Does what waits now. */
  finish(): void {
    const work = this.#work;
    this.#work = null;
    this.#frame.disconnect();
    work?.();
  }
}
