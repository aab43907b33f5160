import assert from "node:assert/strict";
import test from "node:test";
import { explain, sniff } from "../dist/refusal.js";

const bytes = (text) => new TextEncoder().encode(text);
const files = [
  ["an empty file", bytes(""), "This file is empty"],
  ["a file of blanks", bytes(" \n\n"), "This file is empty"],
  ["a workbook", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), "This is a zip or Excel file, not a model"],
  ["a compressed file", new Uint8Array([0x1f, 0x8b, 8, 0]), "This file is compressed"],
  ["a PDF", bytes("%PDF-1.7"), "This is a PDF, not a model"],
  ["a CSV file", bytes("age,income\n1,2\n"), "This is a table of values, not a model"],
  ["a JSON file", bytes('{"model": 1}'), "This is a JSON file, not a PMML model"],
  ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), "This is not a text file, so not a PMML model"],
  ["a letter", bytes("Dear reader"), "This file is damaged"],
];
for (const [name, content, head] of files)
  test(`${name} is told from a model`, () => assert.equal(sniff(content).head, head));
test("XML in UTF-8 or UTF-16, with or without a mark, is left to the loader", () => {
  assert.equal(sniff(bytes("<?xml version='1.0'?>")), null);
  assert.equal(sniff(bytes("\ufeff<PMML/>")), null);
  assert.equal(sniff(new Uint8Array([0xff, 0xfe, 0x3c, 0x00])), null);
});

const fault = (code, more = {}) => ({ code, severity: "error", message: "", ...more });
const refusals = [
  [[fault("notXml", { line: 8112 })], "This file breaks off or is damaged at line 8112"],
  [[fault("notPmml")], "This is an XML file, but not a model"],
  [[fault("unsupported"), fault("unsupported")], "This model is not opened, because it could not be scored exactly"],
  [[fault("tooDeep")], "This model is larger than this page accepts"],
  [
    [fault("unresolvedField"), fault("badValue"), { ...fault("deprecated"), severity: "warning" }],
    "This model has 2 faults, so it is not opened",
  ],
];
for (const [diagnostics, head] of refusals)
  test(`refused: ${head}`, () => assert.equal(explain(diagnostics).head, head));
