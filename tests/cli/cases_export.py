"""scorelet export."""

import os
import zipfile

from program import CONSUMPTION, MODEL, ROOT, USAGE, holds, same

MODELS = os.path.join(ROOT, "tests/data/models")
SUM = "0.1570203-0.1636906*{}+0.0012301*{}+0.0028231*{}-0.2786*{}"


def test_one_let(p):
    out, err = p.run("export", CONSUMPTION, "--to=excel")
    lines = [line.split("\t") for line in out.splitlines()]
    same([line[:2] for line in lines], [["A2", "PRICE"], ["B2", "INC"], ["C2", "TEMP"], ["D2", "CONSUME"]])
    same([line[2] for line in lines[:3]], ["", "", ""])
    assert lines[3][2].startswith("=LET(PRICE,"), lines[3][2]
    holds(lines[3][2], "PRICEINC,", SUM.format("PRICE", "INC", "TEMP", "PRICEINC"))
    holds(err, "style let: 1 result, 0 helper columns; 0 of 5 constants rounded")


def test_helper_columns(p):
    out, err = p.run("export", CONSUMPTION, "--to=excel", "--style=columns")
    lines = [line.split("\t") for line in out.splitlines()]
    same([line[0] for line in lines], [letter + "2" for letter in "ABCDEFGH"])
    same(lines[6][1:], ["PRICEINC", '=IF(OR($D2="",$E2=""),"",$D2*$E2)'])
    holds(lines[7][2], SUM.format("$D2", "$E2", "$F2", "$G2"))
    assert "LET" not in out
    holds(err, "style columns: 1 result, 4 helper columns")


def test_workbook(p):
    p.run("export", CONSUMPTION, "--to=excel", "-q", "-o", p.path("book.xlsx"))
    with zipfile.ZipFile(p.path("book.xlsx")) as book:
        same(book.testzip(), None)
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        holds(sheet, "<f>_xlfn.LET(_xlpm.PRICE,IF(ISNUMBER($A2),$A2,", "_xlpm.PRICE*_xlpm.INC")
        holds(book.read("xl/worksheets/sheet2.xml").decode(), "no verification records", "none has more")


def test_refusals(p):
    for case, part in (("a68_r_svm_radial", "<SupportVectorMachineModel> has no formulas"), ("a50_tfidf_text", "TextIndex")):
        _, err = p.run("export", os.path.join(MODELS, case, "model.pmml"), "--to=excel", code=MODEL)
        holds(err, part, "at line")
    deep = os.path.join(MODELS, "a18_xgb_binary_missing", "model.pmml")
    holds(p.run("export", deep, "--to=excel", "--style=let", code=MODEL)[1], "does not fit into one LET", "columns")


def test_table(p):
    forest = os.path.join(MODELS, "a18_xgb_binary_missing", "model.pmml")
    out, err = p.run("export", forest, "--to=excel", "--style=table")
    holds(out, "REDUCE(w_root,SEQUENCE(", "Trees!$A$2:")
    holds(err, "style table", "single precision")
    holds(p.run("export", CONSUMPTION, "--to=excel", "--style=table", code=MODEL)[1], "no ensemble of trees")


def test_usage(p):
    holds(p.run("export", CONSUMPTION, code=USAGE)[1], "--to=excel is needed")
    holds(p.run("export", CONSUMPTION, "--to=word", code=USAGE)[1], "--to=excel is needed")
    holds(p.run("export", CONSUMPTION, "--to=excel", "--style=macro", code=USAGE)[1], "--style is let, columns or table")
    holds(p.run("export", "--to=excel", code=USAGE)[1], "MODEL is needed")
