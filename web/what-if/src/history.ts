// All states of something, and the way back and forth between them.

const most = 100; // steps back
const oneGesture = 800; // ms: changes of one thing closer together than this are undone as one

interface Step<State> {
  /** The other side of the change: what was before it, or what came after it. */
  state: State;
  what: string;
}

export class History<State> {
  #now: State;
  #past: Step<State>[] = [];
  #future: Step<State>[] = [];
  #gesture: { of: string; at: number } | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(
    start: State,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.#now = start;
  }

  get now(): State {
    return this.#now;
  }

  /** `what` names the change for the way back; quick changes of the same `gesture` are one. */
  change(state: State, what: string, gesture: string | null = null): void {
    const at = this.clock();
    const goesOn = this.#gesture !== null && this.#gesture.of === gesture && at - this.#gesture.at < oneGesture;
    if (!goesOn) this.#past.push({ state: this.#now, what });
    if (this.#past.length > most) this.#past.shift();
    this.#gesture = gesture === null ? null : { of: gesture, at };
    this.#future = [];
    this.#become(state);
  }

  /** What `undo` would take back, or null. */
  get undoable(): string | null {
    return this.#past.at(-1)?.what ?? null;
  }

  /** What `redo` would do again, or null. */
  get redoable(): string | null {
    return this.#future.at(-1)?.what ?? null;
  }

  undo(): void {
    this.#move(this.#past, this.#future);
  }

  redo(): void {
    this.#move(this.#future, this.#past);
  }

  /** Another beginning: nothing of what was stays. */
  begin(state: State): void {
    this.#past = [];
    this.#future = [];
    this.#gesture = null;
    this.#become(state);
  }

  /** Gives the way to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #move(from: Step<State>[], to: Step<State>[]): void {
    const step = from.pop();
    if (!step) return;
    to.push({ state: this.#now, what: step.what });
    this.#gesture = null;
    this.#become(step.state);
  }

  #become(state: State): void {
    this.#now = state;
    for (const listener of this.#listeners) listener();
  }
}
