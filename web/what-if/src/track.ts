// The track of a slider: where a value lies on it, and which value lies at a place.

/** `fine` is the smallest step that makes sense; `typical` is the field's usual value, if the model tells one. */
export interface Range {
  min: number;
  max: number;
  fine: number;
  typical?: number;
}

const crowded = 0.1; // a typical value below this share of a straight track would be crowded at its start
const place = 0.35; // where the typical value goes on a bent one

/**
 * Straight, unless the typical value sits at the very start of a wide range (an income of 30,000 in 0 to 10,000,000):
 * then bent by a power, so that the usual values have room.
 */
export class Track {
  readonly min: number;
  readonly max: number;
  readonly #power: number;

  /** Equal to the range, or wider when a value lies outside it. */
  constructor(
    readonly range: Range,
    min = range.min,
    max = range.max,
  ) {
    this.min = min;
    this.max = max;
    const share = range.typical === undefined ? 1 : (range.typical - min) / (max - min);
    this.#power = share > 0 && share < crowded ? Math.log(share) / Math.log(place) : 1;
  }

  /** The place of `x`, 0 to 1. */
  at(x: number): number {
    const share = Math.min(1, Math.max(0, (x - this.min) / (this.max - this.min)));
    return this.#power === 1 ? share : share ** (1 / this.#power);
  }

  /** The value at a place, in whole steps. */
  value(at: number): number {
    if (at <= 0 || at >= 1) return at <= 0 ? this.min : this.max;
    return this.snap(this.exact(at));
  }

  /** The same without steps. */
  exact(at: number): number {
    return this.min + (this.max - this.min) * Math.min(1, Math.max(0, at)) ** this.#power;
  }

  get middle(): number {
    return this.value(0.5);
  }

  /** One step at `x`: about a two-hundredth of the track, never finer than the field's own grain. */
  step(x: number): number {
    const { fine } = this.range;
    const size = this.#power === 1 ? (this.max - this.min) / 200 : (Math.abs(x - this.min) * this.#power) / 100;
    return size > fine ? Math.max(fine, niceStep(size)) : fine;
  }

  /** The multiple of the step nearest to `x`, on the track. */
  snap(x: number): number {
    const step = this.step(x);
    // Dividing by a whole number keeps 0.3 from becoming 0.30000000000000004.
    const multiple = step < 1 ? Math.round(x / step) / Math.round(1 / step) : Math.round(x / step) * step;
    return Math.min(this.max, Math.max(this.min, Number(multiple.toPrecision(15))));
  }
}

/** The largest of 1, 2, 5 × 10^k that is not above `x`. */
export function niceStep(x: number): number {
  const power = Math.floor(Math.log10(x));
  const head = x / 10 ** power;
  const digit = head >= 5 - 1e-9 ? 5 : head >= 2 - 1e-9 ? 2 : 1;
  return Number(`${digit}e${power}`);
}
