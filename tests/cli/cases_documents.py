"""The examples of help, manual page and documents, run as they stand."""

import hashlib
import json
import os
import re
import shlex

from program import BASKETS, FILES, LINE, LOAN, MODEL, ROOT, SUCCESS, USAGE, holds, same

CUSTOMERS = "customer,income,debts,home\na,2500,5000,rent\nb,1200,0,own\n"
CUSTOMERS_JSON = '{"customer": 1, "income": 2500, "debts": 5000, "home": "rent"}\n'


def run_example(p, line):
    """A line of shell with files of the reader's: loan.pmml (with a record to verify), customers.*, baskets.pmml and
    purchases.csv"""
    with open(BASKETS, encoding="utf-8") as file:
        p.file("baskets.pmml", file.read())
    p.file("purchases.csv", "receipt,product\n7,beer\n8,bread\n7,bread\n")
    with open(LOAN, encoding="utf-8") as file:
        loan = file.read()
    records = ('<ModelVerification recordCount="1" fieldCount="3"><VerificationFields>'
               '<VerificationField field="income"/><VerificationField field="debts"/><VerificationField field="repaid"/>'
               '</VerificationFields><InlineTable><row><income>2500</income><debts>5000</debts><repaid>yes</repaid></row>'
               '</InlineTable></ModelVerification>')
    p.file("loan.pmml", loan.replace("</Output>", "</Output>" + records))
    p.file("customers.csv", CUSTOMERS)
    p.file("customers.ndjson", CUSTOMERS_JSON)
    words = shlex.split(line.replace("(", "\\(").replace(")", "\\)"))
    stdin = b""
    if "<" in words:
        at = words.index("<")
        with open(p.path(words[at + 1]), "rb") as file:
            stdin = file.read()
        del words[at:at + 2]
    assert words[0] == "scorelet", line
    words = [p.path(word) if re.search(r"\.(pmml|csv|ndjson)$|^reports$", word) else word for word in words[1:]]
    if "--events" in words and not p.has_threads:  # as WASI, which has no queue of files
        holds(p.run(*words, stdin=stdin, code=FILES)[1], "this build keeps no events")
    else:
        p.run(*words, stdin=stdin, code=SUCCESS)


def examples_in(text):
    """Lines that begin with the program's name, after blanks or a prompt."""
    return re.findall(r"^(?:\$ | *)(scorelet (?:score|inspect|verify) [a-z].*)$", text, re.MULTILINE)


def test_examples_of_help(p):
    found = [line for command in ("score", "inspect", "verify") for line in examples_in(p.run("help", command)[0])]
    found += examples_in(p.run("help")[0])
    assert len(found) >= 5, found
    for line in found:
        run_example(p, line)


def test_examples_of_the_manual_page(p):
    with open(os.path.join(ROOT, "tools/cli/scorelet.1"), encoding="utf-8") as file:
        found = examples_in(file.read().replace("\\-", "-"))
    assert len(found) >= 5, found
    for line in found:
        run_example(p, line)


def test_examples_of_the_readme(p):
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        found = examples_in(file.read())
    assert len(found) >= 4, found
    for line in found:
        run_example(p, line)


def test_rows_of_the_output_contract(p):
    """What docs/output-contract.md shows below `$ scorelet ...` is what the program prints; "..." stands for more."""
    with open(os.path.join(ROOT, "docs/output-contract.md"), encoding="utf-8") as file:
        blocks = re.findall(r"```console\n\$ scorelet (.*?)\n(.*?)```", file.read(), re.DOTALL)
    assert blocks
    files = {"loan.pmml": LOAN, "line.pmml": LINE, "customers.csv": p.file("customers.csv", CUSTOMERS + "c,-5,0,own\n"),
             "customers.ndjson": p.file("customers.ndjson", CUSTOMERS_JSON)}
    for command, expected in blocks:
        words = [files.get(word, word) for word in shlex.split(command)]
        actual = p.run(*words)[0].splitlines()
        for shown, line in zip(expected.splitlines(), actual, strict=True):
            start, dots, _ = shown.partition("...")
            same(line[:len(start)] if dots else line, start)


def test_a_compiled_model_answers_like_its_document(p):
    p.run("compile", LOAN, "-o", p.path("loan.scorelet"))
    customers = p.file("customers.csv", CUSTOMERS)
    for flags in ([], ["--details", "--all-outputs", "--output-format=ndjson"]):
        same(p.score(p.path("loan.scorelet"), customers, *flags), p.score(LOAN, customers, *flags))


def test_a_compiled_model_says_its_origin(p):
    _, err = p.run("compile", LOAN, "-o", p.path("loan.scorelet"))
    with open(LOAN, "rb") as file:
        document = file.read()
    same(err, f"scorelet: {len(document)} bytes became {os.path.getsize(p.path('loan.scorelet'))}\n")
    described = json.loads(p.run("inspect", "--json", p.path("loan.scorelet"))[0])
    assert described["info"]["documentSha256"] == hashlib.sha256(document).hexdigest(), described["info"]
    text = p.run("inspect", p.path("loan.scorelet"))[0]
    assert hashlib.sha256(document).hexdigest() in text, text


def test_what_cannot_be_scored_is_not_compiled(p):
    faulty = p.file("faulty.pmml", '<PMML version="4.4"><Header/><DataDictionary/><TreeModel functionName="regression"/></PMML>')
    _, err = p.run("compile", faulty, "-o", p.path("out.scorelet"), code=MODEL)
    assert "TreeModel" in err, err
    assert not os.path.exists(p.path("out.scorelet"))
    p.run("compile", LOAN, "-q", "-o", p.path("loan.scorelet"))
    _, err = p.run("compile", p.path("loan.scorelet"), "-o", p.path("twice.scorelet"), code=MODEL)
    assert "compiled already" in err, err
    p.run("compile", LOAN, code=USAGE)


def test_a_damaged_compiled_model_is_refused(p):
    p.run("compile", LOAN, "-q", "-o", p.path("loan.scorelet"))
    with open(p.path("loan.scorelet"), "rb") as file:
        good = file.read()
    for bad in (good[:-1], good[:70], good[:100] + b"?" + good[101:]):
        _, err = p.run("inspect", p.file("bad.scorelet", bad), code=MODEL)
        assert "damaged" in err, err
