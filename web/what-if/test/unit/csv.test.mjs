import assert from "node:assert/strict";
import test from "node:test";
import Papa from "papaparse";
import { csv } from "../dist/scenarios/csv.js";

test("what is written is read back by another reader", () => {
  const rows = [
    ["name", "a,b", 'say "hi"'],
    ["two\nlines", "two\r\nlines", " blank "],
    ["", "ä€😀", "\\"],
  ];
  const text = csv(rows);
  assert.ok(text.endsWith("\r\n"));
  assert.deepEqual(Papa.parse(text.slice(0, -2), { newline: "\r\n" }).data, rows);
});
test("numbers keep their digits, missing is empty", () => {
  assert.equal(csv([[0.1 + 0.2, -5, 1e21, true, null, "x"]]), "0.30000000000000004,-5,1e+21,true,,x\r\n");
});
const cases = [
  ["=1+1", "'=1+1"],
  ["+cmd", "'+cmd"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", '"\'\tx"'],
  ["\r=1", '"\'\r=1"'],
  ['=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'],
  ["-5", "-5"],
  ["-1.5e3", "-1.5e3"],
  ["a=b", "a=b"],
];
for (const [text, written] of cases)
  test(`${JSON.stringify(text)} does not run in a spreadsheet`, () => {
    assert.equal(csv([[text]]).replace(/\r\n$/, ""), written.replace(/^"'\tx"$/, "'\tx"));
  });
