import assert from "node:assert/strict";
import test from "node:test";
import * as format from "../dist/format.js";

const figures = [
  [0.291, "29"],
  [0.5, "50"],
  [0.004, "0.4"],
  [0.0049, "0.5"],
  [0.993, "99.3"],
  [0.9999, "over 99.9"],
  [0, "under 0.1"],
  [1, "over 99.9"],
  [0.01, "1"],
  [0.99, "99"],
];
for (const [p, expected] of figures)
  test(`a chance of ${p} is headed ${expected}`, () => assert.equal(format.chanceFigure(p), expected));

test("tables show one decimal", () => {
  assert.equal(format.chanceCell(0.29107), "29.1\u00a0%");
  assert.equal(format.chanceCell(1), "over 99.9\u00a0%");
});
test("points keep one decimal under ten", () => {
  assert.equal(format.pointsFigure(-0.0812), "8.1");
  assert.equal(format.pointsFigure(0.2451), "25");
});
test("values keep every digit that was given", () => {
  assert.equal(format.number(46000), "46,000");
  assert.equal(format.number(-3.16e-215), "\u22123.16E\u2212215");
  assert.equal(format.number(-0.125), "\u22120.125");
  assert.equal(format.number(30389.065), "30,389.065");
});
test("prose has four significant digits, whole numbers stay whole", () => {
  assert.equal(format.brief(1234.5678), "1,235");
  assert.equal(format.brief(0.123456), "0.1235");
  assert.equal(format.brief(1234567), "1,234,567");
});
test("only plain machine names are turned into words", () => {
  const cases = {
    loan_amount: "Loan amount",
    income: "Income",
    bmi: "bmi",
    x1: "x1",
    "Sepal.Length": "Sepal.Length",
    "probability(yes)": "probability(yes)",
    FICO: "FICO",
  };
  for (const [name, expected] of Object.entries(cases)) assert.equal(format.label({ name }), expected);
  assert.equal(format.label({ name: "loan_amount", displayName: "Amount (EUR)" }), "Amount (EUR)");
});
test("dates in words, anything else as it is", () => {
  assert.equal(format.date("2026-03-14"), "March 14, 2026");
  assert.equal(format.date("spring"), "spring");
});
