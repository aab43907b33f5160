"""score --threads: nothing that comes out depends on the number. A build without threads refuses more than one."""

import json
import os
import random
import subprocess

from program import BASKETS, DEMO, FAILED, FILES, LAG, LINE, SUCCESS, USAGE, holds, same

BLOCK = 1024  # rows that a thread takes at once


def with_any_number(p, *arguments, code=SUCCESS):
    """Standard output and standard error, which are the same on 1, 2 and 7 threads and by default."""
    first = p.run("score", *arguments, "--threads=1", code=code)
    for threads in (("--threads=2",), ("--threads", "7"), ()) if p.has_threads else ((),):
        out, err = p.run("score", *arguments, *threads, code=code)
        assert out == first[0], f"other results with {threads}"
        same(err, first[1])
    return first


def test_more_threads_than_there_are(p):
    if not p.has_threads:
        holds(p.run("score", LINE, "-", "--threads=2", stdin="x\n4\n", code=USAGE)[1], "this build has no threads")
    same(p.score(LINE, "-", "--threads=1", "--columns=y", stdin="x\n4\n"), "y,@diagnostics\n9,\n")


def test_demo_data(p):
    model = os.path.join(DEMO, "model.pmml")
    with open(os.path.join(DEMO, "input.csv"), encoding="utf-8") as file:
        header, *rows = file.read().splitlines(keepends=True)
    random.Random(1).shuffle(rows)
    path = p.file("in.csv", header + "".join(rows * 6))
    out, err = with_any_number(p, model, path)
    once = p.score(model, p.file("once.csv", header + "".join(rows))).splitlines(keepends=True)
    assert out == once[0] + "".join(once[1:] * 6), "other rows or another order"
    holds(err, f"{6 * len(rows)} rows scored")
    with_any_number(p, model, path, "--output-format=ndjson", "--details")


def test_order_of_uneven_blocks(p):
    """Every other block is slow to read and to write."""
    rows = [{"x": i, "note": "n" * (2000 if i // BLOCK % 2 else 1)} for i in range(8 * BLOCK)]
    path = p.file("in.ndjson", "".join(json.dumps(row) + "\n" for row in rows))
    out, _ = with_any_number(p, LINE, path, "--columns=y", "--id=note")
    same(out, "".join('{"note":"%s","y":%d}\n' % (row["note"], 2 * row["x"] + 1) for row in rows))


def test_bad_rows(p):
    rows = [f"{i}\n" for i in range(5 * BLOCK)]
    rows[2500] = "4,5\n"
    rows[4000] = "-20\n"
    out, err = with_any_number(p, LINE, p.file("in.csv", "x\n" + "".join(rows)), "--columns=y")
    assert [i for i, line in enumerate(out.splitlines()[1:]) if "error" in line] == [2500, 4000]
    holds(err, "5120 rows scored; 2 with diagnostics (badRecord 1, invalidValue 1)", "number 2501, line 2502")


def test_strict(p):
    """The first bad row ends it, not one that another thread meets earlier."""
    rows = [f"{i}\n" for i in range(6 * BLOCK)]
    for bad in (3500, 3501, 3 * BLOCK + 700, 4 * BLOCK, 5 * BLOCK):
        rows[bad] = "-20\n"
    path = p.file("in.csv", "x\n" + "".join(rows))
    out, err = with_any_number(p, LINE, path, "--columns=y", "--strict", code=FAILED)
    same(out, "y,@diagnostics\n" + "".join(f"{2 * i + 1},\n" for i in range(3500)))
    holds(err, "row 3501 (line 3502) is bad")


def test_notes_of_what_was_written(p):
    """Unknown names in the order of the rows, at most a hundred; under --strict none of rows beyond the end."""
    rows = [{"x": i, f"u{i // 50}": 1} for i in range(8 * BLOCK)]
    path = p.file("in.ndjson", "".join(json.dumps(row) + "\n" for row in rows))
    _, err = with_any_number(p, LINE, path)
    names = [line.split('"')[1] for line in err.splitlines() if "no input field" in line]
    assert names == [f"u{i}" for i in range(100)], names
    rows[2 * BLOCK - 1]["x"] = -20
    path = p.file("in.ndjson", "".join(json.dumps(row) + "\n" for row in rows))
    _, err = with_any_number(p, LINE, path, "--strict", code=FAILED)
    names = [line.split('"')[1] for line in err.splitlines() if "no input field" in line]
    assert names == [f"u{i}" for i in range(2 * BLOCK // 50 + 1)], names


def test_models_with_memory(p):
    """The value two rows earlier, over the borders of blocks."""
    n = 5 * BLOCK
    out, _ = with_any_number(p, LAG, p.file("in.csv", "x\n" + "".join(f"{i}\n" for i in range(n))), "--columns=lag")
    same(out, "lag,@diagnostics\n,\n,\n" + "".join(f"{i},\n" for i in range(n - 2)))


def test_groups(p):
    rows = "receipt,product\n" + "".join(f"{r},{product}\n" for product in ("beer", "bread") for r in range(3 * BLOCK))
    out, _ = with_any_number(p, BASKETS, p.file("in.csv", rows), "--columns=ids", "--no-diagnostics")
    same(out, "receipt,ids\n" + "".join(f'{r},"[""R1"",""R2""]"\n' for r in range(3 * BLOCK)))


def test_failing_input(p):
    """A folder can be opened but not read."""
    _, err = with_any_number(p, LINE, p.folder, "--format=csv", "--header=x", code=FILES)
    holds(err, "cannot read")


def test_reader_gone(p):
    path = p.file("in.csv", "x\n" + "4\n" * 200_000)
    for threads in ("1", "2", "7") if p.has_threads else ("1",):
        reading, writing = os.pipe()
        process = p.start("score", LINE, path, "--threads", threads, stdout=writing, stderr=subprocess.PIPE)
        os.close(writing)
        os.read(reading, 100)
        os.close(reading)
        _, err = process.communicate(timeout=120)
        assert process.returncode == FILES, process.returncode
        holds(err.decode(), "cannot write to standard output")
