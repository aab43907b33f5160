#!/usr/bin/env python3
"""Makes the demonstration case: a gradient-boosted credit model with its data preparation inside.

Writes model.pmml, input.csv and expected.csv beside this file. Everything is synthesised from a fixed seed; expected
values are LightGBM's own predictions, taken through the fitted Python pipeline. Needs Java and
    pip install scikit-learn==1.7.2 lightgbm==4.7.0 sklearn2pmml==0.133.1 pandas
"""
import pathlib
from xml.sax.saxutils import quoteattr

import numpy as np
import pandas as pd
from lightgbm import LGBMClassifier
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder
from sklearn2pmml import sklearn2pmml
from sklearn2pmml.decoration import Alias, CategoricalDomain, ContinuousDomain
from sklearn2pmml.pipeline import PMMLPipeline
from sklearn2pmml.preprocessing import CutTransformer, ExpressionTransformer

from applicants import applicants

HERE = pathlib.Path(__file__).resolve().parent
NUMBERS = ["age", "income", "employment_years", "loan_amount", "term_months", "savings", "credit_utilization",
           "late_payments"]
RANGES = {"age": (16, 120), "income": (0, 10_000_000), "employment_years": (0, 70), "loan_amount": (100, 500_000),
          "term_months": (1, 360), "savings": (0, 50_000_000), "credit_utilization": (0, 1000),
          "late_payments": (0, 100)}
LABELS = {"age": "Age (years)", "income": "Yearly income (EUR)", "employment_years": "Years in present employment",
          "loan_amount": "Amount of the loan (EUR)", "term_months": "Term (months)", "savings": "Savings (EUR)",
          "credit_utilization": "Credit lines in use (%)", "late_payments": "Late payments in two years",
          "employment": "Employment", "home": "Housing", "purpose": "Purpose of the loan"}
TEXTS = ["employment", "home", "purpose"]


def disturb(frame, random, share):
    """Blanks a share of the cells and puts values nobody has seen in some of the others."""
    frame = frame.copy()
    for name in frame.columns:
        frame.loc[random.random(len(frame)) < share, name] = None
    for name, value in [("employment", "gig worker"), ("home", "houseboat"), ("purpose", "wedding")]:
        frame.loc[random.random(len(frame)) < 0.02, name] = value
    frame.loc[random.random(len(frame)) < 0.01, "income"] = 2_500_000.0
    frame.loc[random.random(len(frame)) < 0.01, "credit_utilization"] = 310.0
    frame.loc[random.random(len(frame)) < 0.01, "age"] = 17.0
    frame.loc[random.random(len(frame)) < 0.01, "age"] = 199.0
    return frame


def number(name, replacement, **options):
    low, high = RANGES[name]  # what may be entered, not what the training sample happened to span
    return ContinuousDomain(data_min=[float(low)], data_max=[float(high)], display_name=LABELS[name],
                            missing_value_treatment="as_median",
                            missing_value_replacement=replacement, invalid_value_treatment="as_missing", **options)


def category(name, replacement):
    return CategoricalDomain(missing_value_treatment="as_value", missing_value_replacement=replacement,
                             invalid_value_treatment="as_missing", display_name=LABELS[name])


def one_hot():
    return OneHotEncoder(handle_unknown="ignore", sparse_output=False)


def pipeline(medians):
    extremes = {"outlier_treatment": "as_extreme_values"}
    domains = {
        "age": number("age", medians["age"], low_value=18.0, high_value=90.0, **extremes),
        "income": number("income", medians["income"], low_value=3000.0, high_value=400000.0, **extremes),
        "employment_years": number("employment_years", medians["employment_years"]),
        "loan_amount": number("loan_amount", medians["loan_amount"]),
        "term_months": number("term_months", medians["term_months"]),
        "savings": number("savings", medians["savings"]),
        "credit_utilization": number("credit_utilization", medians["credit_utilization"],
                                     low_value=0.0, high_value=150.0, outlier_treatment="as_missing_values"),
        "late_payments": number("late_payments", 0.0),
    }
    for name, replacement in [("employment", "permanent"), ("home", "rent"), ("purpose", "car")]:
        domains[name] = category(name, replacement)
    treat = ColumnTransformer([(name, domain, [name]) for name, domain in domains.items()],
                              verbose_feature_names_out=False).set_output(transform="pandas")
    age_bands = CutTransformer(bins=[0, 25, 35, 50, 65, 120], labels=["18-25", "26-35", "36-50", "51-65", "66+"])
    derive = ColumnTransformer([
        ("numbers", "passthrough", NUMBERS),
        ("payment", Alias(ExpressionTransformer("X[0] / X[1]"), "monthly_payment"), ["loan_amount", "term_months"]),
        ("burden", Alias(ExpressionTransformer("(X[0] / X[1]) / (X[2] / 12)"), "payment_to_income"),
         ["loan_amount", "term_months", "income"]),
        ("savings", Alias(FunctionTransformer(np.log1p), "log_savings"), ["savings"]),
        ("career", Alias(ExpressionTransformer("X[0] / (X[1] - 17) if X[1] > 17 else 0.0"), "career_share"),
         ["employment_years", "age"]),
        ("age_bands", make_pipeline(age_bands, one_hot()), ["age"]),
        ("texts", one_hot(), TEXTS)])
    booster = LGBMClassifier(n_estimators=150, num_leaves=15, learning_rate=0.06, min_child_samples=30,
                             subsample=0.8, subsample_freq=1, colsample_bytree=0.8, random_state=7, n_jobs=1,
                             verbose=-1)
    risk = ExpressionTransformer("'low' if X[1] < 0.10 else ('medium' if X[1] < 0.30 else 'high')")
    return PMMLPipeline([("treat", treat), ("derive", derive), ("booster", booster)],
                        predict_proba_transformer=Alias(risk, "risk_class", prefit=True))


def array(kind, items):
    texts = [f'"{item}"' if kind == "string" else f"{item}" for item in items]
    return f'<Array type="{kind}" n="{len(texts)}">{" ".join(texts)}</Array>'


def histogram(values):
    """One interval a value if there are few, else fifty ranges that hold the same number of records."""
    different, counts = np.unique(values, return_counts=True)
    if len(different) <= 100:
        intervals = [("closedClosed", value, value) for value in different]
    else:
        edges = np.unique(np.quantile(values, np.linspace(0, 1, 51), method="inverted_cdf"))
        counts, _ = np.histogram(values, edges)
        intervals = [("closedOpen", *pair) for pair in zip(edges, edges[1:])]
        intervals[-1] = ("closedClosed", *intervals[-1][1:])
    return ["<ContStats>", *(f'\t<Interval closure="{closure}" leftMargin="{left}" rightMargin="{right}"/>'
                             for closure, left, right in intervals), "\t" + array("int", counts), "</ContStats>"]


def univariate(values):
    lines = [f'<Counts totalFreq="{len(values)}" missingFreq="0" invalidFreq="0" cardinality="{values.nunique()}"/>']
    if values.name not in NUMBERS:
        frequencies = values.value_counts()
        return [*lines, f"<DiscrStats modalValue={quoteattr(frequencies.index[0])}>",
                "\t" + array("string", frequencies.index), "\t" + array("int", frequencies), "</DiscrStats>"]
    low, high = values.quantile(0.25), values.quantile(0.75)
    numbers = {"minimum": values.min(), "maximum": values.max(), "mean": values.mean(),
               "standardDeviation": values.std(), "median": values.median(), "interQuartileRange": high - low}
    quantiles = [f'\t<Quantile quantileLimit="{limit}" quantileValue="{values.quantile(limit / 100):.12g}"/>'
                 for limit in (1, 5, 25, 75, 95, 99)]
    return [*lines, "<NumericInfo " + " ".join(f'{name}="{x:.12g}"' for name, x in numbers.items()) + ">", *quantiles,
            "</NumericInfo>", *histogram(values)]


def add_statistics(path, train, defaulted):
    """Writes what the training data looks like into the model itself: no prediction depends on it."""
    lines = ["<ModelStats>"]
    for values in [*(train[name] for name in train), pd.Series(defaulted, name="default")]:
        lines += [f'\t<UnivariateStats field="{values.name}">', *("\t\t" + line for line in univariate(values)),
                  "\t</UnivariateStats>"]
    schema, end, rest = path.read_text().partition("\n\t\t</MiningSchema>\n")
    path.write_text(schema + end + "".join(f"\t\t{line}\n" for line in [*lines, "</ModelStats>"]) + rest)


def main():
    random = np.random.default_rng(20260)
    train, defaulted = applicants(9000, random)
    model = pipeline(train[NUMBERS].median())
    model.fit(train, pd.Series(defaulted, name="default"))
    model.verify(train.sample(20, random_state=3), precision=1e-10, zeroThreshold=1e-12)
    sklearn2pmml(model, str(HERE / "model.pmml"), with_repr=False)
    add_statistics(HERE / "model.pmml", train, defaulted)

    rows, _ = applicants(1500, random)
    rows = disturb(rows, random, 0.04)
    rows.to_csv(HERE / "input.csv", index=False)
    rows = pd.read_csv(HERE / "input.csv", dtype=dict.fromkeys(TEXTS, object))
    probability = model.predict_proba(rows)
    expected = pd.DataFrame({"default": model.predict(rows), "probability(no)": probability[:, 0],
                             "probability(yes)": probability[:, 1]})
    expected["risk_class"] = np.select([probability[:, 1] < 0.10, probability[:, 1] < 0.30], ["low", "medium"], "high")
    expected.to_csv(HERE / "expected.csv", index=False)


if __name__ == "__main__":
    main()
