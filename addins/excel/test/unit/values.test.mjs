// What a cell means. Serial numbers and text numbers are those that Excel's own documentation and VALUE give.
import assert from "node:assert/strict";
import { test } from "node:test";
import { english, field, load, value } from "./support.mjs";

const { dateOf, dateTimeOf, timeOf } = await load("cells/dates");
const { textNumber } = await load("cells/numbers");
const { CellError, contentOf, readerOf } = await load("cells/read");

const table = (rows, run) => {
  for (const [given, expected, ...more] of rows) assert.deepEqual(run(given, ...more), expected, JSON.stringify([given, ...more]));
};

test("serial numbers of the 1900 system, with its day that never was", () =>
  table([[1, "1900-01-01"], [59, "1900-02-28"], [60, null], [61, "1900-03-01"], [36526, "2000-01-01"], [45292, "2024-01-01"], [46352.99, "2026-11-26"], [2958465, "9999-12-31"], [2958466, null], [0, null], [-1, null], [Number.NaN, null]], (x) => dateOf(x)));

test("serial numbers of the 1904 system", () =>
  table([[0, "1904-01-01"], [1, "1904-01-02"], [43830, "2024-01-01"], [2957003, "9999-12-31"], [2957004, null], [-1, null]], (x) => dateOf(x, true)));

test("date and time, to the millisecond that Excel keeps", () =>
  table([[45292.5, "2024-01-01T12:00:00"], [45292 + 1 / 86400, "2024-01-01T00:00:01"], [45292.123456789, "2024-01-01T02:57:46.667"], [45292.9999999999, "2024-01-02T00:00:00"]], (x) => dateTimeOf(x)));

test("the time of the day, whatever the day is", () =>
  table([[0, "00:00:00"], [0.25, "06:00:00"], [45292.75, "18:00:00"], [0.99999999999, "00:00:00"], [1 / 3, "08:00:00"], [-0.5, null]], timeOf));

test("numbers held as text, in the workbook's own writing", () => {
  const german = { decimal: ",", group: "." },
    french = { decimal: ",", group: "\u202f" },
    swiss = { decimal: ".", group: "’" };
  table(
    [
      ["12", 12, english], [" 12.5 ", 12.5, english], ["1,234.5", 1234.5, english], ["1,23", null, english], ["12,5", null, english],
      ["1,234,567", 1234567, english], ["12,34,567", null, english], [".5", 0.5, english], ["5.", 5, english], ["-3", -3, english], ["\u22123", -3, english], ["+3", 3, english],
      ["(5)", -5, english], ["12%", 0.12, english], ["12.5 %", 0.125, english], ["$5", 5, english], ["-€5", -5, english], ["5 €", 5, english], ["1e3", 1000, english], ["1E-3", 0.001, english],
      ["", null, english], ["-", null, english], ["abc", null, english], ["1 2", null, english], ["12o", null, english], ["1e", null, english], ["0x10", null, english], ["1e999", null, english], ["Infinity", null, english],
      ["12,5", 12.5, german], ["1.234,5", 1234.5, german], ["1.234", 1234, german], ["12.5", null, german], ["1,2,3", null, german],
      ["1\u202f234,5", 1234.5, french], ["1\u00a0234,5", 1234.5, french], ["1 234,5", 1234.5, french], ["1’234.5", 1234.5, swiss],
    ],
    textNumber,
  );
});

const read = (of) => readerOf(field(of), english);

test("a number's field: blank is missing, TRUE is 1, text is read, what cannot be read is left to the model", () =>
  table([[1.5, 1.5], [0, 0], ["", null], ["  ", null], [null, null], [undefined, null], [true, 1], [false, 0], ["1,234.5", 1234.5], ["n/a", "n/a"], [" 12o ", "12o"]], read()));

test("errors of Excel: #N/A is missing, any other spoils the record", () => {
  const r = read();
  assert.equal(r({ code: "#N/A", message: "" }), null);
  assert.equal(r({ type: "Error", basicValue: "#N/A", errorType: "NotAvailable" }), null);
  assert.deepEqual(r({ type: "Error", basicValue: "#DIV/0!" }), new CellError("#DIV/0!"));
  assert.deepEqual(r({ code: "#REF!" }), new CellError("#REF!"));
  assert.equal(r("#N/A of the bureau"), "#N/A of the bureau");
});

test("data types show what is in them", () =>
  table([[{ type: "FormattedNumber", basicValue: 5, numberFormat: "0.0" }, 5], [{ type: "String", basicValue: "a" }, "a"], [{ type: "Boolean", basicValue: true }, true], [{ type: "Entity", text: "x" }, null]], contentOf));

test("dates, times and counts of days", () => {
  table([[45292, "2024-01-01"], [45292.7, "2024-01-01"], ["2024-01-01", "2024-01-01"], [60, "60"], [-1, "-1"], ["", null], ["1 May", "1 May"]], read({ dataType: "date" }));
  table([[45292.5, "2024-01-01T12:00:00"]], read({ dataType: "dateTime" }));
  table([[0.5, "12:00:00"]], read({ dataType: "time" }));
  table([[14000, 14000], ["2024-01-01", "2024-01-01"]], read({ dataType: "dateDaysSince[1960]" }));
  assert.equal(readerOf(field({ dataType: "date" }), { ...english, is1904: true })(0), "1904-01-01");
});

test("a category: exact first, then without regard to capitals and spaces, as long as one is meant", () => {
  table([["yes", "yes"], ["YES", "yes"], [" Yes ", "yes"], ["maybe", "maybe"], [true, "true"], [1001, "1001"]], read({ dataType: "string", values: [value("yes"), value("no")] }));
  table([["a", "a"], ["A", "A"], [" a", " a"]], read({ dataType: "string", values: [value("a"), value("A")] }));
  table([[1, "01"], ["1", "01"], ["01", "01"], [2, "2"], [3, "3.0"]], read({ dataType: "string", values: [value("01"), value("2"), value("3.0")] }));
  table([[true, "TRUE"], [false, "FALSE"]], read({ dataType: "string", values: [value("TRUE"), value("FALSE")] }));
});

test("a truth value", () =>
  table([[true, "true"], [false, "false"], [1, "true"], [0, "false"], ["TRUE", "true"], [" false ", "false"], [2, "2"], ["yes", "yes"], ["", null]], read({ dataType: "boolean" })));
