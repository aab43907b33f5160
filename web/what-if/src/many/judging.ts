// What scores show: how they lie, how they differ between groups, and how good they were once it is known what came true.
import { BinaryEvaluation, calibrationError, ClassEvaluation, RegressionEvaluation, type Runtime } from "scorelet";
import { withoutComma } from "./cells.ts";
import { Differing, type Truth } from "./differing.ts";
import { groupsOf } from "./grouping.ts";
import { KeptNumbers, KeptTexts } from "./kept.ts";
import type { Judgement, Outcome, SideScores, Slice, Spread, Subject } from "./protocol.ts";
import type { Scores } from "./scoring.ts";
import { niceEdges } from "./ticks.ts";

const resolution = 1 << 20; // distinct scores that are told apart: all of a million rows
const coarse = 1 << 12; // of a group of cases
const bars = 20;
const shares = [0.05, 0.25, 0.5, 0.75, 0.95];

/** The outcomes of all rows as evaluations take them. */
interface Known {
  outcome: Outcome;
  /** 1 and 0, or the actual number; NaN where it is not known. */
  actual: Float64Array;
  /** Actual and predicted class by number, for the share of right answers. */
  classes: { actual: Int32Array; predicted: Int32Array } | null;
  unknown: number;
}

export class Judge {
  #known: Known | null = null;
  #binary: BinaryEvaluation | null = null;

  constructor(
    private readonly runtime: Runtime,
    private readonly scores: Scores,
    private readonly decimalCommas: boolean,
  ) {}

  /** All that were scored. */
  get rows(): number {
    const [kept] = this.scores.values();
    return (kept instanceof KeptNumbers ? kept.values.length : kept?.codes.length) ?? 0;
  }

  /** The evaluation that `judge` made. */
  get binary(): BinaryEvaluation {
    if (!this.#binary) throw new Error("No outcomes are known.");
    return this.#binary;
  }

  spread(subject: Subject): Spread {
    const kept = this.scores.get(subject.result)!;
    if (!(kept instanceof KeptNumbers)) return spreadOfWords(kept);
    const values = kept.values;
    using all = new BinaryEvaluation(this.runtime, { resolution });
    all.add(values, new Float64Array(values.length).fill(NaN));
    const { missingPredictions } = all.figures;
    const edges =
      subject.kind === "chance"
        ? Array.from({ length: bars - 1 }, (_, i) => (i + 1) / bars)
        : niceEdges(all.quantile(0.01), all.quantile(0.99), bars);
    let sum = 0;
    for (const x of values) if (Number.isFinite(x)) sum += x;
    return {
      kind: "numbers",
      missing: missingPredictions,
      edges,
      counts: all.histogram(edges).map((b) => b.unknown),
      quantiles: shares.map((p) => all.quantile(p)),
      mean: sum / (values.length - missingPredictions),
    };
  }

  /** What came true is not known any more. */
  forget(): null {
    this.#binary?.close();
    return (this.#known = this.#binary = null);
  }

  judge(outcome: Outcome, column: KeptTexts): Judgement {
    this.forget();
    const known = (this.#known = this.#read(outcome, column));
    const kept = this.scores.get(outcome.subject.result)!;
    const result: Judgement = { unknown: known.unknown, binary: null, classes: null, regression: null };
    if (outcome.subject.kind === "chance" && kept instanceof KeptNumbers) {
      const binary = (this.#binary = new BinaryEvaluation(this.runtime, { resolution }));
      binary.add(kept.values, known.actual);
      const edges = Array.from({ length: bars - 1 }, (_, i) => (i + 1) / bars);
      const groups = binary.calibration(10);
      result.binary = {
        figures: binary.figures,
        curve: binary.curve(300),
        groups,
        calibrationError: calibrationError(groups),
        bins: binary.histogram(edges),
        edges,
      };
    }
    if (outcome.subject.kind === "number" && kept instanceof KeptNumbers)
      result.regression = this.#regression(kept.values, known.actual);
    if (known.classes) {
      using classes = new ClassEvaluation(this.runtime, outcome.classes.length);
      classes.add(known.classes.predicted, known.classes.actual);
      result.classes = { ...classes.figures, names: outcome.classes };
    }
    return result;
  }

  slices(column: KeptTexts, subject: Subject): Slice[] {
    return groupsOf(column).map(({ name, others, rows }) => ({ name, others, rows: rows.length, ...this.#slice(rows, subject) }));
  }

  /** What another model's scores are held against: a copy, since it crosses over to the worker of the other. */
  side(subject: Subject, label: string | null): SideScores {
    const kept = this.scores.get(subject.result);
    const words = label === null ? undefined : this.scores.get(label);
    return {
      numbers: kept instanceof KeptNumbers ? kept.values.slice() : null,
      words: words === undefined ? null : wordsIn(words),
    };
  }

  differing(second: SideScores, subject: Subject, label: string | null, classes: readonly string[]): Differing {
    const known = this.#known;
    const truth: Truth | null = known && {
      kind: known.outcome.subject.kind,
      classes: known.outcome.classes,
      actual: known.actual,
      actualClass: known.classes?.actual ?? null,
    };
    return new Differing(this.side(subject, label), second, truth, classes);
  }

  #slice(rows: readonly number[], subject: Subject): Pick<Slice, "mean" | "cases" | "actual" | "quality" | "error"> {
    const kept = this.scores.get(subject.result)!;
    const known = this.#known;
    const none = { mean: NaN, cases: 0, actual: NaN, quality: NaN, error: NaN };
    if (!(kept instanceof KeptNumbers)) {
      if (!known?.classes) return none;
      using classes = new ClassEvaluation(this.runtime, known.outcome.classes.length);
      const { predicted, actual } = known.classes;
      classes.add(
        rows.map((r) => predicted[r]!),
        rows.map((r) => actual[r]!),
      );
      const { cases, accuracy } = classes.figures;
      return { ...none, cases, quality: accuracy, error: Math.sqrt((accuracy * (1 - accuracy)) / cases) };
    }
    const predicted = Float64Array.from(rows, (r) => kept.values[r]!);
    const given = predicted.filter(Number.isFinite);
    const mean = given.reduce((a, b) => a + b, 0) / given.length;
    if (!known) return { ...none, mean };
    const actual = Float64Array.from(rows, (r) => known.actual[r]!);
    if (subject.kind === "chance") {
      using binary = new BinaryEvaluation(this.runtime, { resolution: coarse });
      binary.add(predicted, actual);
      const { events, nonEvents, eventRate, auc, aucStandardError } = binary.figures;
      return { mean, cases: events + nonEvents, actual: eventRate, quality: auc, error: aucStandardError };
    }
    using regression = new RegressionEvaluation(this.runtime, { resolution: coarse });
    regression.add(predicted, actual);
    const { cases, meanActual, mae, maeStandardError } = regression.figures;
    return { mean, cases, actual: meanActual, quality: mae, error: maeStandardError };
  }

  #regression(predicted: Float64Array, actual: Float64Array): NonNullable<Judgement["regression"]> {
    using all = new BinaryEvaluation(this.runtime, { resolution: coarse });
    all.add(predicted, new Float64Array(predicted.length).fill(NaN));
    const parts = Array.from({ length: 9 }, (_, i) => all.quantile((i + 1) / 10)).filter(Number.isFinite);
    using regression = new RegressionEvaluation(this.runtime, { resolution, edges: parts });
    regression.add(predicted, actual);
    const edges = niceEdges(regression.quantile(0.01), regression.quantile(0.99), bars);
    return {
      figures: regression.figures,
      groups: regression.groups.filter((g) => g.cases > 0),
      edges,
      counts: regression.histogram(edges),
    };
  }

  #read(outcome: Outcome, { codes, texts }: KeptTexts): Known {
    const number = (text: string): number => {
      const x = text.trim() === "" ? NaN : Number(this.decimalCommas ? withoutComma(text) : text);
      return Number.isFinite(x) ? x : NaN;
    };
    const classOf = classFinder(outcome.classes);
    const { subject, label } = outcome;
    const value = (text: string): number => {
      if (subject.kind === "number") return number(text);
      const found = classOf(text);
      return found < 0 || subject.kind === "word" ? NaN : Number(outcome.classes[found] === subject.value);
    };
    const values = texts.map(value);
    const classes = texts.map(classOf);
    const isUnknown = texts.map((_, i) => (subject.kind === "number" ? Number.isNaN(values[i]) : classes[i]! < 0));
    let unknown = 0;
    for (const code of codes) if (code >= 0 && isUnknown[code]) unknown++;
    const kept = label === null ? undefined : this.scores.get(label);
    return {
      outcome,
      actual: Float64Array.from(codes, (code) => (code < 0 ? NaN : values[code]!)),
      classes:
        subject.kind === "number" || !kept
          ? null
          : {
              actual: codes.map((code) => (code < 0 ? -1 : classes[code]!)),
              predicted:
                kept instanceof KeptNumbers
                  ? Int32Array.from(kept.values, (x) => classOf(String(x)))
                  : predictedClasses(kept, classOf),
            },
      unknown,
    };
  }
}

function predictedClasses(kept: KeptTexts, classOf: (text: string) => number): Int32Array {
  const classes = kept.texts.map(classOf);
  return kept.codes.map((code) => (code < 0 ? -1 : classes[code]!));
}

/** Numbers may be classes, too. */
function wordsIn(kept: KeptNumbers | KeptTexts): NonNullable<SideScores["words"]> {
  if (kept instanceof KeptTexts) return { codes: kept.codes.slice(), texts: [...kept.texts] };
  const words = new KeptTexts();
  for (const x of kept.values) words.add(Number.isNaN(x) ? "" : String(x));
  return { codes: words.codes.slice(), texts: words.texts };
}

function spreadOfWords(kept: KeptTexts): Spread {
  const counts = new Map<number, number>();
  for (const code of kept.codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const words = [...counts].filter(([code]) => code >= 0).map(([code, rows]) => ({ word: kept.texts[code]!, rows }));
  return { kind: "words", missing: counts.get(-1) ?? 0, words: words.sort((a, b) => b.rows - a.rows) };
}

/** The number of the class that a cell names: as written, or but for case and blanks, or as the same number. */
export function classFinder(classes: readonly string[]): (text: string) => number {
  const plain = (text: string) => text.trim().toLowerCase();
  return (text) => {
    const exact = classes.indexOf(text);
    if (exact >= 0) return exact;
    const word = plain(text);
    if (word === "") return -1;
    const alike = classes.findIndex((c) => plain(c) === word);
    return alike >= 0 ? alike : classes.findIndex((c) => plain(c) !== "" && Number(c) === Number(word));
  };
}
