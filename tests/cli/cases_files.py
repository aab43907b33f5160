"""Files: CSV as it comes, hostile files, disks and pipes."""

import json
import os
import pty
import subprocess
import time

from program import FILES, LINE, LOAN, MODEL, USAGE, holds, same

HEAD = "y,@diagnostics\n"


def score_y(p, content, *arguments):
    return p.score(LINE, p.file("in.csv", content), "--columns=y", *arguments)


def bad_rows(out):
    return [i for i, line in enumerate(out.splitlines()[1:], 1) if "badRecord" in line]


def test_line_ends(p):
    for content in ("x\n4\n5\n", "x\r\n4\r\n5\r\n", "x\r4\r5\r", "x\n4\n5", "x\r\n4\n5\r\n"):
        same(score_y(p, content), HEAD + "9,\n11,\n")


def test_byte_order_mark(p):
    same(score_y(p, b"\xef\xbb\xbfx\n4\n"), HEAD + "9,\n")
    same(p.score(LINE, "-", "--columns=y", stdin=b'\xef\xbb\xbf{"x": 4}\n'), '{"y":9}\n')


def test_utf16(p):
    _, err = p.run("score", LINE, p.file("in.csv", "x\n4\n".encode("utf-16")), code=FILES)
    holds(err, "UTF-16")


def test_quoted_cells(p):
    rows = 'note,"x"\n"two\nlines, and a ""quote""","4"\n"",5\n'
    same(score_y(p, rows, "--id=note"), 'note,y,@diagnostics\n"two\nlines, and a ""quote""",9,\n,11,\n')


def test_blank_lines(p):
    same(score_y(p, "id,x\n\na,4\n\r\n\n"), HEAD + "9,\n")
    same(score_y(p, "x\n4\n\n5\n"), HEAD + "9,\n21,\n11,\n")  # one column: an empty cell, hence missing


def test_ragged_rows(p):
    out, err = p.run("score", LINE, p.file("in.csv", "id,x\na,4\nb\nc,5,6\nd,5\n"), "--columns=y")
    lines = out.splitlines()
    assert bad_rows(out) == [2, 3], out
    same(lines[1] + lines[4], "9,11,")
    holds(lines[2], "Line 3", "1 cells, the header 2")
    holds(err, "4 rows scored; 2 with diagnostics (badRecord 2)")


def test_misplaced_quotes(p):
    out = score_y(p, 'x\n4\n4"\n"4"5\n5\n"4\n')
    assert bad_rows(out) == [2, 3, 5], out
    holds(out, "Line 3", "Line 4", "ends inside a quoted cell")


def test_line_numbers_count_quoted_line_ends(p):
    holds(score_y(p, 'id,x\n"a\nb\nc",4\nd\n'), "Line 5")


def test_separators(p):
    same(score_y(p, "id;x\na;4\n", "--separator=;", "--id=id"), "id;y;@diagnostics\na;9;\n")
    same(score_y(p, "id\tx\na,b\t4\n", "--separator", "tab", "--id=id"), "id\ty\t@diagnostics\na,b\t9\t\n")
    same(p.score(LINE, p.file("in.tsv", "id\tx\na\t4\n"), "--columns=y"), HEAD + "9,\n")
    p.score(LINE, p.file("in.csv", "x\n4\n"), "--columns=y", "-o", p.path("out.tsv"))
    same(p.read("out.tsv"), "y\t@diagnostics\n9\t\n")


def test_wrong_separator_is_explained(p):
    _, err = p.run("score", LOAN, p.file("in.csv", "income;debts\n1;2\n"), code=FILES)
    holds(err, "income;debts", "--separator", "home")


def test_unknown_and_absent_columns_are_said_once(p):
    _, err = p.run("score", LOAN, p.file("in.csv", "income,colour,size\n2500,red,1\n2500,red,1\n"))
    holds(err, "no column for debts, home", "does not use: colour, size")
    assert err.count("colour") == 1


def test_same_column_twice(p):
    _, err = p.run("score", LINE, p.file("in.csv", "x,x\n1,2\n"), code=FILES)
    holds(err, "two columns named 'x'")


def test_empty_file(p):
    _, err = p.run("score", LINE, p.file("in.csv", ""), code=FILES)
    holds(err, "is empty")


def test_json_array_is_not_ndjson(p):
    _, err = p.run("score", LINE, "-", stdin='[{"x": 1}]', code=FILES)
    holds(err, "begins with '['")


def test_huge_records(p):
    huge = "9" * (17 << 20)
    out = score_y(p, f"id,x\na,{huge}\nb,4\n")
    assert bad_rows(out) == [1], out[:300]
    same(out.splitlines()[2], "9,")
    out = p.score(LINE, "-", "--columns=y", stdin='{"x": "%s"}\n{"x": 4}\n' % huge)
    same(out.splitlines()[1], '{"y":9}')
    holds(out, "longer than 16777216 bytes")


def test_invalid_utf8_is_replaced_in_json(p):
    out = p.score(LINE, "-", "--id=id", "--columns=y", "--output-format=ndjson", stdin=b"id,x\na\xffb,4\n")
    same(json.loads(out)["id"], "a\ufffdb")


def test_absent_files(p):
    holds(p.run("score", p.path("none.pmml"), "-", code=FILES)[1], "cannot open", "No such file or directory")
    holds(p.run("score", LINE, p.path("none.csv"), code=FILES)[1], "cannot open", "No such file or directory")
    path = p.file("in.csv", "x\n4\n")
    holds(p.run("score", LINE, path, "-o", p.path("none/out.csv"), code=FILES)[1], "cannot write to")


def test_output_over_input(p):
    path = p.file("in.csv", "x\n4\n")
    holds(p.run("score", LINE, path, "-o", path, code=USAGE)[1], "would overwrite")
    same(p.read("in.csv"), "x\n4\n")


def test_full_disk(p):
    path = p.file("in.csv", "x\n4\n")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*p.command, "score", LINE, path], stdout=full, stderr=subprocess.PIPE, timeout=120, check=False)
    assert done.returncode == FILES, done
    holds(done.stderr.decode(), "cannot write to standard output", "No space left on device")


def test_reader_gone(p):
    path = p.file("in.csv", "x\n" + "4\n" * 100_000)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*p.command, "score", LINE, path], stdout=writing, stderr=subprocess.PIPE, timeout=120, check=False)
    os.close(writing)
    assert done.returncode == FILES, done
    holds(done.stderr.decode(), "cannot write to standard output")


def test_no_progress_without_a_terminal(p):
    _, err = p.run("score", LINE, p.file("in.csv", "x\n" + "4\n" * 200_000), "--columns=y", "-o", p.path("out.csv"))
    same(err, "scorelet: 200000 rows scored\n")


def test_progress_on_a_terminal(p):
    shown, terminal = pty.openpty()
    process = p.start("score", LINE, "-", "--columns=y", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=terminal)
    os.close(terminal)
    process.stdin.write(b"x\n")
    for _ in range(20):  # 0.2 seconds pass within the run, however fast the machine is
        process.stdin.write(b"4\n" * 70_000)
        process.stdin.flush()
        time.sleep(0.05)
    process.stdin.close()
    text = b""
    while True:
        try:
            part = os.read(shown, 4096)
        except OSError:  # the terminal's other end is closed
            break
        if not part:
            break
        text += part
    os.close(shown)
    assert process.wait() == 0
    holds(text.decode(), "\r\x1b[K", " rows", "1400000 rows scored")


def test_refused_model(p):
    path = p.file("broken.pmml", p.read(LINE).replace('<FieldRef field="half"/>', '<FieldRef field="none"/>'))
    out, err = p.run("score", path, "-", stdin="x\n4\n", code=MODEL)
    same(out, "")
    holds(err, "cannot be scored", "none", "line ")


def test_not_pmml(p):
    for content in ("", "x,y\n1,2\n", "<html/>"):
        out, err = p.run("score", p.file("m.pmml", content), "-", stdin="x\n4\n", code=MODEL)
        same(out, "")
        holds(err, "cannot be scored")
