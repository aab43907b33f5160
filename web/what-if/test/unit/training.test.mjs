import assert from "node:assert/strict";
import test from "node:test";
import { rangeOf, standingOf, startValue } from "../dist/domain.js";
import { remarkOn } from "../dist/remarks.js";
import { Track } from "../dist/track.js";
import { casesSeen, Distribution, sharesOf, shareNear } from "../dist/training.js";
import { between, categorical, field, listed } from "./field.mjs";

const statistics = (more) => ({ isWeighted: false, quantiles: [], values: [], ...more });
const withStatistics = (more, rest = {}) => field({ ...rest, statistics: statistics(more) });
const histogram = (edges, frequencies, isRightClosed = false) => ({ edges, frequencies, isRightClosed });
const counted = (counts) => Object.entries(counts).map(([value, frequency]) => ({ value, frequency }));
const near = (actual, expected) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((x, i) => assert.ok(Math.abs(x - expected[i]) < 1e-12, `${actual}`));
};

test("the range is what the training data had, inside the domain", () => {
  assert.deepEqual(rangeOf(withStatistics({ minimum: 3, maximum: 9 })), { min: 3, max: 9, fine: 1 });
  const f = withStatistics({ minimum: 3, maximum: 200, median: 7 }, { intervals: [between(0, 100)] });
  assert.deepEqual(rangeOf(f), { min: 3, max: 100, fine: 1, typical: 7 });
  const edges = withStatistics({ histogram: histogram([1, 4, 7], [1, 1]) });
  assert.deepEqual(rangeOf(edges), { min: 1, max: 7, fine: 1 });
});

test("a case begins in the middle of the training data, or with its most frequent value", () => {
  const stored = { intervals: [between(0, 100)], missingValueTreatment: "asMean", missingValueReplacement: "36" };
  assert.equal(startValue(withStatistics({ median: 40, mean: 50 }, stored)), 40);
  assert.equal(startValue(withStatistics({ mean: 50 }, stored)), 50);
  assert.equal(startValue(withStatistics({}, stored)), 36);
  const f = categorical(["a", "b", "c"], { statistics: statistics({ values: counted({ a: 1, b: 5, z: 9 }) }) });
  assert.equal(startValue(f), "b");
  assert.equal(startValue({ ...f, statistics: statistics({ modalValue: "c" }) }), "c");
  assert.equal(startValue(field({ dataType: "boolean", statistics: statistics({ values: counted({ true: 2 }) }) })), true);
});

test("shares of a histogram: ranges evenly, single values whole, open ends at their other end", () => {
  const d = (...of) => Distribution.of(withStatistics({ histogram: histogram(...of) }));
  near([d([0, 10, 20], [1, 3]).share(5, 15)], [0.5]);
  near([d([1, 1, 2, 2], [4, 0, 6]).share(1, 1.5)], [0.4]);
  near([d([null, 0, 8], [1, 1]).share(-1, 2)], [0.5 + 0.125]);
  near(d([0, 10, 20], [1, 3]).along(new Track({ min: 0, max: 20, fine: 1 }), 4), [1 / 8, 1 / 8, 3 / 8, 3 / 8]);
  // Single values on the borders of the pieces are in one of them, the last one too.
  near(d([0, 0, 10, 10, 20, 20], [1, 0, 2, 0, 1]).along(new Track({ min: 0, max: 20, fine: 1 }), 2), [1 / 4, 3 / 4]);
});

test("whole numbers stand in the middle of what they occupy", () => {
  const whole = (edges, frequencies, right) =>
    Distribution.of(withStatistics({ histogram: histogram(edges, frequencies, right) }, { dataType: "integer" }));
  near([whole([0, 1, 2], [1, 1]).share(-0.25, 0.25)], [0.25]); // 0 alone; 1 and 2 share the second range
  near([whole([0, 2, 4], [1, 1], true).share(2.5, 4.5)], [0.5]); // 0 to 2, then 3 and 4
});

test("shares of quantiles, where there are enough", () => {
  const quartiles = [25, 50, 75].map((limit, i) => ({ limit, value: 10 * (i + 1) }));
  const f = withStatistics({ minimum: 0, maximum: 40, quantiles: quartiles });
  near([Distribution.of(f).share(5, 20)], [0.375]);
  assert.equal(Distribution.of(withStatistics({ minimum: 0, maximum: 40, median: 3 })), null);
});

test("values that are rare in the training data are remarked on", () => {
  const f = withStatistics({ total: 9000, histogram: histogram([0, 50, 100], [8928, 72]) });
  assert.equal(remarkOn(f, 20), null);
  // Five of the hundred: a tenth of 72 in 9000.
  near([shareNear(Distribution.of(f), new Track(rangeOf(f)), 75)], [0.0008]);
  assert.equal(remarkOn(f, 75).message.text, "Only 1 in 1,300 training cases had a value like this.");
  assert.equal(remarkOn(f, 75).outside, false);
  const gap = withStatistics({ total: 10, histogram: histogram([0, 10, 90, 100], [5, 0, 5]) });
  assert.equal(remarkOn(gap, 50).message.text, "Hardly any training case had a value like this.");
  const c = categorical(["a", "b", "c"], { statistics: statistics({ values: counted({ a: 995, b: 5 }) }) });
  assert.equal(remarkOn(c, "a"), null);
  assert.equal(remarkOn(c, "b").message.text, "Only 1 in 200 training cases had a value like this.");
  assert.equal(remarkOn(c, "c").message.text, "Hardly any training case had a value like this.");
});

test("beyond the training data is outside, although the domain has room", () => {
  const f = withStatistics({ minimum: 500, maximum: 40000 }, { name: "loan", intervals: [between(0, 1e6)] });
  assert.equal(standingOf(f, 46000), "above");
  assert.equal(standingOf(f, 300), "below");
  assert.equal(standingOf(withStatistics({ maximum: 5 }), 6), "above");
  const { tone, outside, message } = remarkOn(f, 46000);
  assert.deepEqual([tone, outside, message.head], ["warn", true, "Loan 46,000 is above anything the model has seen"]);
  assert.match(message.text, /^\(500 to 40,000\)/);
  // Not yet where the model cuts values.
  const cut = { ...f, outliers: "asExtremeValues", highValue: 90000 };
  assert.match(remarkOn(cut, 46000).message.head, /above anything/);
  assert.match(remarkOn(cut, 95000).message.text, /It uses 90,000 instead/);
});

test("shares of values and the number of cases", () => {
  const f = field({ values: listed("a", "b"), statistics: statistics({ total: 8, values: counted({ a: 1, b: 3 }) }) });
  assert.deepEqual(["a", "b", "c"].map(sharesOf(f)), [0.25, 0.75, 0]);
  const codes = field({ dataType: "integer", statistics: statistics({ values: counted({ "1.0": 2, "2.0": 6 }) }) });
  assert.equal(sharesOf(codes)("2"), 0.75);
  assert.equal(sharesOf(field()), null);
  assert.equal(casesSeen([f, field()]), 8);
  assert.equal(casesSeen([withStatistics({ total: 8, isWeighted: true })]), undefined);
});

test("few single values stay apart, many are a range each", () => {
  const singles = (n) =>
    Distribution.of(withStatistics({ histogram: histogram(Array.from({ length: 2 * n }, (_, i) => i >> 1), Array.from({ length: 2 * n - 1 }, (_, i) => 1 - (i % 2))) }));
  assert.deepEqual(singles(4).values, [0, 1, 2, 3].map((value) => ({ value, share: 0.25 })));
  assert.equal(singles(50).values, null);
  near([singles(50).share(9.5, 19.5)], [0.2]);
});
