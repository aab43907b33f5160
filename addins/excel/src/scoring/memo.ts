// What was asked before, one row of numbers each, found by its bits: Excel calls again with the same values at every
// turn (a row inserted, a group opened, the workbook opened again).

/** Rows are compared whole: a hash alone would answer wrongly once in a while. */
export class Memo<Answer> {
  rows = 0;
  readonly answers: (Answer | undefined)[] = [];
  #values: Float64Array;
  #bits: Uint32Array;
  #texts: Int32Array;
  /** By row, so that a larger table needs no second look at values. */
  #hashes: Int32Array;
  #slots: Int32Array;

  constructor(
    readonly width: number,
    capacity = 1024,
  ) {
    this.#values = new Float64Array(capacity * width);
    this.#bits = new Uint32Array(this.#values.buffer);
    this.#texts = new Int32Array(capacity * width);
    this.#hashes = new Int32Array(capacity);
    this.#slots = new Int32Array(capacity * 2).fill(-1);
  }

  /** The number of the row that is the same; a new one if there is none. Missing is NaN, a text its number, else -1. */
  place(values: Float64Array, texts: Int32Array): number {
    if ((this.rows + 1) * 2 > this.#slots.length) this.#grow();
    const row = this.rows;
    const start = row * this.width;
    for (let i = 0; i < this.width; i++) {
      // One bit pattern for every missing value, and one zero.
      const x = values[i]!;
      this.#values[start + i] = Number.isNaN(x) ? NaN : x + 0;
      this.#texts[start + i] = texts[i]!;
    }
    const mask = this.#slots.length - 1;
    const hash = this.#hash(row);
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const found = this.#slots[slot]!;
      if (found < 0) {
        this.#slots[slot] = row;
        this.#hashes[row] = hash;
        this.rows++;
        return row;
      }
      if (this.#hashes[found] === hash && this.#isSame(found, row)) return found;
    }
  }

  value(row: number, field: number): number {
    return this.#values[row * this.width + field]!;
  }

  text(row: number, field: number): number {
    return this.#texts[row * this.width + field]!;
  }

  #hash(row: number): number {
    let hash = 0x811c9dc5;
    for (let i = row * this.width * 2, end = i + this.width * 2; i < end; i++) hash = mixed(hash, this.#bits[i]!);
    for (let i = row * this.width, end = i + this.width; i < end; i++) hash = mixed(hash, this.#texts[i]!);
    return hash ^ (hash >>> 15);
  }

  #isSame(a: number, b: number): boolean {
    for (let i = 0, p = a * this.width * 2, q = b * this.width * 2; i < this.width * 2; i++) if (this.#bits[p + i] !== this.#bits[q + i]) return false;
    for (let i = 0, p = a * this.width, q = b * this.width; i < this.width; i++) if (this.#texts[p + i] !== this.#texts[q + i]) return false;
    return true;
  }

  #grow(): void {
    const values = new Float64Array(this.#values.length * 2),
      texts = new Int32Array(this.#texts.length * 2),
      hashes = new Int32Array(this.#hashes.length * 2);
    values.set(this.#values);
    texts.set(this.#texts);
    hashes.set(this.#hashes);
    [this.#values, this.#bits, this.#texts, this.#hashes] = [values, new Uint32Array(values.buffer), texts, hashes];
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let row = 0; row < this.rows; row++) {
      let slot = hashes[row]! & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = row;
    }
  }
}

function mixed(hash: number, word: number): number {
  const x = Math.imul(hash ^ word, 0x9e3779b1);
  return x ^ (x >>> 13);
}
