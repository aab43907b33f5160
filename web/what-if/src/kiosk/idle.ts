// Tells when nobody has touched the screen for a while: first that it will be cleared, then that it is time.

const events = ["pointerdown", "pointermove", "keydown", "wheel", "input"] as const;

export class Idle {
  #timer: ReturnType<typeof setInterval> | undefined;
  #last = performance.now();

  /** `left` is called every second with the seconds left, once they are few; 0 ends the wait. */
  constructor(
    private readonly seconds: number,
    private readonly few: number,
    private readonly left: (seconds: number) => void,
  ) {
    for (const event of events) addEventListener(event, () => this.touch(), { capture: true, passive: true });
    this.#timer = setInterval(() => this.#tick(), 250);
  }

  touch(): void {
    this.#last = performance.now();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const left = Math.max(0, Math.ceil(this.seconds - (performance.now() - this.#last) / 1000));
    if (left <= this.few) this.left(left);
    if (left === 0) this.touch();
  }
}
