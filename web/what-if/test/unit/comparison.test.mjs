import assert from "node:assert/strict";
import test from "node:test";
import { Case } from "../dist/case.js";
import { finding, focusOf } from "../dist/scenarios/comparison.js";
import { tableOf } from "../dist/scenarios/rows.js";
import { columnsOf, freeName, pinned, renamed, without } from "../dist/scenarios/scenarios.js";
import { sheetOf } from "../dist/scenarios/sheet.js";
import { agreementOf, findingOfTwo, matchFields } from "../dist/scenarios/two.js";
import { between, categorical, field } from "./field.mjs";

const inputs = [field({ intervals: [between(0, 100)] }), categorical(["clerk", "nurse"])];
const begun = () => new Case({ info: { functionName: "regression" }, inputs, targets: [] });

const answer = (more) => ({
  kind: "number",
  target: "Default",
  isNamed: true,
  predicted: null,
  predictedLabel: "",
  decision: null,
  series: null,
  classes: [],
  outputs: [],
  diagnostics: [],
  ...more,
});
const chance = (yes) =>
  answer({
    kind: "chance",
    predicted: yes > 0.5 ? "yes" : "no",
    predictedLabel: yes > 0.5 ? "yes" : "no",
    classes: [
      { value: "no", label: "no", chance: 1 - yes },
      { value: "yes", label: "yes", chance: yes },
    ],
  });
const number = (x) => answer({ predicted: x, predictedLabel: String(x) });
const word = (text) => answer({ kind: "word", predicted: text, predictedLabel: text });
const column = (name, of, more = {}) => ({ name, answer: of, values: new Map(), at: 0, isNow: false, ...more });
const now = (of) => column("Now", of, { at: null, isNow: true });

const findings = [
  ["two chances", [chance(0.291), chance(0.12)], "B lowers the chance that Default is yes from 29\u00a0% to 12\u00a0%"],
  [
    "the one farthest away of three",
    [chance(0.2), chance(0.25), chance(0.6)],
    "C raises the chance that Default is yes most, from 20\u00a0% to 60\u00a0%",
  ],
  [
    "close chances get decimals",
    [chance(0.291), chance(0.2908)],
    "B lowers the chance that Default is yes from 29.10\u00a0% to 29.08\u00a0%",
  ],
  ["equal chances", [chance(0.3), chance(0.3)], "In all of them the chance that Default is yes is 30\u00a0%"],
  ["numbers", [number(152), number(120)], "B lowers the predicted Default from 152 to 120"],
  ["equal numbers", [number(152), number(152)], "In all of them the predicted Default is 152"],
  ["words", [word("red"), word("blue")], "B turns the answer from red to blue"],
  ["several words", [word("red"), word("blue"), word("green")], "B and C get another answer than A"],
  ["the same word", [word("red"), word("red")], "The answer is the same in all of them: red"],
  ["no prediction in the first", [answer({ kind: "none" }), word("red")], "A has no prediction to compare with"],
  ["no prediction in another", [chance(0.2), null], "B gets another answer than A"],
  ["one alone", [chance(0.2)], "Keep a case to compare it with another"],
  ["not yet known", [chance(0.2), undefined], "Asking the model…"],
];
for (const [name, answers, said] of findings)
  test(`finding: ${name}`, () =>
    assert.equal(
      finding(
        answers.map((a, i) => column("ABC"[i], a)),
        null,
      ),
      said,
    ));
test("the case that is not kept is called the present one; of equals a kept one is named", () => {
  const a = column("A", chance(0.2));
  assert.match(finding([a, now(chance(0.1))], null), /^The present case lowers the chance/);
  assert.match(finding([a, now(chance(0.1)), column("B", chance(0.1))], null), /^B lowers the chance that .* most,/);
});
test("the class asked about is compared, else the usual one", () => {
  assert.equal(focusOf(chance(0.2), "no").value, "no");
  assert.equal(focusOf(chance(0.2), null).value, "yes");
  assert.equal(focusOf(chance(0.2), "elsewhere").value, "no");
  assert.equal(focusOf(null, null), undefined);
});

test("columns: the first scenario, the case unless it is kept, the others", () => {
  const c = begun();
  const names = () => columnsOf(c, "Now").map((x) => x.name + (x.isNow ? "*" : ""));
  assert.deepEqual(names(), ["Now*"]);
  c.keep(freeName(c.scenarios), "");
  assert.deepEqual(names(), ["A*"]);
  c.set("age", 7, "");
  assert.deepEqual(names(), ["A", "Now*"]);
  c.keep(freeName(c.scenarios), "");
  c.set("age", 8, "");
  assert.deepEqual(names(), ["A", "Now*", "B"]);
  c.load(c.scenarios[0], "");
  assert.deepEqual(names(), ["A*", "B"]);
  c.arrange(pinned(c.scenarios, 1), "");
  assert.deepEqual(names(), ["B", "A*"]);
  c.arrange(renamed(c.scenarios, 0, "Small"), "");
  c.arrange(without(c.scenarios, 1), "");
  assert.deepEqual(names(), ["Small", "Now*"]);
  assert.equal(freeName(c.scenarios), "B");
  assert.equal(freeName([{ name: "B" }]), "C");
  for (let i = 0; i < 3; i++) c.history.undo();
  assert.deepEqual(names(), ["A*", "B"]);
});
test("the table parts fields that differ from those that do not, and says what is outside", () => {
  const c = begun();
  c.keep("A", "");
  c.set("age", 140, "");
  const columns = columnsOf(c, "Now").map((x, i) => ({ ...x, answer: chance([0.2, 0.4][i]) }));
  const table = tableOf(c, columns, focusOf(columns[0].answer, null));
  assert.deepEqual(
    table.figure.cells.map((x) => [x.text, x.change?.text]),
    [
      ["20.0\u00a0%", undefined],
      ["40.0\u00a0%", "20 points"],
    ],
  );
  assert.deepEqual(
    table.different.map((r) => [r.name, ...r.cells.map((x) => [x.text, x.differs, x.wary])]),
    [["age", ["50", false, undefined], ["140", true, "not valid"]]],
  );
  assert.deepEqual(
    table.equal.map((r) => r.name),
    ["job"],
  );
  assert.deepEqual(
    table.results.map((r) => r.name),
    ["Default", "Chance that Default is no", "Chance that Default is yes"],
  );
  assert.deepEqual(sheetOf(c, columns), [
    ["Scenario", "age", "job", "predicted", "probability(no)", "probability(yes)"],
    ["A", 50, "clerk", "no", 0.8, 0.2],
    ["Now", 140, "clerk", "no", 0.6, 0.4],
  ]);
});

test("fields of two models are matched by name, and only those that matter", () => {
  const unused = field({ name: "idle", isUsed: false });
  const match = matchFields([...inputs, unused], [inputs[0], field({ name: "shoe" }), unused]);
  const names = Object.fromEntries(Object.entries(match).map(([key, fields]) => [key, fields.map((f) => f.name)]));
  assert.deepEqual(names, { shared: ["age"], onlyFirst: ["job"], onlySecond: ["shoe"] });
});
const pairs = [
  ["they agree", chance(0.2), chance(0.35), true, "Both answer no; Y puts the chance of yes 15 points higher"],
  [
    "they disagree",
    chance(0.4),
    chance(0.6),
    false,
    "They disagree: X says no, Y says yes; the chances of yes are 20 points apart",
  ],
  ["the same chance", chance(0.4), chance(0.4), true, "Both give the same answer: 40.0\u00a0%"],
  ["numbers", number(152), number(140), false, "Y is 12 lower: 140, where X gives 152"],
  ["equal numbers", number(152), number(152), true, "Both give the same answer: 152"],
  ["a class written in two ways", word("1"), { ...word("1"), predicted: 1 }, true, "Both give the same answer: 1"],
  ["words", word("red"), word("blue"), false, "They disagree: X says red, Y says blue"],
  ["a word and a number", word("red"), number(5), null, "X gives red, Y gives 5: there is nothing to compare"],
  ["no prediction", chance(0.4), answer({ kind: "none" }), null, "Y gives no prediction for the present case"],
  ["none of either", null, null, null, "X and Y give no prediction for the present case"],
];
for (const [name, first, second, agree, said] of pairs)
  test(`two models: ${name}`, () => {
    const agreement = agreementOf(first, second, null);
    assert.equal(agreement.agree, agree);
    assert.equal(findingOfTwo(["X", "Y"], [first, second], agreement), said);
  });
