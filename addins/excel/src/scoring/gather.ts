// Calls for one record each, gathered: what is asked in one turn of the host is scored as blocks, and what was asked
// before is answered at once.
import type { Answer } from "./answers.ts";
import { Memo } from "./memo.ts";
import { others, Stopped } from "./pause.ts";

/** An answer under way. */
class Coming {
  readonly promise: Promise<Answer>;
  resolve!: (answer: Answer) => void;
  reject!: (error: unknown) => void;
  wanted = 0;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

export type ScoreRows = (memo: Memo<unknown>, rows: readonly number[]) => Promise<readonly Answer[]>;

const most = 262_144; // rows remembered
const block = 8192; // rows scored at once

export class Gathered {
  /** For tests and the harness. */
  readonly counts = { calls: 0, remembered: 0, blocks: 0 };
  #memo: Memo<Answer | Coming>;
  #waiting: number[] = [];

  constructor(
    private readonly width: number,
    private readonly scoreRows: ScoreRows,
  ) {
    this.#memo = new Memo(width);
  }

  /** `cancels` receives what to call when nobody waits any more. */
  ask(values: Float64Array, texts: Int32Array, cancels: (cancel: () => void) => void): Answer | Promise<Answer> {
    this.counts.calls++;
    if (this.#memo.rows >= most && !this.#waiting.length) this.#memo = new Memo(this.width);
    const memo = this.#memo;
    const row = memo.place(values, texts);
    const found = memo.answers[row];
    if (found !== undefined && !(found instanceof Coming)) {
      this.counts.remembered++;
      return found;
    }
    const coming = found ?? this.#wait(row);
    coming.wanted++;
    cancels(() => coming.wanted--);
    return coming.promise;
  }

  #wait(row: number): Coming {
    const coming = new Coming();
    this.#memo.answers[row] = coming;
    if (this.#waiting.push(row) === 1) void this.#flush();
    return coming;
  }

  async #flush(): Promise<void> {
    await others(); // the rest of the host's batch
    const memo = this.#memo;
    const rows = this.#waiting;
    this.#waiting = [];
    for (let begin = 0; begin < rows.length; begin += block) await this.#score(memo, rows.slice(begin, begin + block));
  }

  async #score(memo: Memo<Answer | Coming>, asked: readonly number[]): Promise<void> {
    const coming = (row: number) => memo.answers[row] as Coming;
    for (const row of asked) if (coming(row).wanted === 0) this.#forget(memo, row);
    const rows = asked.filter((row) => memo.answers[row] !== undefined);
    if (!rows.length) return;
    this.counts.blocks++;
    try {
      const answers = await this.scoreRows(memo, rows);
      for (const [i, row] of rows.entries()) {
        const { resolve } = coming(row);
        memo.answers[row] = answers[i]!;
        resolve(answers[i]!);
      }
    } catch (error) {
      // The next recalculation asks again.
      for (const row of rows) {
        const { reject } = coming(row);
        memo.answers[row] = undefined;
        reject(error);
      }
    }
  }

  #forget(memo: Memo<Answer | Coming>, row: number): void {
    const { promise, reject } = memo.answers[row] as Coming;
    promise.catch(() => {});
    memo.answers[row] = undefined;
    reject(new Stopped());
  }
}
