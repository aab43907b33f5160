#!/usr/bin/env python3
"""Values by the specification for the columns that disputed.json replaces.

GeneralRegressionAudit and -Iris are binomial models with the logit link: P(1) = 1 / (1 + exp(-eta)), eta the sum of
beta * x over the PCells, x the product of the parameter's PPCells. The published Probability_1 is P / (P + 1/2), which
this program asserts of every row, so the argument in disputed.json is more than a claim.

usage: derive.py   (reads ../shared/corpus next to the project)
"""
import csv
import math
import pathlib
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parents[3] / "shared" / "corpus" / "jpmml" / "rattle"


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def all_of(root, name):
    return [e for e in root.iter() if local(e) == name]


def probability(root, record):
    factors = {p.get("name") for f in all_of(root, "FactorList") for p in all_of(f, "Predictor")}
    eta = 0.0
    for cell in all_of(root, "PCell"):
        x = 1.0
        for part in all_of(root, "PPCell"):
            if part.get("parameterName") != cell.get("parameterName"):
                continue
            value = record[part.get("predictorName")]
            x *= (value == part.get("value")) if part.get("predictorName") in factors else float(value)**float(
                part.get("value"))
        eta += float(cell.get("beta")) * x
    return 1 / (1 + math.exp(-eta))


for name, table in (("GeneralRegressionAudit", "Audit"), ("GeneralRegressionIris", "Iris")):
    root = ElementTree.parse(CORPUS / f"{name}.pmml").getroot()
    with open(CORPUS / "csv" / f"{table}.csv", newline="") as stream:
        records = list(csv.DictReader(stream))
    with open(CORPUS / "csv" / f"{name}.csv", newline="") as stream:
        published = [float(row["Probability_1"]) for row in csv.DictReader(stream)]
    assert len(records) == len(published)
    with open(HERE / f"{name}.csv", "w") as out:
        out.write("Probability_1\n")
        for record, old in zip(records, published):
            p = probability(root, record)
            assert abs(p / (p + 0.5) - old) < 1e-9, (record, p, old)
            out.write(f"{p!r}\n")
