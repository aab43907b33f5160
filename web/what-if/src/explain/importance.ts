// How much each field matters in general: the mean size of its contributions, as they come in.
import type { Explanation } from "scorelet";

export class Importance {
  /** Cases that were explained, and those that could not be. */
  cases = 0;
  unexplained = 0;
  readonly #sums = new Map<string, number>();

  add({ records: [record] }: Explanation): void {
    if (!record || !("contributions" in record)) {
      this.unexplained++;
      return;
    }
    this.cases++;
    for (const [field, size] of Object.entries(record.contributions))
      this.#sums.set(field, (this.#sums.get(field) ?? 0) + Math.abs(size));
  }

  /** The largest first. */
  get fields(): { field: string; size: number }[] {
    return [...this.#sums].map(([field, sum]) => ({ field, size: sum / this.cases })).sort((a, b) => b.size - a.size);
  }
}
