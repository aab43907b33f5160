// One question at a time: of those that come meanwhile only the newest waits, so answers never lag behind nor
// overtake each other, and the last one is the answer to the last question. An answer that is there at once is told at once.
export class Questions<Question, Answer> {
  #next: { question: Question } | null = null;
  #asking = false;
  #wanted = false;

  constructor(
    private readonly to: {
      ask(question: Question): Answer | Promise<Answer>;
      answered(answer: Answer): void;
      failed(error: unknown): void;
    },
  ) {}

  /** True while an answer is still to come. */
  get isOpen(): boolean {
    return this.#wanted;
  }

  ask(question: Question): void {
    this.#next = { question };
    this.#wanted = true;
    if (!this.#asking) void this.#run();
  }

  /** Nothing is asked any more; an answer under way is not wanted. */
  drop(): void {
    this.#next = null;
    this.#wanted = false;
  }

  async #run(): Promise<void> {
    this.#asking = true;
    while (this.#next) {
      const { question } = this.#next;
      this.#next = null;
      try {
        const given = this.to.ask(question);
        const answer = given instanceof Promise ? await given : given;
        if (!this.#wanted) continue;
        this.#wanted = this.#next !== null;
        this.to.answered(answer);
      } catch (error) {
        if (!this.#wanted) continue;
        this.drop();
        this.to.failed(error);
      }
    }
    this.#asking = false;
  }
}
