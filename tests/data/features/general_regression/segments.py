"""General regressions inside other models."""
import math

import scipy.stats

from model import case, document, general_regression
from writing import class_outputs, element as e, field, output, probabilities, schema, text_field


def segments():
    """A chain whose second model reads the first one's output, and a choice with an interval of one segment."""
    fields = [field("x"), text_field("kind", ["one", "two"]), field("y")]
    inner = general_regression(schema(["x"], ["first"]), ["a", "b"], [("b", "x", 1)], [("a", 0.5), ("b", 0.3)],
                               (), ["x"], [output("eta")],
                               functionName="regression",
                               modelType="generalizedLinear",
                               linkFunction="log")
    outer = general_regression(schema(["eta"], ["y"]), ["c"], [("c", "eta", 2)], [("c", 2)], (), ["eta"],
                               functionName="regression",
                               modelType="regression")
    chain = e("MiningModel", [
        schema(["x"], ["y"]),
        e("Segmentation", [e("Segment", [e("True"), inner], id="1"),
                           e("Segment", [e("True"), outer], id="2")],
          multipleModelMethod="modelChain")
    ],
              functionName="regression")
    case("chain", document(fields, chain), [{"x": 1}, {"x": -2}, {"x": None}],
         [{"y": 2 * math.exp(0.8)**2}, {"y": 2 * math.exp(-0.1)**2}, {"y": None}], "2 exp(0.5 + 0.3 x)^2")

    more = [e("PCovMatrix", [e("PCovCell", pRow="b", pCol="b", value="0.25")])]

    def segment(kind, beta, link):
        model = general_regression(schema(["x", "kind"], ["y"]), ["b"], [("b", "x", 1)], [("b", beta)], (), ["x"],
                                   (),
                                   more,
                                   functionName="regression",
                                   modelType="generalizedLinear",
                                   linkFunction=link)
        return e("Segment", [e("SimplePredicate", field="kind", operator="equal", value=kind), model], id=kind)

    outputs = []
    for kind in ("one", "two"):
        for name, feature in (("se", "standardError"), ("low", "confidenceIntervalLower")):
            outputs.append(output(f"{name}_{kind}", feature, segmentId=kind))
    choice = e("MiningModel", [
        schema(["x", "kind"], ["y"]),
        e("Output", outputs),
        e("Segmentation",
          [segment("one", 0.5, "identity"), segment("two", -0.25, "log")],
          multipleModelMethod="selectFirst")
    ],
               functionName="regression")
    q = float(scipy.stats.norm.ppf(0.975))
    case("choice_of_segments", document(fields, choice),
         [{"x": 2, "kind": "one"}, {"x": 2, "kind": "two"}, {"x": 2, "kind": None}],
         [{"y": 1.0, "se_one": 1.0, "low_one": 1 - q, "se_two": None, "low_two": None}, {
             "y": math.exp(-0.5), "se_one": None, "low_one": None, "se_two": math.exp(-0.5), "low_two":
             math.exp(-0.5 - q)
         }, {"y": None, "se_one": None, "low_one": None, "se_two": None, "low_two": None}],
         "error and interval of the segment that answers, missing of the others")

    average = [
        general_regression(schema(["x"], ["y"]), ["b"], [("b", "x", 1)], [("b", b, "yes")], (), ["x"],
                           functionName="classification",
                           modelType="generalizedLinear",
                           linkFunction=link) for b, link in ((1, "logit"), (0.5, "probit"))
    ]
    fields = [field("x"), text_field("y", ["no", "yes"])]
    mixed = e("MiningModel", [
        schema(["x"], ["y"]),
        e("Output", class_outputs(["no", "yes"])),
        e("Segmentation", [e("Segment", [e("True"), m]) for m in average], multipleModelMethod="average")
    ],
              functionName="classification")
    expected = []
    for x in (1, -0.5):
        p = (1 / (1 + math.exp(-x)) + float(scipy.stats.norm.cdf(0.5 * x))) / 2
        expected.append([1 - p, p])
    case("average_of_segments", document(fields, mixed), [{"x": 1}, {"x": -0.5}],
         probabilities(["no", "yes"], expected), "mean of the two models' probabilities")

    verification = e("ModelVerification", [
        e("VerificationFields",
          [e("VerificationField", field="x"),
           e("VerificationField", field="y", precision="1e-12")]),
        e("InlineTable", [e("row", [e("x", "2"), e("y", repr(math.exp(1)))])])
    ],
                     recordCount="1",
                     fieldCount="2")
    verified = general_regression(schema(["x"], ["y"]), ["b"], [("b", "x", 1)], [("b", 0.5)], (), ["x"], (),
                                  [verification],
                                  functionName="regression",
                                  modelType="generalizedLinear",
                                  linkFunction="log")
    case("verification", document([field("x"), field("y")], verified), [{"x": 4}],
         [{"y": math.exp(2)}], "exp(x / 2); the document verifies itself with one record")
