// Two models on the same file: how far their scores are apart, where most, and which one was right more often.
import type { Differences, Judged, SideScores, SliceApart } from "./protocol.ts";
import { classFinder } from "./judging.ts";
import { aucDifference } from "./paired.ts";
import { groupsOf } from "./grouping.ts";
import type { KeptTexts } from "./kept.ts";
import { niceEdges } from "./ticks.ts";

const mostListed = 10;
const bars = 20;

/** What came true, as numbers and as classes, where it is known. */
export interface Truth {
  kind: "chance" | "number" | "word";
  classes: readonly string[];
  /** 1 and 0, or the actual number; NaN where it is not known. */
  actual: Float64Array;
  /** The number of the actual class; -1 where it is not known. */
  actualClass: Int32Array | null;
}

export class Differing {
  readonly #apart: Float64Array | null;
  readonly #agrees: Int8Array | null; // 1, 0; -1 where a word is missing

  constructor(
    private readonly first: SideScores,
    private readonly second: SideScores,
    private readonly truth: Truth | null,
    classes: readonly string[],
  ) {
    const rows = lengthOf(first);
    if (lengthOf(second) !== rows) throw new Error("The two models have scored different rows.");
    const [a, b] = [first.numbers, second.numbers];
    this.#apart = a && b ? a.map((x, i) => b[i]! - x) : null;
    this.#agrees = agreement(first, second, classes);
  }

  differences(): Differences {
    const [a, b] = [this.first, this.second].map(isAnswered) as [(row: number) => boolean, (row: number) => boolean];
    let both = 0,
      onlyFirst = 0,
      onlySecond = 0;
    for (let i = 0; i < lengthOf(this.first); i++) {
      const [one, other] = [a(i), b(i)];
      if (one && other) both++;
      else if (one) onlyFirst++;
      else if (other) onlySecond++;
    }
    return {
      both,
      onlyFirst,
      onlySecond,
      agree: this.#agrees && this.#agreed(),
      apart: this.#apart && this.#spread(this.#apart),
      largest: this.#apart ? this.#largest(this.#apart) : [],
      judged: this.#judged(),
    };
  }

  slices(column: KeptTexts): SliceApart[] {
    return groupsOf(column).map(({ name, others, rows }) => {
      const known = this.#apart ? rows.filter((r) => Number.isFinite(this.#apart![r]!)) : [];
      const mean = (of: (row: number) => number) => known.reduce((sum, r) => sum + of(r), 0) / known.length;
      const apart = mean((r) => this.#apart![r]!);
      const words = this.#agrees ? rows.filter((r) => this.#agrees![r]! >= 0) : [];
      return {
        name,
        others,
        rows: rows.length,
        first: mean((r) => this.first.numbers![r]!),
        second: mean((r) => this.second.numbers![r]!),
        apart,
        error: Math.sqrt(mean((r) => (this.#apart![r]! - apart) ** 2) / known.length),
        agree: words.reduce((sum, r) => sum + this.#agrees![r]!, 0) / words.length,
      };
    });
  }

  #agreed(): NonNullable<Differences["agree"]> {
    const counts = new Map<string, { first: string; second: string; rows: number }>();
    let same = 0,
      known = 0;
    const word = ({ words }: SideScores, i: number) => words!.texts[words!.codes[i]!]!;
    for (const [i, agrees] of this.#agrees!.entries()) {
      if (agrees < 0) continue;
      known++;
      same += agrees;
      if (agrees) continue;
      const [first, second] = [word(this.first, i), word(this.second, i)];
      const key = JSON.stringify([first, second]);
      const pair = counts.get(key) ?? { first, second, rows: 0 };
      pair.rows++;
      counts.set(key, pair);
    }
    return { same, known, pairs: [...counts.values()].sort((x, y) => y.rows - x.rows).slice(0, mostListed) };
  }

  #spread(apart: Float64Array): NonNullable<Differences["apart"]> {
    const sorted = apart.filter(Number.isFinite).sort();
    const n = sorted.length;
    const at = (share: number) => sorted[Math.min(n - 1, Math.floor(share * n))] ?? NaN;
    const sum = (of: (x: number) => number) => sorted.reduce((total, x) => total + of(x), 0);
    const far = Math.max(Math.abs(at(0.005)), Math.abs(at(0.995)));
    const edges = far > 0 ? niceEdges(-far, far, bars) : [];
    const counts = edges.length ? new Array<number>(edges.length + 1).fill(0) : [];
    for (const x of edges.length ? sorted : []) counts[upper(edges, x)]!++;
    const sizes = sorted.map(Math.abs).sort();
    return { rows: n, mean: sum((x) => x) / n, meanSize: sum(Math.abs) / n, most: sizes[Math.min(n - 1, Math.floor(0.95 * n))] ?? NaN, edges, counts };
  }

  #largest(apart: Float64Array): Differences["largest"] {
    const kept: number[] = []; // rows, the widest apart first
    for (const [row, x] of apart.entries()) {
      const size = Math.abs(x);
      if (!(size > 0) || (kept.length === mostListed && size <= Math.abs(apart[kept.at(-1)!]!))) continue;
      kept.splice(kept.findIndex((k) => Math.abs(apart[k]!) < size) >>> 0, 0, row);
      if (kept.length > mostListed) kept.pop();
    }
    return kept.map((row) => ({ row, first: this.first.numbers![row]!, second: this.second.numbers![row]! }));
  }

  /** Figures of both over the rows that both answer, with the standard error of their difference from pairs. */
  #judged(): Judged[] {
    const { truth } = this;
    const [a, b] = [this.first.numbers, this.second.numbers];
    if (!truth) return [];
    const found: Judged[] = [];
    if (truth.kind !== "word" && a && b) {
      const rows = Array.from(truth.actual.keys()).filter((i) => [truth.actual[i]!, a[i]!, b[i]!].every(Number.isFinite));
      const [x, y, actual] = [a, b, truth.actual].map((list) => Float64Array.from(rows, (i) => list[i]!)) as [Float64Array, Float64Array, Float64Array];
      if (truth.kind === "chance") {
        const auc = aucDifference(x, y, actual);
        if (auc) found.push({ measure: "auc", ...auc });
        found.push({ measure: "logLoss", ...paired(x, y, (p, i) => logLoss(p, actual[i]!)) });
      } else {
        found.push({ measure: "mae", ...paired(x, y, (p, i) => Math.abs(p - actual[i]!)) });
        found.push({ measure: "squared", ...paired(x, y, (p, i) => (p - actual[i]!) ** 2) });
      }
    }
    const classes = truth.actualClass;
    if (classes && this.first.words && this.second.words) {
      const finder = classFinder(truth.classes);
      const sides = [this.first, this.second].map(({ words }) => {
        const known = words!.texts.map(finder);
        return words!.codes.map((code) => (code < 0 ? -1 : known[code]!));
      }) as [Int32Array, Int32Array];
      const rows = Array.from(classes.keys()).filter((i) => [classes[i]!, sides[0][i]!, sides[1][i]!].every((c) => c >= 0));
      const right = sides.map((side) => Float64Array.from(rows, (i) => Number(side[i] === classes[i]))) as [Float64Array, Float64Array];
      if (rows.length) found.push({ measure: "accuracy", ...paired(right[0], right[1], (x) => x) });
    }
    return found.filter((one) => one.cases > 1);
  }
}

/** Means of a figure of each row, and the standard error of the mean of their differences. */
function paired(x: Float64Array, y: Float64Array, of: (prediction: number, row: number) => number): Omit<Judged, "measure"> {
  const n = x.length;
  let first = 0,
    second = 0,
    squares = 0;
  for (let i = 0; i < n; i++) {
    const [one, other] = [of(x[i]!, i), of(y[i]!, i)];
    first += one;
    second += other;
    squares += (other - one) ** 2;
  }
  const mean = (second - first) / n;
  return { cases: n, first: first / n, second: second / n, error: Math.sqrt(Math.max(0, squares / n - mean * mean) / (n - 1)) };
}

const least = 1e-15; // a chance of 0 or 1 that was wrong would count without end
const logLoss = (p: number, actual: number): number =>
  -Math.log(Math.max(least, Math.min(1, actual === 1 ? p : 1 - p)));

function agreement({ words: a }: SideScores, { words: b }: SideScores, classes: readonly string[]): Int8Array | null {
  if (!a || !b) return null;
  const finder = classFinder(classes);
  // One may write 1 where the other writes "1.0".
  const plain = (text: string) => {
    const found = finder(text);
    return found < 0 ? text : classes[found]!;
  };
  const [one, other] = [a.texts.map(plain), b.texts.map(plain)];
  return Int8Array.from(a.codes, (code, i) => (code < 0 || b.codes[i]! < 0 ? -1 : Number(one[code] === other[b.codes[i]!])));
}

const lengthOf = ({ numbers, words }: SideScores): number => numbers?.length ?? words?.codes.length ?? 0;
const isAnswered = ({ numbers, words }: SideScores) => (row: number) =>
  numbers ? Number.isFinite(numbers[row]!) : (words?.codes[row] ?? -1) >= 0;

/** The number of edges at or below `x`. */
function upper(edges: readonly number[], x: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

