// Ranges scored a short while ago: a recalculation with the same values is answered from here.
import type { Answer } from "./answers.ts";
import type { Block } from "./columns.ts";

const mostCells = 6_000_000;

export class Recent {
  readonly #entries: { key: string; block: Block; answers: Answer[][] }[] = [];

  /** Values are compared one by one, never by a hash alone. */
  find(key: string, block: Block): Answer[][] | undefined {
    return this.#entries.find((entry) => entry.key === key && entry.block.isSame(block))?.answers;
  }

  keep(key: string, block: Block, answers: Answer[][]): Answer[][] {
    this.#entries.unshift({ key, block, answers });
    let cells = 0;
    const last = this.#entries.findIndex((entry) => (cells += entry.block.rows * (entry.block.fields.length + entry.answers.length)) > mostCells);
    if (last >= 0) this.#entries.length = last;
    return answers;
  }
}
