"""score: formats, options, bad rows. Values for loan.pmml by hand, line.pmml is y = 2x + 1."""

import json

from program import BASKET, BASKETS, CONSUMPTION, FAILED, FILES, LINE, LOAN, USAGE, VISITS, holds, same

CUSTOMERS = ("customer,income,debts,home\n"
             "a,2500,5000,rent\n"
             "b,1200,0,own\n"
             "c,1200,,rent\n")
SCORES = ("repaid,P(yes),P(no),leaf,@diagnostics\n"
          "yes,0.96,0.04,6,\n"
          "yes,0.7,0.3,4,\n"
          "no,0.2,0.8,5,\n")
INVALID_INCOME = "a,-5,0,own\n"


def diagnostics(cell_or_row: str) -> list:
    """What @diagnostics of an NDJSON row holds: code and field."""
    return [(d["code"], d.get("field")) for d in json.loads(cell_or_row)["@diagnostics"]]


def test_csv_in_csv_out(p):
    same(p.score(LOAN, p.file("in.csv", CUSTOMERS)), SCORES)


def test_csv_to_file_by_extension(p):
    out, err = p.run("score", LOAN, p.file("in.csv", CUSTOMERS), "-o", p.path("out.ndjson"))
    same(out, "")
    same(p.read("out.ndjson"), '{"repaid":"yes","P(yes)":0.96,"P(no)":0.04,"leaf":"6"}\n'
                               '{"repaid":"yes","P(yes)":0.7,"P(no)":0.3,"leaf":"4"}\n'
                               '{"repaid":"no","P(yes)":0.2,"P(no)":0.8,"leaf":"5"}\n')
    holds(err, "3 rows scored\n", "customer")


def test_standard_input_and_output(p):
    same(p.score(LOAN, "-", "-o", "-", stdin=CUSTOMERS), SCORES)


def test_standard_input_is_recognised_as_ndjson(p):
    same(p.score(LINE, "-", stdin='\n {"x": 4}\n'), '{"y":9,"y,1":9,"big":false}\n')


def test_model_from_standard_input(p):
    with open(LINE, "rb") as model:
        same(p.score("-", p.file("in.csv", "x\n4\n"), "--columns", "y", stdin=model.read()), "y,@diagnostics\n9,\n")


def test_ndjson_values(p):
    rows = ('{"x": 4}\n{"x": "4"}\n{"x": " 4.0 "}\n{"x": null}\n{}\n{"x": 4e0, "other": {"deep": [1, {"x": 5}]}}\n'
            '{"x": 1, "x": 4}\n{"x": "-1"}\n{"x":0.1}\r\n')
    expected = [9, 9, 9, 21, 21, 9, 9, 21, 1.2]
    out, err = p.run("score", LINE, p.file("in.ndjson", rows), "--columns", "y")
    same(out, "".join('{"y":%s}\n' % y for y in expected))
    holds(err, "9 rows scored\n", 'no input field "other"')


# Rules of tests/cli/baskets.pmml: {beer} -> {nappy} 0.6, {beer,bread} -> {milk} 0.4, {nappy} -> {beer} 0.7.
PURCHASES = ("receipt,product,price,shop\n"
             "7,beer,1.5,north\n"
             "8,nappy,9,south\n"
             "7,bread,2,west\n"
             "8,beer,1.5,south\n"
             "9,tea,3,\n"
             ",beer,1.5,north\n"
             ",bread,2,north\n")
GROUPED = ("receipt,then,ids,@diagnostics\n"
           '7,nappy,"[""R1"",""R2""]",\n'
           "8,,[],\n"
           "9,,[],\n"
           ',nappy,"[""R1""]",\n'
           ",,[],\n")


def test_rows_of_a_group_are_one_record(p):
    same(p.score(BASKETS, p.file("in.csv", PURCHASES), "--columns", "then,ids"), GROUPED)
    same(p.score(BASKETS, p.file("in.csv", PURCHASES), "--columns", "then,ids", "--group", "receipt"), GROUPED)


def test_group_is_passed_through_once(p):
    rows = p.file("in.csv", PURCHASES)
    out = p.score(BASKETS, rows, "--columns", "then", "--id", "shop", "--group", "receipt", "--no-diagnostics")
    same(out, "shop,receipt,then\nnorth,7,nappy\nsouth,8,\n,9,\nnorth,,nappy\nnorth,,\n")
    out = p.score(BASKETS, rows, "--columns", "then", "--id", "receipt", "--no-diagnostics")
    same(out, "receipt,then\n7,nappy\n8,\n9,\n,nappy\n,\n")


def test_group_by_another_column(p):
    out = p.score(BASKETS, p.file("in.csv", PURCHASES), "--columns", "ids", "--group", "shop", "--no-diagnostics")
    same(out, 'shop,ids\nnorth,"[""R1"",""R2""]"\nsouth,[]\nwest,[]\n,[]\n')


def test_no_group(p):
    out = p.score(BASKETS, p.file("in.csv", PURCHASES), "--columns", "then", "--no-group", "--no-diagnostics")
    same(out, "then\nnappy\nbeer\n\nnappy\n\nnappy\n\n")
    # Without the model's group column rows are records, too.
    same(p.score(BASKETS, p.file("in.csv", "product\nbeer\nbread\n"), "--columns", "then", "--no-diagnostics"),
         "then\nnappy\n\n")


def test_group_of_ndjson(p):
    rows = ('{"receipt": 7, "product": "beer"}\n{"receipt": "8", "product": ["nappy", "beer"]}\n'
            '{"receipt": 7, "product": ["bread"]}\n{"product": ["beer"]}\n{"product": "nappy"}\n{"receipt": 9}\n')
    same(p.score(BASKETS, p.file("in.ndjson", rows), "--columns", "ids"),
         '{"receipt":7,"ids":["R1","R2"]}\n{"receipt":"8","ids":[]}\n{"receipt":null,"ids":["R1"]}\n'
         '{"receipt":null,"ids":["R3"]}\n{"receipt":9,"ids":null}\n')


def test_unreadable_row_spoils_its_group(p):
    rows = "receipt,product\n7,beer\n8,beer\n7,bread,x\n"
    out = p.score(BASKETS, p.file("in.csv", rows), "--columns", "then", "--output-format", "ndjson")
    first, second = out.splitlines()
    assert diagnostics(first) == [("badRecord", None)], first
    holds(first, '{"receipt":"7","then":null')
    same(second, '{"receipt":"8","then":"nappy"}')


def test_many_groups(p):
    rows = "receipt,product\n" + "".join(f"{r},{product}\n" for product in ("beer", "bread") for r in range(3000))
    lines = p.score(BASKETS, p.file("in.csv", rows), "--columns", "ids", "--no-diagnostics").splitlines()
    assert lines[1:] == [f'{r},"[""R1"",""R2""]"' for r in range(3000)], lines[:3]


def test_sequences_of_rows(p):
    rows = "who,when,what\nx,3,c\ny,1,a\nx,1,a\nx,2,b\ny,1,b\n"
    out = p.score(VISITS, p.file("in.csv", rows), "--no-diagnostics")
    same(out, 'who,_target,_rules\nx,c,"[""then"",""any""]"\ny,b,"[""any""]"\n')
    rows = '{"who": 1, "what": [["a"], ["b", "c"]]}\n{"what": ["a", "b"], "when": [2, 1]}\n'
    same(p.score(VISITS, p.file("in.ndjson", rows)),
         '{"who":1,"_target":"c","_rules":["then","any"]}\n{"who":null,"_target":"b","_rules":["any"]}\n')


def test_wrong_groups(p):
    rows = p.file("in.csv", PURCHASES)
    holds(p.run("score", BASKETS, rows, "--group", "customer", code=FILES)[1],
          "has no column 'customer' (--group)", "receipt")
    holds(p.run("score", BASKETS, rows, "--group", "shop", "--no-group", code=USAGE)[1], "contradict")


def test_ndjson_lists_of_a_grouped_field(p):
    rows = '{"amount": [1, 2, null, 3.5]}\n{"amount": 4}\n{"amount": ["1", "2"]}\n'
    same(p.score(BASKET, p.file("in.jsonl", rows)), '{"y":106.5}\n{"y":104}\n{"y":103}\n')


def test_list_for_a_single_field_is_a_bad_record(p):
    out = p.score(LINE, "-", "--columns", "y", stdin='{"x": [1, 2]}\n{"x": 4}\n')
    first, second = out.splitlines()
    same(second, '{"y":9}')
    same(str(diagnostics(first)), "[('badRecord', None)]")
    assert json.loads(first)["y"] is None
    holds(first, "Line 1", "only grouped")


def test_nested_values_are_bad_records(p):
    out = p.score(BASKET, "-", "--format=ndjson", stdin='{"amount": {"a": 1}}\n{"amount": [[1]]}\n[1]\n7\n{"amount": 1\n')
    for line in out.splitlines():
        same(str(diagnostics(line)), "[('badRecord', None)]")
    assert len(out.splitlines()) == 5


def test_deeply_nested_json_is_survived(p):
    rows = '{"other": ' + "[" * 200_000 + "]" * 200_000 + ', "x": 4}\n{"x": ' + "[" * 200_000 + "\n"
    first, second = p.score(LINE, "-", "--columns=y", stdin=rows).splitlines()
    same(first, '{"y":9}')
    same(str(diagnostics(second)), "[('badRecord', None)]")


def test_consumption_by_formula(p):
    rows = [{"PRICE": 0.27, "INC": 78, "TEMP": 41}, {"PRICE": 0.282, "INC": 79, "TEMP": 56}]
    out = p.score(CONSUMPTION, "-", stdin="".join(json.dumps(row) + "\n" for row in rows))
    for line, row in zip(out.splitlines(), rows, strict=True):
        expected = (0.1570203 - 0.1636906 * row["PRICE"] + 0.0012301 * row["INC"] + 0.0028231 * row["TEMP"]
                    - 0.2786 * row["PRICE"] * row["INC"])
        assert abs(json.loads(line)["CONSUME"] - expected) <= 1e-13


def test_shortest_numbers(p):
    # 2x + 1, exact in doubles or rounded once
    numbers = {"0": "1", "-0.5": "0", "0.05": "1.1", "500000": "1000001", "0.3": "1.6", "1e-7": "1.0000002"}
    out = p.score(LINE, "-", "--columns", "y", stdin="".join('{"x": %s}\n' % x for x in numbers))
    same(out, "".join('{"y":%s}\n' % y for y in numbers.values()))


def test_id_from_csv(p):
    rows = 'id,x,id 2\n007,4,"a,""b"\n,4,\n'
    path = p.file("in.csv", rows)
    same(p.score(LINE, path, "--id", "id", "--id", "id 2", "--columns", "y"),
         'id,id 2,y,@diagnostics\n007,"a,""b",9,\n,,9,\n')
    same(p.score(LINE, path, "--id=id 2", "--columns=y", "--output-format=ndjson"),
         '{"id 2":"a,\\"b","y":9}\n{"id 2":null,"y":9}\n')


def test_id_from_ndjson_is_unchanged(p):
    rows = ('{"id": 12345678901234567890, "x": 4}\n{"x": 4, "id": "é\\u0001"}\n{"id": 1.50, "x": 4}\n'
            '{"id": true, "x": 4}\n{"x": 4}\n')
    same(p.score(LINE, p.file("in.ndjson", rows), "--id", "id", "--columns", "y"),
         '{"id":12345678901234567890,"y":9}\n{"id":"é\\u0001","y":9}\n{"id":1.50,"y":9}\n{"id":true,"y":9}\n'
         '{"id":null,"y":9}\n')


def test_id_may_be_an_input(p):
    same(p.score(LINE, "-", "--id", "x", "--columns", "y", stdin="x\n4\n"), "x,y,@diagnostics\n4,9,\n")


def test_id_of_a_bad_row(p):
    rows = '{"id": 1, "x": -20}\n{"id": 2, "x": [}\n'
    first, second = p.score(LINE, "-", "--id=id", stdin=rows).splitlines()
    same(str(json.loads(first)["id"]) + str(json.loads(second)["id"]), "12")


def test_unknown_id(p):
    _, err = p.run("score", LINE, "-", "--id", "key", stdin="x\n4\n", code=FILES)
    holds(err, "no column 'key' (--id)")


def test_id_with_the_name_of_a_result(p):
    _, err = p.run("score", LINE, "-", "--id", "y", stdin="x,y\n4,9\n", code=USAGE)
    holds(err, "has the name of a result")


def test_columns_in_the_order_asked_for(p):
    same(p.score(LINE, "-", '--columns=half,"y,1"', "--columns", "y", stdin="x\n4\n"),
         'half,"y,1",y,@diagnostics\n4.5,9,9,\n')


def test_unknown_column(p):
    _, err = p.run("score", LINE, "-", "--columns", "z", stdin="x\n4\n", code=USAGE)
    holds(err, "no result 'z'", "half")


def test_all_outputs(p):
    same(p.score(LINE, "-", "--all-outputs", stdin="x\n4\n"), 'y,"y,1",half,big,@diagnostics\n9,9,4.5,false,\n')


def test_unnamed_target(p):
    same(p.score(LINE, "-", "--model", "without target", stdin="x\n4\n"), "_target,@diagnostics\n12,\n")


def test_details(p):
    out = p.score(LOAN, "-", "--details", stdin='{"income": 2500, "debts": 5000, "home": "rent"}\n{"debts": 100}\n')
    first, second = (json.loads(line)["@details"] for line in out.splitlines())
    assert first["predictedValue"] == "yes" and first["entityId"] == "6"
    assert first["probability"] == {"yes": 0.96, "no": 0.04} and first["confidence"] == {"yes": 0.96, "no": 0.04}
    assert abs(second["confidence"]["yes"] - 0.864) < 1e-12  # one default child: 0.96 * 0.9


def test_details_in_csv_is_refused(p):
    _, err = p.run("score", LOAN, "-", "--details", stdin=CUSTOMERS, code=USAGE)
    holds(err, "--details needs NDJSON")


def test_bad_value_in_csv(p):
    out, err = p.run("score", LOAN, p.file("in.csv", CUSTOMERS + INVALID_INCOME + "d,2500,30000,own\n"))
    *good, bad, last = out.splitlines(keepends=True)
    same("".join(good), SCORES)
    same(last, "yes,0.56,0.44,7,\n")
    assert bad.startswith(',,,,"[{""code"":""invalidValue"",""severity"":""error"",'), bad
    holds(err, "5 rows scored; 1 with diagnostics (invalidValue 1)", "number 4, line 5")


def test_no_diagnostics(p):
    out, err = p.run("score", LOAN, "-", "--no-diagnostics", stdin=CUSTOMERS + INVALID_INCOME)
    same(out, SCORES.replace(",@diagnostics", "").replace(",\n", "\n") + ",,,\n")
    holds(err, "1 with diagnostics")
    same(p.score(LINE, "-", "--no-diagnostics", "--columns=y", stdin='{"x": -20}\n'), '{"y":null}\n')


def test_strict(p):
    rows = CUSTOMERS + INVALID_INCOME + "d,2500,30000,own\n"
    out, err = p.run("score", LOAN, "-", "--strict", stdin=rows, code=FAILED)
    same(out, SCORES)
    holds(err, "row 4 (line 5) is bad", "invalidValue")
    out, err = p.run("score", LINE, "-", "--strict", "--columns=y", stdin='{"x": 4}\n{"x": 4\n{"x": 4}\n', code=FAILED)
    same(out, '{"y":9}\n')
    holds(err, "row 2 (line 2) is bad", "badRecord")
    same(p.score(LOAN, "-", "--strict", stdin=CUSTOMERS), SCORES)


def test_quiet(p):
    out, err = p.run("score", LOAN, "-", "-q", stdin=CUSTOMERS + INVALID_INCOME)
    same(err, "")
    assert out.startswith(SCORES)


def test_missing_tokens(p):
    rows = "x\n4\nNA\n?\n\"a,b\"\n-\n"
    out = p.score(LINE, "-", "--columns=y", "--no-diagnostics", '--missing=NA,"a,b"', "--missing", "?", stdin=rows)
    same(out, "y\n9\n21\n21\n21\n\n")
    same(p.score(LINE, "-", "--columns=y", "--missing=NA", stdin='{"x": "NA"}\n'), '{"y":21}\n')


def test_header_option(p):
    same(p.score(LINE, "-", "--header=id,x", "--id=id", "--columns=y", stdin="a,4\nb,5\n"),
         "id,y,@diagnostics\na,9,\nb,11,\n")


def test_rows_over_several_blocks(p):
    n = 5000
    out, err = p.run("score", LINE, "-", "--columns=y", stdin="x\n" + "".join(f"{i}\n" for i in range(n)))
    same(out, "y,@diagnostics\n" + "".join(f"{2 * i + 1},\n" for i in range(n)))
    holds(err, "5000 rows scored\n")


def test_no_rows(p):
    same(p.score(LINE, p.file("in.csv", "x\n")), 'y,"y,1",big,@diagnostics\n')
    same(p.score(LINE, p.file("in.ndjson", "")), "")
