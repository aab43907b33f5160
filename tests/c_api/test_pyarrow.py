"""scorelet.h from Python: record batches of pyarrow through the Arrow C Data Interface.

usage: test_pyarrow.py LIBRARY
"""

import datetime as dt
import decimal
import pathlib
import random
import sys

import pyarrow as pa

from scorelet_ctypes import Library, Refused, Scorer

passed = failed = 0


def check(what, actual, expected):
    global passed, failed
    if actual == expected:
        passed += 1
    else:
        failed += 1
        print(f"failed: {what}\n  expected {expected!r}\n  found    {actual!r}")


DAY = [dt.date(2020, 2, 29), None, dt.date(1969, 12, 31)]
CLOCK = [dt.time(12, 34, 56, 500000), None, dt.time(0, 0)]
STAMP = [dt.datetime(2020, 2, 29, 12, 34, 56, 500000), None, dt.datetime(1969, 12, 31, 23, 59, 59)]
AWARE = [s and s.replace(tzinfo=dt.UTC) for s in STAMP]
WHOLE = [1, None, 100]
WORDS = ["Zürich", None, ""]

# input, Arrow type, values, result, what comes out if it is not what went in
TYPES = [
    *(("x", t, WHOLE, "hidden", None) for t in (pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(),
                                                 pa.int64(), pa.uint64(), pa.float32(), pa.float64())),
    ("x", pa.string(), ["1", None, "1e2"], "hidden", [1, None, 100]),
    ("x", pa.null(), [None] * 3, "hidden", None),
    ("n", pa.int64(), [2**53 - 1, None, 1 - 2**53], "as_integer", None),
    ("n", pa.int64(), [2**53 + 1, None, 3], "as_integer", [None, None, 3]),
    *(("s", t, WORDS, "as_string", None) for t in (pa.string(), pa.large_string(), pa.string_view())),
    *(("s", pa.dictionary(i, v), WORDS, "as_string", None)
      for i in (pa.int8(), pa.uint16(), pa.int32(), pa.int64()) for v in (pa.string(), pa.large_string())),
    ("s", pa.string_view(), ["more than twelve bytes, so not inline", None, "inline"], "as_string", None),
    ("s", pa.int64(), [2**53 + 1, None, -1], "as_string", [str(2**53 + 1), None, "-1"]),
    ("s", pa.bool_(), [True, None, False], "as_string", ["true", None, "false"]),
    ("s", pa.date32(), DAY, "as_string", ["2020-02-29", None, "1969-12-31"]),
    ("flag", pa.bool_(), [True, None, False], "as_boolean", None),
    ("d", pa.date32(), DAY, "as_date", None),
    ("d", pa.date64(), DAY, "as_date", None),
    ("d", pa.timestamp("ms"), STAMP, "as_date", DAY),
    ("t", pa.time64("us"), CLOCK, "as_time", None),
    ("t", pa.time64("ns"), CLOCK, "as_time", None),
    ("t", pa.time32("ms"), CLOCK, "as_time", None),
    ("ts", pa.timestamp("us"), STAMP, "as_dateTime", None),
    ("ts", pa.timestamp("ns"), STAMP, "as_dateTime", None),
    ("ts", pa.timestamp("ms", tz="America/New_York"), AWARE, "as_dateTime", STAMP),  # values are UTC
    ("ts", pa.date32(), DAY, "as_dateTime", [d and dt.datetime(d.year, d.month, d.day) for d in DAY]),
]


def test_types(scorer):
    for field, kind, values, result, expected in TYPES:
        array = pa.array(values, kind) if not pa.types.is_dictionary(kind) else pa.array(values).cast(kind)
        expected = values if expected is None else expected
        answer = scorer.score(pa.RecordBatch.from_arrays([array], [field])).column(result).to_pylist()
        check(f"{kind} into {field}", answer, expected)
        # The same rows as a slice of a longer array: offsets that no bitmap byte begins with.
        longer = pa.concat_arrays([array, array, array, array])
        sliced = pa.RecordBatch.from_arrays([longer], [field]).slice(5, 5)
        answer = scorer.score(sliced).column(result).to_pylist()
        check(f"{kind} into {field}, sliced", answer, (expected * 4)[5:10])


def test_refused(scorer):
    for kind, values, name in [
        (pa.decimal128(10, 2), [decimal.Decimal("1.25")], "decimal"),
        (pa.binary(), [b"x"], "binary"),
        (pa.duration("s"), [1], "duration"),
        (pa.struct([("a", pa.int32())]), [{"a": 1}], "struct"),
        (pa.list_(pa.float64()), [[1.0]], "list"),
        (pa.map_(pa.string(), pa.int32()), [[("a", 1)]], "map"),
        (pa.float16(), [1.0], "float16"),
    ]:
        try:
            scorer.score(pa.RecordBatch.from_arrays([pa.array(values, kind)], ["x"]))
            check(f"{kind} is refused", "accepted", "refused")
        except Refused as refused:
            errors = [f for f in refused.findings if f[0] == "error"]
            check(f"{kind} is refused", [f[:3] for f in errors], [("error", "typeMismatch", "x")])
            check(f"{kind} is named", f"Arrow type {name}:" in errors[0][3], True)


def test_many_rows(scorer):
    """The regression's own formula, in Python, over batches of many sizes; all input memory is given back."""
    generator = random.Random(4)
    before = pa.total_allocated_bytes()
    for size in (0, 1, 63, 64, 65, 1000, 5000):
        x = [None if generator.random() < 0.1 else generator.uniform(-9, 9) for _ in range(size)]
        n = [None if generator.random() < 0.1 else generator.randrange(-99, 99) for _ in range(size)]
        c = [generator.choice(["a", "b", "c"]) for _ in range(size)]
        batch = pa.RecordBatch.from_pydict({
            "c": pa.array(c, pa.string()).dictionary_encode(), "x": pa.array(x, pa.float64()),
            "n": pa.array(n, pa.int32())})
        answer = scorer.score(batch).column("y").to_pylist()
        bad = [i for i in range(size)
               if (answer[i] is None) != (x[i] is None or n[i] is None) or answer[i] is not None and
               abs(answer[i] - (1 + 2 * x[i] + 0.5 * n[i] + {"a": 10, "b": 20, "c": 0}[c[i]])) > 1e-12]
        check(f"{size} rows", bad, [])
        del batch
    check("input memory is given back", pa.total_allocated_bytes(), before)


def test_lists(library, fixtures):
    scorer = Scorer(library, (fixtures / "basket.pmml").read_bytes())
    check("input schema of a list", scorer.input_schema.field("amount").type, pa.list_(pa.float64()))
    for kind in (pa.list_(pa.float64()), pa.large_list(pa.int16()), pa.list_(pa.string())):
        rows = [[1, 2], None, [4]]
        values = [r and [str(v) for v in r] for r in rows] if kind == pa.list_(pa.string()) else rows
        longer = pa.array(values * 3, kind)
        answer = scorer.score(pa.RecordBatch.from_arrays([longer], ["amount"]).slice(2, 4)).column("y").to_pylist()
        check(f"{kind}", answer, [104, 103, None, 104])
    scorer.close()


def test_schemas(scorer):
    fields = {f.name: f for f in scorer.input_schema}
    check("names", list(fields), ["x", "n", "c", "flag", "d", "t", "ts", "s"])
    check("types", [f.type for f in fields.values()],
          [pa.float64(), pa.int64(), pa.string(), pa.bool_(), pa.date32(), pa.time64("us"), pa.timestamp("us"),
           pa.string()])
    check("metadata", fields["c"].metadata[b"scorelet:opType"], b"categorical")
    out = scorer.score(pa.RecordBatch.from_pydict({"x": [1.0], "other": [1]}))
    check("result metadata", out.schema.field("as_date").metadata[b"scorelet:feature"], b"transformedValue")
    check("unknown column", ("note", "unknownField", "other") in [f[:3] for f in scorer.findings()], True)


def main():
    library, fixtures = Library(sys.argv[1]), pathlib.Path(__file__).parent
    scorer = Scorer(library, (fixtures / "echo.pmml").read_bytes(), all_outputs=1)
    test_schemas(scorer)
    test_types(scorer)
    test_refused(scorer)
    test_many_rows(scorer)
    scorer.close()
    test_lists(library, fixtures)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
