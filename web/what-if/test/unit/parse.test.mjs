import assert from "node:assert/strict";
import test from "node:test";
import { guessNumber, parseNumber } from "../dist/parse.js";

const read = [
  ["12", 12],
  [" 12 ", 12],
  ["-5", -5],
  ["\u22125", -5],
  ["+3", 3],
  ["0.5", 0.5],
  [".5", 0.5],
  ["5.", 5],
  ["1e3", 1000],
  ["2.5E-3", 0.0025],
  ["1,234", 1234],
  ["1,234.5", 1234.5],
  ["1.234,5", 1234.5],
  ["1,234,567", 1234567],
  ["1.234.567", 1234567],
  ["0,5", 0.5],
  ["12,5", 12.5],
  ["0,125", 0.125],
  ["1 234", 1234],
  ["1\u202f234,5", 1234.5],
  ["1'234", 1234],
  ["€46,000", 46000],
  ["46000 €", 46000],
  ["30 %", 30],
  ["12 months", 12],
  ["3.5kg", 3.5],
];
for (const [text, expected] of read) test(`“${text}” is ${expected}`, () => assert.equal(parseNumber(text), expected));

for (const text of ["", "abc", "12o", "1-2", "--1", "1e", "e5", "1,2,3.4.5", "NaN", "Infinity", "0x10"])
  test(`“${text}” is no number`, () => assert.equal(parseNumber(text), null));

test("common slips are recognised", () => {
  assert.equal(guessNumber("12o"), 120);
  assert.equal(guessNumber("l2"), 12);
  assert.equal(guessNumber("twelve"), null);
});

for (const [text, expected] of [
  ["46.000", 46000],
  ["1.234,5", 1234.5],
  ["1,234", 1.234],
  ["1,5", 1.5],
  ["1.5", 1.5],
  ["0.125", 0.125],
  ["1.234.567", 1234567],
  ["−0,25", -0.25],
  ["12,5 %", 12.5],
])
  test(`where a comma is the decimal sign, "${text}" is ${expected}`, () =>
    assert.equal(parseNumber(text, ","), expected));
