import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { BinaryEvaluation, calibrationError, ClassEvaluation, RegressionEvaluation, Runtime } from "scorelet";
import { Runtime as LiteRuntime } from "scorelet/lite";

type Figures = Record<string, never> & { name: string };
const read = (name: string): Record<string, Figures[]> =>
  JSON.parse(readFileSync(new URL(`../../../../tests/data/evaluation/${name}`, import.meta.url), "utf8")) as Record<string, Figures[]>;
const figures = read("figures.json");
const numbers = (list: (number | null)[]): Float64Array => Float64Array.from(list, (x) => x ?? NaN);
const near = (found: number, expected: number | null, what: string): void => {
  if (expected === null) return assert.ok(Number.isNaN(found), `${what}: ${found}`);
  assert.ok(Math.abs(found - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `${what}: ${found}, not ${expected}`);
};

describe("evaluations", () => {
  let runtime: Runtime;
  before(async () => { runtime = await Runtime.full(); });

  test("binary: every figure crosses under its own name", () => {
    for (const c of figures["binary"]!) {
      using e = new BinaryEvaluation(runtime);
      e.add(numbers(c["scores"]!), numbers(c["outcomes"]!));
      const found = e.figures;
      for (const name of ["rows", "events", "nonEvents", "missingPredictions", "missingOutcomes", "auc", "aucStandardError", "ks", "brier",
        "logLoss", "meanScore", "eventRate"] as const) near(found[name], c[name]!, `${c.name} ${name}`);
      assert.equal(found.aucBound, 0);
      for (const { threshold, tp, fp, tn, fn } of c["confusion"]! as { threshold: number; tp: number; fp: number; tn: number; fn: number }[]) {
        assert.deepEqual(e.at(threshold), { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn });
      }
      for (const top of c["top"]! as { cases: number; events: number; share: number; lift: number }[]) {
        const { cases, events, share, lift } = e.top(top.cases);
        near(cases, top.cases, "cases"); near(events, top.events, "events"); near(share, top.share, "share"); near(lift, top.lift, "lift");
      }
      for (const { share, cases } of c["topWith"]! as { share: number; cases: number }[]) assert.equal(e.topWith(share).cases, cases);
      const groups = e.calibration();
      assert.deepEqual(groups.map((g) => [g.cases, g.events, g.lowest, g.highest]),
        (c["calibration"]! as { cases: number; events: number; lowest: number; highest: number }[]).map((g) => [g.cases, g.events, g.lowest, g.highest]));
      for (const { payoff, value, threshold } of c["best"]! as { payoff: { tp: number; fp: number; tn: number; fn: number }; value: number; threshold: number | null }[]) {
        const best = e.best({ truePositive: payoff.tp, falsePositive: payoff.fp, trueNegative: payoff.tn, falseNegative: payoff.fn });
        near(best.payoff, value, "payoff");
        assert.equal(best.threshold, threshold ?? Infinity);
      }
      assert.deepEqual(e.histogram(c["edges"]!).map((b) => [b.nonEvents, b.events, b.unknown]), c["histogram"]);
      for (const [p, value] of c["quantiles"]! as [number, number][]) assert.equal(e.quantile(p), value);
      const curve = e.curve();
      assert.deepEqual(curve.at(-1), { threshold: curve.at(-1)!.threshold, truePositives: found.events, falsePositives: found.nonEvents });
      assert.equal(curve[0]!.threshold, Infinity);
    }
  });

  test("equal widths, and the error of calibration, as scikit-learn's figures", () => {
    const cases = (read("../monitoring/oracles.json")["cases"] as unknown as Record<string, { p: number[]; y: number[]; expect: Record<string, number> }[]>)["labelled_binary"]!;
    for (const { p, y, expect } of cases) {
      using e = new BinaryEvaluation(runtime);
      e.add(p, y);
      near(calibrationError(e.calibration(10, { equalWidths: true })), expect["ece_10_equal_width"]!, "ece");
    }
  });

  test("regression", () => {
    for (const c of figures["regression"]!) {
      using e = new RegressionEvaluation(runtime, { edges: c["edges"]! });
      e.add(numbers(c["predicted"]!), numbers(c["actual"]!));
      for (const name of ["rows", "cases", "missingPredictions", "missingOutcomes", "mae", "maeStandardError", "rmse", "bias", "r2", "maximumError",
        "meanActual"] as const) near(e.figures[name], c[name]!, `${c.name} ${name}`);
      const groups = c["groups"]! as { cases: number; predicted: number; residual: number; deviation: number }[];
      e.groups.forEach((g, i) => {
        assert.equal(g.cases, groups[i]!.cases);
        near(g.meanPredicted, groups[i]!.predicted, "predicted"); near(g.meanResidual, groups[i]!.residual, "residual");
        near(g.deviation, groups[i]!.deviation, "deviation");
      });
      assert.equal(e.histogram([0]).reduce((a, b) => a + b, 0), c["cases"]);
      assert.ok(e.quantile(0) < e.quantile(1));
    }
  });

  test("classes", () => {
    for (const c of figures["classes"]!) {
      using e = new ClassEvaluation(runtime, c["classes"]!);
      e.add(c["predicted"]!, c["actual"]!);
      const found = e.figures;
      assert.deepEqual(found.cells, c["cells"]);
      near(found.accuracy, c["accuracy"]!, "accuracy");
      (c["recall"]! as number[]).forEach((x, i) => near(found.recall[i]!, x, "recall"));
      (c["precision"]! as number[]).forEach((x, i) => near(found.precision[i]!, x, "precision"));
    }
  });

  test("many rows in parts are the rows as a whole", () => {
    const n = 200_000;
    const scores = Float64Array.from({ length: n }, (_, i) => ((i * 7919) % n) / n);
    const outcomes = Float64Array.from(scores, (s, i) => (i % 97 === 0 ? NaN : (i * 31) % 100 < s * 100 ? 1 : 0));
    using whole = new BinaryEvaluation(runtime), left = new BinaryEvaluation(runtime), right = new BinaryEvaluation(runtime);
    whole.add(scores, outcomes);
    left.add(scores.subarray(70_000), outcomes.subarray(70_000));
    right.add(scores.subarray(0, 70_000), outcomes.subarray(0, 70_000));
    left.merge(right);
    assert.deepEqual(left.figures, whole.figures);
    assert.ok(whole.figures.aucBound > 0 && whole.figures.aucBound < 1e-4, "more distinct scores than are told apart");
  });

  test("refusals name the reason", async () => {
    using e = new BinaryEvaluation(runtime), coarse = new BinaryEvaluation(runtime, { resolution: 16 });
    assert.throws(() => e.add([1], []), /1 predictions and 0 outcomes/);
    assert.throws(() => e.merge(coarse), /different options/);
    coarse.close();
    assert.throws(() => coarse.figures, /closed/);
    for (const small of [await Runtime.shared(), await LiteRuntime.shared()]) {
      assert.throws(() => new BinaryEvaluation(small), /use `await Runtime.full\(\)`/);
    }
    assert.throws(() => LiteRuntime.full(), /scorelet\/lite/);
  });
});
