"""The examples of help, manual page and documents, run as they stand."""

import os
import re
import shlex

from program import BASKETS, LINE, LOAN, ROOT, SUCCESS, same

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
    words = [p.path(word) if re.search(r"\.(pmml|csv|ndjson)$", word) else word for word in words[1:]]
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
