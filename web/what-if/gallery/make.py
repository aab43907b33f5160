#!/usr/bin/env python3
"""Makes the gallery: models of tests/data with names, labels, words for codes, and the ranges of their data.

Nothing that is scored changes: added ranges and values come with invalidValueTreatment="asIs". Writes the documents to
../public/gallery and what is known of them to gallery.json; test/gallery.test.mjs holds them against the libraries'
predictions. The words of the page about them are in its catalogues (src/texts.*.ts).
"""
import csv
import json
import pathlib
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parents[2] / "tests/data"
PMML = "{http://www.dmg.org/PMML-4_4}"
ET.register_namespace("", PMML[1:-1])
ET.register_namespace("data", "http://jpmml.org/jpmml-model/InlineTable")

YES_NO = {"0": "no", "1": "yes"}
HOME = {"MORTGAGE": "with mortgage", "OTHER": "other", "OWN": "owned", "RENT": "rented"}
PURPOSE = {"debt_consolidation": "debt consolidation", "home": "home improvement"}
CREDIT = {"age": "Age (years)", "income": "Yearly income (EUR)", "emp_years": "Years in present employment",
          "delinq_2y": "Late payments in two years", "utilization": "Credit lines in use (%)",
          "amount": "Amount of the loan (EUR)", "home": "Housing", "purpose": "Purpose of the loan",
          "grade": "Credit grade", "default": "Default"}

# Lowest and highest value in the data that the models learned from.
RANGES = {"age": (19, 77), "income": (4587, 308333), "emp_years": (0, 37), "delinq_2y": (0, 4), "utilization": (0, 107),
          "amount": (565, 39989), "Sepal.Length": (4.3, 7.9), "Sepal.Width": (2, 4.4), "Petal.Length": (1, 6.9),
          "Petal.Width": (0.1, 2.5), "Age": (1, 206), "Number": (2, 10), "Start": (1, 18), "sex": (1, 2),
          "bmi": (18, 42.2), "bp": (62, 133), "s1": (97, 301), "s2": (41.6, 242.4), "s3": (22, 99), "s4": (2, 9.09),
          "s5": (3.26, 6.11), "s6": (58, 124), "diabetes age": (19, 79)}

CASES = 100

# Tables of cases whose outcome is known, for the view of many cases: where from, and their name.
OUTCOMES = {"credit": ("demo/outcomes.csv", "applications.csv")}

# id: source, name of the model, labels of its fields, words for its codes, what made it, where the data comes from
MODELS = {
    "credit": ("demo", "Loan default", {}, {}, "LightGBM 4.7.0", "synthetic"),
    "claims": ("models/a06_glm_poisson", "Motor claims", {
        "claim_count": "Claims a year", "driver_age": "Age of the driver", "vehicle_age": "Age of the car (years)",
        "bonus_malus": "Bonus-malus level", "power": "Engine power (class)", "density": "People per km²",
        "region": "Region", "brand": "Make", "fuel": "Fuel"}, {}, "scikit-learn 1.7.2", "synthetic"),
    "arrears": ("models/a18_xgb_binary_missing", "Loan default, gaps allowed", CREDIT, {"default": YES_NO},
                "XGBoost 3.2.0", "synthetic"),
    "formula": ("models/a04_logit_credit", "Loan default, formula", CREDIT,
                {"default": YES_NO, "home": HOME, "purpose": PURPOSE}, "scikit-learn 1.7.2", "synthetic"),
    "points": ("models/a79_scorecard_points_below", "Credit points", CREDIT | {
        "score": "Credit points", "reason1": "First reason", "reason2": "Second reason", "reason3": "Third reason"},
        {"home": HOME}, "scikit-learn 1.7.2", "synthetic"),
    "iris": ("models/a65_r_randomforest", "Iris species", {
        "Species": "Species", "Sepal.Length": "Sepal length (cm)", "Sepal.Width": "Sepal width (cm)",
        "Petal.Length": "Petal length (cm)", "Petal.Width": "Petal width (cm)"}, {}, "R randomForest 4.7", "iris"),
    "diabetes": ("models/a38_mlp_tanh_reg", "Diabetes progression", {
        "progression": "Progression after a year", "age": "Age (years)", "sex": "Sex (1 or 2)",
        "bmi": "Body mass index", "bp": "Mean blood pressure", "s1": "Total cholesterol", "s2": "LDL", "s3": "HDL",
        "s4": "Total cholesterol to HDL", "s5": "Log of triglycerides", "s6": "Blood sugar"}, {},
        "scikit-learn 1.7.2", "diabetes"),
    "kyphosis": ("models/a64_r_rpart_surrogates", "Kyphosis after surgery", {
        "Kyphosis": "Kyphosis", "Age": "Age (months)", "Number": "Vertebrae involved", "Start": "First vertebra operated on"},
        {}, "R rpart 4.1", "kyphosis"),
    "bayes": ("models/a36_categorical_nb", "Default by background", CREDIT,
              {"default": YES_NO, "home": HOME, "purpose": PURPOSE}, "scikit-learn 1.7.2", "synthetic"),
    "rules": ("models/a51_ruleset", "Application rules", CREDIT | {"decision": "Decision"}, {"home": HOME},
              "sklearn2pmml 0.133.1", "synthetic"),
    "reviews": ("models/a50_tfidf_text", "Mood of a review", {"sentiment": "Mood", "review": "Review"}, {},
                "scikit-learn 1.7.2", "synthetic"),
    "leak": ("models/a74_bayes_net_discrete", "Leak in a basement", {
        "leak": "Leak", "season": "Season", "pump": "Pump runs", "alarm": "Alarm", "visit": "Visit of the caretaker"},
        {}, "", "synthetic"),
    "sunspots": ("models/a78_arma_20_sunspots", "Sunspots a year", {
        "value": "Sunspots", "forecast": "Forecast", "h": "Years ahead"}, {}, "statsmodels 0.15.0", "sunspots"),
}


def known(model: str, field: ET.Element, column: list[str], asked: ET.Element) -> None:
    """Gives a field without a range or values those of its data; what else it is given is still taken as it is."""
    if field.find(f"{PMML}Interval") is not None or field.findall(f"{PMML}Value[@value!='NaN']"):
        return
    if field.get("optype") != "continuous":
        for value in sorted({cell for cell in column if cell}):
            ET.SubElement(field, f"{PMML}Value", {"value": value})
    else:
        key = field.get("name")
        low, high = RANGES.get(f"{model} {key}") or RANGES[key]
        field.insert(0, ET.Element(f"{PMML}Interval", {
            "closure": "closedClosed", "leftMargin": str(low), "rightMargin": str(high)}))
    asked.attrib.setdefault("invalidValueTreatment", "asIs")


def usual(row: dict[str, str], root: ET.Element) -> bool:
    """Whether every number lies in the range that its field declares."""
    for field in root.iter(f"{PMML}DataField"):
        cell = row.get(field.get("name"))
        ends = [(float(i.get("leftMargin", "-inf")), float(i.get("rightMargin", "inf"))) for i in field.findall(f"{PMML}Interval")]
        if cell and ends and not any(low <= float(cell) <= high for low, high in ends):
            return False
    return True


def keep(name: str, rows: list[dict[str, str]], root: ET.Element, asked: dict[str, ET.Element]) -> int:
    """Keeps up to a hundred usual cases beside a model, evenly chosen, for explanations to compare with."""
    if name == "sunspots":
        return 0
    rows = [row for row in rows if usual(row, root)]
    step = max(1, len(rows) / CASES)
    kept = [rows[int(i * step)] for i in range(min(CASES, len(rows)))]
    with open(HERE.parent / "public/gallery" / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [key for key in rows[0] if key in asked], extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(kept)
    return len(kept)


def outcomes(name: str) -> dict[str, object] | None:
    """Copies the table whose outcomes are known, if there is one."""
    if name not in OUTCOMES:
        return None
    source, copy = OUTCOMES[name]
    text = (DATA / source).read_text(encoding="utf-8")
    (HERE.parent / "public/gallery" / copy).write_text(text, encoding="utf-8")
    return {"file": copy, "cases": text.count("\n") - 1}


def make(name: str) -> dict[str, object]:
    source, title, labels, words, made_by, data = MODELS[name]
    tree = ET.parse(DATA / source / "model.pmml")
    root = tree.getroot()
    model = next(e for e in root if e.find(f"{PMML}MiningSchema") is not None)
    model.set("modelName", title)
    header = root.find(f"{PMML}Header")
    header.attrib.pop("description", None)
    with open(DATA / source / "input.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    asked = {e.get("name"): e for e in model.find(f"{PMML}MiningSchema").findall(f"{PMML}MiningField")}
    for field in root.iter(f"{PMML}DataField"):
        key = field.get("name")
        if key in labels:
            field.set("displayName", labels[key])
        if rows and key in rows[0] and name not in ("reviews", "sunspots"):
            known(name, field, [row[key] for row in rows], asked[key])
        for value in field.findall(f"{PMML}Value"):
            if value.get("value") in words.get(key, {}):
                value.set("displayValue", words[key][value.get("value")])
    for output in model.iter(f"{PMML}OutputField"):
        if output.get("name") in labels:
            output.set("displayName", labels[output.get("name")])
    for part in model.iter(f"{PMML}Characteristic"):
        part.set("reasonCode", labels[part.get("reasonCode").removeprefix("RC_")])
    cases = keep(name, rows, root, asked)
    file = HERE.parent / "public/gallery" / f"{name}.pmml"
    ET.indent(tree, "\t")
    tree.write(file, encoding="UTF-8", xml_declaration=True)
    return {"id": name, "model": model.tag.removeprefix(PMML), "source": source, "bytes": file.stat().st_size,
            "madeBy": made_by, "data": data, "cases": cases, "outcomes": outcomes(name),
            "asks": {key for key, field in asked.items() if field.get("usageType", "active") == "active"}}


def beside(name: str, fields: dict[str, set[str]]) -> list[str]:
    """The models that ask for at least a third of its fields, the most alike first: to compare it with."""
    shared = {other: len(fields[name] & fields[other]) for other in fields if other != name}
    return sorted((other for other in shared if 3 * shared[other] >= len(fields[name]) > 0), key=lambda other: -shared[other])


def main() -> None:
    made = {name: make(name) for name in MODELS}
    asked = {name: made[name].pop("asks") for name in MODELS}
    entries = ",\n".join("  " + json.dumps(made[name] | {"beside": beside(name, asked)}) for name in MODELS)
    (HERE / "gallery.json").write_text(f"[\n{entries}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
