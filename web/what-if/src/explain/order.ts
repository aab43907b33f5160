// The order of rows: by size, but only after a moment of rest, so that nothing moves under the pointer.

/** Fields by the size of their numbers, the largest first; equals keep their places. */
export const bySize = (sizes: ReadonlyMap<string, number>): string[] =>
  [...sizes].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).map(([name]) => name);

export class Order {
  #names: string[] = [];

  /** As it was last settled, if it has the same fields. */
  of(sizes: ReadonlyMap<string, number>): readonly string[] {
    if (this.#names.length !== sizes.size || this.#names.some((name) => !sizes.has(name))) this.settle(sizes);
    return this.#names;
  }

  settle(sizes: ReadonlyMap<string, number>): void {
    this.#names = bySize(sizes);
  }
}
