#!/usr/bin/env python3
"""Data dictionary, mining schema and the document around a model: expected values written out by hand."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from writing import Folder, element as e, lines

folder = Folder(__file__, "DataDictionary", layout=lines)


def head(version):
    return f'<PMML xmlns="http://www.dmg.org/PMML-4_4" version="{version}">' + e("Header")


def document(fields, mining, outputs, table=None, space="http://www.dmg.org/PMML-4_4", version="4.4", attributes=None):
    outputs = "".join(e("OutputField", e("FieldRef", field=name), name=name + "_out", optype=optype, dataType=type, feature="transformedValue")
                      for name, type, optype in outputs)
    return (f'<PMML xmlns="{space}" version="{version}">' + e("Header") + e("DataDictionary", *fields)
            + e("RegressionModel", e("MiningSchema", *mining), e("Output", outputs) if outputs else "",
                table or e("RegressionTable", intercept=0), functionName="regression", **(attributes or {})) + "</PMML>")


def field(name, *content, type="double", optype="continuous", **more):
    return e("DataField", *content, name=name, optype=optype, dataType=type, **more)


x = ("x", "double", "continuous")

# --- values and intervals ---
folder.case("listed_values",
            document([field("c", e("Value", value="low"), e("Value", value="high"), e("Value", value="?", property="missing"),
                            e("Value", value="error", property="invalid"), type="string", optype="ordinal"),
                      field("x", e("Interval", closure="openOpen", leftMargin=0, rightMargin=10), x__mapMissingTo="-1")],
                     [e("MiningField", name="c", optype="ordinal", invalidValueTreatment="asMissing"),
                      e("MiningField", name="x", invalidValueTreatment="asMissing", outliers="asIs")],
                     [("c", "string", "ordinal"), x]),
            [{"c": "low", "x": 5}, {"c": "?", "x": 0}, {"c": "error", "x": 10}, {"c": "middle", "x": 9.999}, {"c": "high", "x": None}],
            [{"c_out": "low", "x_out": 5}, {"c_out": None, "x_out": None}, {"c_out": None, "x_out": None},
             {"c_out": None, "x_out": 9.999}, {"c_out": "high", "x_out": None}],
            "a value with the property invalid, one that is not listed, and a bound of an open interval are invalid, here treated as missing; a vendor's attribute that is not PMML's changes nothing")

# --- treatments ---
folder.case("return_invalid",
            document([field("x", e("Interval", closure="closedClosed", leftMargin=0, rightMargin=10)), field("y")],
                     [e("MiningField", name="x", invalidValueTreatment="returnInvalid"),
                      e("MiningField", name="y", missingValueTreatment="returnInvalid")], [],
                     e("RegressionTable", e("NumericPredictor", name="x", coefficient=1), e("NumericPredictor", name="y", coefficient=2), intercept=1)),
            [{"x": 1, "y": 2}, {"x": 11, "y": 2}, {"x": 1, "y": None}, {"x": None, "y": 1}],
            [{"@predictedValue": 6}, "invalid", "invalid", {"@predictedValue": None}],
            "1 + x + 2 y; a value outside of its interval and a missing y make the record invalid, a missing x the prediction missing")

weights = [e("MiningField", name="x"), e("MiningField", name="n", usageType="frequencyWeight"), e("MiningField", name="w", usageType="analysisWeight"),
           e("MiningField", name="note", usageType="supplementary")]
folder.case("weights_of_training",
            document([field("x"), field("n", type="integer"), field("w"), field("note", type="string", optype="categorical")], weights, [x],
                     e("RegressionTable", e("NumericPredictor", name="x", coefficient=3), intercept=0)),
            [{"x": 2, "n": 5, "w": 0.1, "note": "any"}, {"x": 2}],
            [{"@predictedValue": 6, "x_out": 2}, {"@predictedValue": 6, "x_out": 2}],
            "weights of training records and supplementary fields do not change a score")


def univariate(name, *content):
    return e("UnivariateStats", *content, field=name)


def interval(left, right, closure="closedOpen"):
    return e("Interval", closure=closure, leftMargin=left, rightMargin=right)


statistics = e("ModelStats",
               univariate("x", e("Counts", totalFreq=10, missingFreq=1, invalidFreq=0),
                          e("NumericInfo", e("Quantile", quantileLimit=25, quantileValue=1), e("Quantile", quantileLimit=75, quantileValue=3),
                            minimum=0, maximum=4, mean=2, standardDeviation=1, median=2),
                          e("ContStats", interval(0, 2), interval(2, 4, "closedClosed"), e("Array", "4 5", type="int", n=2))),
               univariate("c", e("DiscrStats", e("Array", 'a "b c"', type="string", n=2), e("Array", "7 3", type="int", n=2), modalValue="a")),
               # What cannot be is no reason to refuse a model.
               univariate("z", e("Counts", totalFreq=-1), e("NumericInfo", minimum=5, maximum="many", mean="NaN", standardDeviation=-2),
                          e("DiscrStats", e("Array", "1 2 3", type="int", n=5)), e("ContStats", interval(2, 1), e("Array", "1 x", type="int"))))
folder.case("statistics_of_training",
            document([field("x"), field("c", type="string", optype="categorical"), field("z")], [e("MiningField", name=name) for name in "xcz"],
                     [x], statistics + e("RegressionTable", e("NumericPredictor", name="x", coefficient=3), intercept=0)),
            [{"x": 2, "c": "a", "z": 1}, {"x": 99}],
            [{"@predictedValue": 6, "x_out": 2}, {"@predictedValue": 297, "x_out": 99}],
            "3 x; statistics of the training data change no score, nor do wrong ones")

# --- namespaces and versions ---
table = e("RegressionTable", e("NumericPredictor", name="x", coefficient=3), intercept=0.5)
for space, version in (("http://www.dmg.org/PMML-3_0", "3.0"), ("https://www.dmg.org/PMML-3_2", "3.2"), ("http://www.dmg.org/PMML-4_0", "4.0"),
                       ("http://www.dmg.org/PMML-4_1", "4.1"), ("http://www.dmg.org/PMML-4_2", "4.2"), ("http://www.dmg.org/PMML-4_3", "4.3"),
                       ("https://www.dmg.org/PMML-4_4", "4.4.1")):
    folder.case("version_" + version.replace(".", "_"),
                document([field("x")], [e("MiningField", name="x")], [x], table, space, version),
                [{"x": 2}], [{"@predictedValue": 6.5, "x_out": 2}], "3 x + 0.5, whatever the version of the document")

# --- several models in one document: the first that is scorable is scored ---
model = document([field("x")], [e("MiningField", name="x")], [], table)
unscorable = model.replace("<RegressionModel ", '<RegressionModel isScorable="false" modelName="draft" ').replace('coefficient="3"', 'coefficient="4"')
both = unscorable.replace("</PMML>", "<RegressionModel modelName=\"final\" " + model.split("<RegressionModel ")[1])
folder.case("several_models", both, [{"x": 2}], [{"@predictedValue": 6.5}], "the draft says that it cannot be scored, so the next model is the document's")

# --- a target of binary32 that is rounded to an integer ---
floats = (head("4.4") + e("DataDictionary", field("x"), field("y", type="float"))
          + e("RegressionModel", e("MiningSchema", e("MiningField", name="x"), e("MiningField", name="y", usageType="target")),
              e("Targets", e("Target", field="y", castInteger="round")),
              e("RegressionTable", e("NumericPredictor", name="x", coefficient=1), intercept=0), functionName="regression") + "</PMML>")
folder.case("float_target_cast_to_integer", floats, [{"x": 267723451}, {"x": 2.5}], [{"y": 267723456}, {"y": 3}],
            "267723451 lies between the binary32 numbers 267723440 and 267723456; halves go up", tolerance=0)

# --- a choice among forecasts ---
forecast = e("TimeSeriesModel", e("MiningSchema", e("MiningField", name="x"), e("MiningField", name="y", usageType="target")),
             e("ExponentialSmoothing", e("Level", alpha="0.3", smoothedValue="100"), e("Trend_ExpoSmooth", trend="additive", gamma="0.1", smoothedValue="2.5")),
             functionName="timeSeries", bestFit="ExponentialSmoothing")
segments = e("Segmentation", e("Segment", e("SimplePredicate", field="x", operator="greaterThan", value="0"), forecast, id="rising"),
             e("Segment", e("True"), forecast.replace('smoothedValue="2.5"', 'smoothedValue="-1"'), id="falling"), multipleModelMethod="selectFirst")
folder.case("choice_of_forecasts",
            head("4.4") + e("DataDictionary", field("x", isCyclic="0"), field("y"))
            + e("MiningModel", e("MiningSchema", e("MiningField", name="x"), e("MiningField", name="y", usageType="target")), segments, functionName="timeSeries")
            + "</PMML>",
            [{"x": 1}, {"x": -1}], [{"y": [102.5]}, {"y": [99]}], "level plus one step of the trend of the segment that is chosen")

folder.write()
