import type { Model } from "./model.js";
import type { Prediction } from "./results.js";

/**
 * One record as numbers, made once (`Model.record()`), filled and scored again and again: the fastest way to score single
 * records, for nothing is looked up by name and nothing is allocated. Any number of them may be in use.
 */
export class TypedRecord {
  /**
   * By `Description.inputs`, to be filled: NaN, as all are at first, is missing; booleans are 0 and 1; a text is its
   * `numberOf`; dates and times are days or seconds since 1970, or what the field counts.
   */
  readonly inputs: Float64Array<ArrayBuffer>;
  /** By `Description.results`, as `score()` left them: what `ColumnResult.numbers` would hold; a text is its `numberOf`. */
  readonly results: Float64Array<ArrayBuffer>;
  readonly #model: Model;
  #call = 0;

  /** @internal */
  constructor(model: Model) {
    this.#model = model;
    this.inputs = new Float64Array(model.description.inputs.length).fill(NaN);
    this.results = new Float64Array(model.description.results.length).fill(NaN);
  }

  /** What stands for a text; undefined for one that the document does not mention: score such a record with `Model.score`. */
  numberOf(text: string): number | undefined {
    return this.#model.numberOf(text);
  }

  /** Scores `inputs` into `results`; true if there are no diagnostics. */
  score(): boolean {
    const isOk = this.#model.scoreNumbers(this.inputs, this.results);
    this.#call = this.#model.calls;
    return isOk;
  }

  /** All about the last `score()`, as `Model.score` gives it. To be asked for before the model scores again. */
  prediction(): Prediction {
    return this.#model.predictionOf(this.#call);
  }
}
