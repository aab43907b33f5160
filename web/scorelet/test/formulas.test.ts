/** A model as formulas: what is written where, and what is refused. That they calculate rightly is the matter of tests/formulas. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ScoreletError } from "scorelet";
import { translateToFormulas } from "scorelet/formulas";

const data = (name: string) => readFileSync(new URL(`../../../../tests/data/${name}`, import.meta.url));
const consumption = data("examples/consumption.pmml");

test("formulas refer to the row and the columns that are given", async () => {
  const { style, columns, constants, roundedConstants, isSinglePrecision, notes, trees } = await translateToFormulas(consumption, { row: 9, column: 25 });
  assert.deepEqual([style, constants > 0, roundedConstants, isSinglePrecision, notes, trees], ["let", true, 0, false, [], []]);
  assert.deepEqual(columns.map(({ kind, name }) => `${kind} ${name}`), ["input PRICE", "input INC", "input TEMP", "result CONSUME"]);
  const formula = columns[3]!.formula;
  assert.deepEqual([...new Set(formula.match(/\$[A-Z]+\d+/g))], ["$Z9", "$AA9", "$AB9"]);
  assert.ok(formula.startsWith("=LET(PRICE,IF(ISNUMBER($Z9),") && formula.endsWith("0.1570203-0.1636906*PRICE+0.0012301*INC+0.0028231*TEMP-0.2786*PRICEINC))"), formula);
});

test("the workbook is a zip that does not depend on the place", async () => {
  const [a, b] = await Promise.all([translateToFormulas(consumption), translateToFormulas(consumption, { row: 4000, column: 99 })]);
  assert.deepEqual(a.workbook, b.workbook);
  assert.equal(new TextDecoder("latin1").decode(a.workbook.subarray(0, 4)), "PK\x03\x04");
});

test("an ensemble of trees as a sheet of nodes of a given name", async () => {
  const { style, columns, trees } = await translateToFormulas(data("models/a15_gbdt_reg_huber/model.pmml"), { style: "table", treesSheet: "Nodes" });
  assert.equal(style, "table");
  assert.deepEqual(trees[0], ["value", "below", "among", "yes", "no", "missing", "root", "weight", "says 1"]);
  const roots = trees.slice(1).flatMap((row) => (row[6] === "" ? [] : [row[6]]));
  assert.ok(roots.length > 10 && roots.every((root) => typeof root === "number" && root >= 1 && root < trees.length));
  assert.match(columns.at(-1)!.formula, /Nodes!\$A\$2:/);
  assert.doesNotMatch(columns.at(-1)!.formula, /Trees!/);
});

test("what has no formulas, or does not fit, is refused by name; the next one is written", async () => {
  await assert.rejects(translateToFormulas(data("models/a31_svc_rbf_multiclass/model.pmml")), (error) => error instanceof ScoreletError && /<SupportVectorMachineModel> has no formulas/.test(error.message));
  await assert.rejects(translateToFormulas(consumption, { style: "table" }), /no ensemble of trees/);
  await assert.rejects(translateToFormulas(consumption, { column: 16_383 }), /16,384 columns/);
  await assert.rejects(translateToFormulas("<PMML"), ScoreletError);
  assert.equal((await translateToFormulas(consumption)).columns.length, 4);
});
