// Columns of a file kept for all rows while it is read: outcomes, and what cases are grouped by.

const most = 100_000; // distinct texts; what comes beyond them is not told apart

/** Texts by number; -1 is empty. */
export class KeptTexts {
  readonly texts: string[] = [];
  readonly #known = new Map<string, number>();
  #codes = new Int32Array(1 << 16);
  #rows = 0;

  add(cell: string): void {
    if (this.#rows === this.#codes.length) this.#codes = grown(this.#codes);
    this.#codes[this.#rows++] = cell === "" ? -1 : this.#code(cell);
  }

  get codes(): Int32Array {
    return this.#codes.subarray(0, this.#rows);
  }

  #code(cell: string): number {
    const known = this.#known.get(cell);
    if (known !== undefined) return known;
    if (this.texts.length >= most) return -1;
    this.#known.set(cell, this.texts.length);
    return this.texts.push(cell) - 1;
  }
}

export class KeptNumbers {
  #values = new Float64Array(1 << 16);
  #rows = 0;

  add(value: number): void {
    if (this.#rows === this.#values.length) this.#values = grown(this.#values);
    this.#values[this.#rows++] = value;
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.#rows);
  }
}

function grown<T extends Int32Array | Float64Array>(list: T): T {
  const larger = new (list.constructor as new (size: number) => T)(list.length * 2);
  larger.set(list as never);
  return larger;
}
