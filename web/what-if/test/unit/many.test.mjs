// Tables in, tables out: reading CSV, matching columns, cells as the core takes them, results as it writes them.
import assert from "node:assert/strict";
import test from "node:test";
import Papa from "papaparse";
import { columnOf, hasDecimalCommas, resultText, withoutComma } from "../dist/many/cells.js";
import { CsvReader, cellText, dialectOf, EndlessQuote } from "../dist/many/csv.js";
import { matchColumns } from "../dist/many/matching.js";
import { readRecords } from "../dist/many/reading.js";
import { scoreFile } from "../dist/many/scoring.js";
import { niceEdges, ticksOf } from "../dist/many/ticks.js";
import { calibrationFinding, difference, meets, qualitiesOf } from "../dist/many/verdicts.js";
import { field } from "./field.mjs";

const bytes = (text) => new TextEncoder().encode(text);

function records(text, delimiter = ",", size = text.length || 1) {
  const found = [];
  const reader = new CsvReader(delimiter, (cells, raw) => found.push({ cells, raw }));
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
  reader.push("", true);
  return found;
}

test("records are those of another reader, wherever the text is cut", () => {
  const texts = [
    "a,b\n1,2\n",
    'a,b\r\n"x, y","he said ""no"""\r\n"two\nlines",3',
    'a;b\n"";\n;""\n"1;2";3\n',
    "a\tb\n\t\n1\t2",
    'a,b\n"",""\n"""",x\nplain "quotes" inside,2\n',
    'q\n"a\r\nb"\r\n"c"\n',
  ];
  for (const text of texts) {
    const { delimiter } = dialectOf(bytes(text));
    const expected = Papa.parse(text.replace(/\r?\n$/, ""), { delimiter }).data;
    for (const size of [1, 2, 3, 5, 1000]) {
      assert.deepEqual(
        records(text, delimiter, size).map((r) => r.cells),
        expected,
        JSON.stringify([text, size]),
      );
    }
  }
});

test("a record is kept as it was written", () => {
  const lines = ['x,"a ""b"" ,c"', '"two\nlines",""', " spaced ,é"];
  assert.deepEqual(
    records(`${lines.join("\r\n")}\r\n`, ",", 4).map((r) => r.raw),
    lines,
  );
});

test("a quote that never ends is an error that names the record", () => {
  const reader = new CsvReader(",", () => {});
  reader.push('a,b\n1,2\n3,"');
  assert.throws(
    () => {
      for (let i = 0; i < 40; i++) reader.push("x".repeat(1 << 20));
    },
    (error) => error instanceof EndlessQuote && error.record === 3,
  );
});

test("separator, encoding, line ends and mark are seen from the first bytes", () => {
  const seen = (text) => dialectOf(typeof text === "string" ? bytes(text) : text);
  assert.equal(seen('"a;b",c,d\n').delimiter, ",");
  assert.equal(seen("a;b;c\n1,5;2;3").delimiter, ";");
  assert.equal(seen("a\tb\n").delimiter, "\t");
  assert.equal(seen("only\n1\n").delimiter, ",");
  assert.equal(seen("a,b\r\n1,2\r\n").lineEnd, "\r\n");
  assert.equal(seen("a,b\n").hasMark, false);
  assert.deepEqual(seen("\ufeffa,b\n"), { encoding: "utf-8", hasMark: true, delimiter: ",", lineEnd: "\n" });
  assert.equal(seen(Uint8Array.of(0x61, 0xe9, 0x2c, 0x62, 0x0a)).encoding, "windows-1252");
  assert.equal(seen(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x62, 0, 0x0a, 0)).encoding, "utf-16le");
  assert.equal(seen(bytes("é".repeat(1000)).subarray(0, 999)).encoding, "utf-8", "cut within a letter");
});

test("cells are quoted only if they must be", () => {
  assert.deepEqual(
    ["a", "a,b", 'say "x"', "two\nlines", "a;b"].map((c) => cellText(c, ",")),
    ["a", '"a,b"', '"say ""x"""', '"two\nlines"', "a;b"],
  );
});

const number = field({ name: "x", dataType: "double" });

test("plain numbers go to the core as numbers, everything else as text for it to judge", () => {
  assert.deepEqual(
    columnOf(number, ["1", "-2.5", "", "1e3", ".5", "+7"], false),
    Float64Array.of(1, -2.5, NaN, 1000, 0.5, 7),
  );
  for (const odd of [" 1", "1 ", "0x10", "0b1", "0o7", "abc", "NaN", "Infinity", "1e999", "1,5", "1\u00a0", "-", "."]) {
    assert.ok("codes" in columnOf(number, ["1", odd], false), odd);
  }
  const whole = field({ name: "n", dataType: "integer" });
  assert.deepEqual(columnOf(whole, ["12", "-3", ""], false), Float64Array.of(12, -3, NaN));
  assert.ok("codes" in columnOf(whole, ["1", "1.0"], false));
  assert.deepEqual(columnOf(field({ name: "t", dataType: "string" }), ["b", "", "a", "b"], false), {
    codes: Int32Array.of(0, -1, 1, 0),
    dictionary: ["b", "a"],
  });
});

test("decimal commas are known where no point speaks against them", () => {
  assert.equal(hasDecimalCommas(["1,5", "2", ""]), true);
  assert.equal(hasDecimalCommas(["1.234,5", "1.234"]), true);
  assert.equal(hasDecimalCommas(["1.5", "2,5"]), false);
  assert.equal(hasDecimalCommas(["1", "2"]), false);
  assert.deepEqual(["1,5", "1.234,5", "1.234", "-0,25", "x,y", "7"].map(withoutComma), [
    "1.5",
    "1234.5",
    "1234",
    "-0.25",
    "x,y",
    "7",
  ]);
  assert.deepEqual(columnOf(number, ["1,5", ""], true), Float64Array.of(1.5, NaN));
});

test("results are written as docs/output-contract.md says", () => {
  assert.deepEqual([null, 0.1, 100000, 1e21, -0, Infinity, -Infinity, true, "a", [1, "x", null]].map(resultText), [
    "",
    "0.1",
    "100000",
    "1e+21",
    "0",
    "INF",
    "-INF",
    "true",
    "a",
    '[1,"x",null]',
  ]);
});

const fields = [
  field({ name: "age", isUsed: true }),
  field({ name: "net_income", displayName: "Monthly net income", isUsed: true }),
  field({ name: "savings", isUsed: true }),
  field({ name: "idle", isUsed: false }),
];

test("columns match whatever their order, case and spaces; names for people count too", () => {
  const { columns, missing, twice } = matchColumns(["Savings ", "other", "AGE", "monthly-net income"], fields);
  assert.deepEqual(
    [...columns],
    [
      ["age", 2],
      ["net_income", 3],
      ["savings", 0],
    ],
  );
  assert.deepEqual([missing, twice], [[], []]);
});

test("what is missing is named, with a likely column; a name that is there twice is not guessed", () => {
  const { columns, missing, twice } = matchColumns(["age", "Income_month", "SAVINGS", "savings_"], fields);
  assert.deepEqual([...columns.keys()], ["age"]);
  assert.deepEqual(
    missing.map((m) => [m.field.name, m.guess]),
    [["net_income", 1]],
  );
  assert.deepEqual(twice, ["SAVINGS"]);
  const told = matchColumns(
    ["age", "Income_month", "SAVINGS", "savings_"],
    fields,
    new Map([
      ["net_income", 1],
      ["savings", null],
    ]),
  );
  assert.equal(told.columns.get("net_income"), 1);
  assert.deepEqual([told.missing.map((m) => m.field.name), told.twice], [["savings"], []]);
  assert.deepEqual(
    matchColumns(["zzz"], fields).missing.map((m) => m.guess),
    [null, null, null],
  );
});

test("an exact name goes before one that only looks like it", () => {
  assert.equal(matchColumns(["Age", "age"], fields).columns.get("age"), 1);
});

/** A scorer that doubles x; rows without it are invalid. */
const twice = {
  scoreColumns: ({ x }) => ({
    values: () => Array.from(x, (v) => (Number.isNaN(v) ? null : v * 2)),
    ok: (i) => !Number.isNaN(x[i]),
    diagnostics: () => [{ code: "missingValue", severity: "error", field: "x", message: "x is missing" }],
  }),
};
const description = {
  inputs: [number],
  results: [
    { name: "y", dataType: "double", isFinalResult: true },
    { name: "z", dataType: "double", isFinalResult: false },
  ],
};

async function scored(text, order = {}) {
  const file = new Blob([text]);
  const dialect = dialectOf(bytes(text));
  const whole = {
    file,
    dialect,
    decimalCommas: false,
    columns: [["x", 1]],
    keep: [0],
    rename: "* (predicted)",
    ...order,
  };
  const told = [];
  const found = await scoreFile(twice, description, whole, (p) => told.push(p));
  const marked = new TextDecoder("utf-8", { ignoreBOM: true });
  return {
    ...found,
    text: marked.decode(await found.done.scored.arrayBuffer()),
    unscored: (await found.done.unscored?.text()) ?? null,
    told,
  };
}

test("the scored file holds every byte of the rows, and the final results behind them", async () => {
  const { text, done } = await scored('id,x\n"a ""1""",1\nb,2.5\n\nc,-0\n');
  assert.equal(text, 'id,x,y\n"a ""1""",1,2\nb,2.5,5\nc,-0,0\n');
  assert.deepEqual([done.rows, done.unscoredRows, done.reasons], [3, 0, []]);
});

test("rows that cannot be scored are counted by reason and given back with it", async () => {
  const { text, unscored, done } = await scored("id,x\r\na,1\r\nb,\r\nc,1,2\r\nd\r\n");
  assert.equal(text, "id,x,y\r\na,1,2\r\nb,,\r\nc,1,2,\r\nd,\r\n");
  assert.deepEqual(
    done.reasons.map((r) => [r.code, r.field, r.rows]),
    [
      ["badRecord", null, 2],
      ["missingValue", "x", 1],
    ],
  );
  assert.equal(
    unscored,
    "@row,@reason,id,x\r\n2,x is missing,b,\r\n3,badRecord (3 / 2),c,1,2\r\n4,badRecord (1 / 2),d\r\n",
  );
});

test("mark, separator and decimal commas stay; a result does not take the name of a column", async () => {
  const { text } = await scored("\ufeffy;x\n1;1,25\n", { decimalCommas: true });
  assert.equal(text, "\ufeffy;x;y (predicted)\n1;1,25;2,5\n");
});

test("many blocks come back in order, and columns are kept for all rows", async () => {
  const n = 100_000;
  const { text, kept, scores, told } = await scored(
    `id,x\n${Array.from({ length: n }, (_, i) => `k${i % 7},${i}`).join("\n")}`,
  );
  const lines = text.trimEnd().split("\n");
  assert.equal(lines.length, n + 1);
  for (const i of [0, 32767, 32768, 65536, n - 1]) assert.equal(lines[i + 1], `k${i % 7},${i},${i * 2}`);
  assert.equal(scores.get("y").values.length, n);
  assert.deepEqual(kept.get(0).texts, ["k0", "k1", "k2", "k3", "k4", "k5", "k6"]);
  assert.equal(kept.get(0).codes[n - 1], (n - 1) % 7);
  assert.equal(told.at(-1).share, 1);
});

test("UTF-16 and Windows-1252 are read as what they are", async () => {
  const read = async (content) => {
    const found = [];
    await readRecords(new Blob([content]), dialectOf(content), {
      header: () => {},
      record: (cells) => found.push(cells),
    });
    return found;
  };
  assert.deepEqual(await read(Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a)), [["é"]]);
  const wide = new Uint8Array([0xff, 0xfe, ...[..."a\nü\n"].flatMap((c) => [c.charCodeAt(0), 0])]);
  assert.deepEqual(await read(wide), [["ü"]]);
});

test("ticks and edges are round", () => {
  assert.deepEqual(ticksOf(0, 1), [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(ticksOf(-3.2, 7.9), [0, 5]);
  assert.deepEqual(niceEdges(0.13, 0.58, 5), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  assert.deepEqual(niceEdges(5, 5, 10), [5]);
  assert.deepEqual(niceEdges(NaN, 1, 5), []);
});

const judged = (auc, error) => ({
  unknown: 0,
  classes: null,
  regression: null,
  binary: { figures: { auc, aucStandardError: error } },
});

test("two files differ only if it is more than chance", () => {
  const [a] = qualitiesOf(judged(0.91, 0.01)),
    [b] = qualitiesOf(judged(0.77, 0.02)),
    [c] = qualitiesOf(judged(0.89, 0.01));
  assert.equal(difference(a, b).isClear, true);
  assert.ok(difference(a, b).gap < 0);
  assert.equal(difference(a, c).isClear, false);
  assert.deepEqual([meets("auc", 0.75, 0.75), meets("auc", 0.74, 0.75), meets("mae", 2, 3)], [true, false, true]);
});

test("the finding about chances looks at what is beyond their ranges", () => {
  const group = (meanScore, low, high) => ({
    meanScore,
    intervalLow: low,
    intervalHigh: high,
    lowest: meanScore - 0.01,
  });
  assert.equal(calibrationFinding([group(0.1, 0.05, 0.15), group(0.3, 0.2, 0.4)]).kind, "fits");
  assert.deepEqual(calibrationFinding([group(0.1, 0.05, 0.15), group(0.3, 0.32, 0.4), group(0.5, 0.6, 0.7)]), {
    kind: "low",
    from: 0.29,
  });
  assert.equal(calibrationFinding([group(0.1, 0, 0.05), group(0.3, 0.1, 0.2)]).kind, "high");
  assert.equal(calibrationFinding([group(0.1, 0, 0.05), group(0.3, 0.4, 0.5)]).kind, "mixed");
});
