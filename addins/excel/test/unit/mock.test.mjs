// Small talks with Excel on the vendor's mock, which gives nothing that was not loaded and synchronised.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { afterEach, test } from "node:test";
import { load } from "./support.mjs";

const { OfficeMockObject } = createRequire(import.meta.url)("office-addin-mock");
const { bound, writeBound } = await load("host/bindings");
const { writingOfWorkbook } = await load("host/writing");

function mocked(context) {
  globalThis.Excel = new OfficeMockObject({ context, run: async function (work) {
    return work(this.context);
  } });
  globalThis.Office = { context: { requirements: { isSetSupported: () => true } } };
  return Excel.context;
}
afterEach(() => {
  delete globalThis.Excel;
  delete globalThis.Office;
});

const binding = (isNullObject) => ({
  isNullObject,
  range: { values: [[1], ["x"]], rowIndex: 4, columnIndex: 2, rowCount: 2, columnCount: 1, worksheet: { name: "Data", id: "{1}" }, cell: { values: [[0]] }, getCell() {
    return this.cell;
  } },
  getRange() {
    return this.range;
  },
});
const workbook = (one) => ({ workbook: { bindings: { one, getItemOrNullObject() {
  return this.one;
} } } });

test("bound cells are read with their place", async () => {
  mocked(workbook(binding(false)));
  assert.deepEqual(await bound("id"), { area: { sheet: "Data", row: 4, column: 2, rows: 2, columns: 1 }, sheetId: "{1}", cells: [1, "x"] });
});

test("nothing is bound", async () => {
  mocked(workbook(binding(true)));
  assert.equal(await bound("id"), null);
});

test("a single cell is written", async () => {
  const context = mocked(workbook(binding(false)));
  await writeBound("id", [{ index: 1, cell: 7 }]);
  const { cell } = context.workbook.bindings.one.range;
  cell.load("values");
  await context.sync();
  assert.deepEqual(cell.values, [[7]]);
});

for (const [day, is1904] of [[0, true], [1462, false]])
  test(`the system in which 1 January 1904 is day ${day}`, async () => {
    mocked({
      application: { cultureInfo: { numberFormat: { numberDecimalSeparator: ",", numberGroupSeparator: "." } } },
      workbook: { functions: { day: { value: day }, date() {
        return this.day;
      } } },
    });
    assert.deepEqual(await writingOfWorkbook(), { decimal: ",", group: ".", is1904 });
  });
