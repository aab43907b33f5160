"""Design matrices: factors, covariates, contrasts, offsets, missing values."""
import math

import numpy as np

from model import case, contrasts, document, general_regression
from writing import element as e, field, output, schema, text_field


def designs():
    text = [text_field("g", ["a", "b", "c"]), field("x"), field("y")]

    def model(factor, cells, betas, **more):
        parameters = list(dict.fromkeys(b[0] for b in betas))
        return document(
            more.pop("fields", text),
            general_regression(schema(["g", "x"], ["y"]),
                               parameters,
                               cells,
                               betas, [factor], ["x"],
                               functionName="regression",
                               modelType="generalLinear",
                               **more))

    # n - 1 columns: Helmert; interactions with a covariate and its power.
    helmert = np.array([[2 / 3, 0], [-1 / 3, 0.5], [-1 / 3, -0.5]])
    betas = [("p0", 1.5), ("p1", 0.7), ("p2", -1.2), ("p3", 0.3)]
    cells = [("p1", "g", "a"), ("p2", "g", "b"), ("p3", "x", 1.5), ("p3", "g", "b")]
    rows = [{"g": g, "x": x} for g in "abc" for x in (0.25, 4)]
    expected = []
    for r in rows:
        code = helmert["abc".index(r["g"])]
        expected.append({"y": float(np.dot([1.5, 0.7, -1.2, 0.3], [1, code[0], code[1], r["x"]**1.5 * code[1]]))})
    rows += [{"g": None, "x": 1}, {"g": "a", "x": -4}, {"g": "b", "x": None}]
    expected += [{"y": None}, "invalid", {"y": None}]
    case(
        "contrast_helmert",
        document(
            text,
            general_regression(schema(["g", "x"], ["y"]), ["p0", "p1", "p2", "p3"],
                               cells,
                               betas, [contrasts("g", "abc", helmert.tolist(), "Helmert")], ["x"],
                               functionName="regression",
                               modelType="regression")), rows, expected,
        "x'b with the codes of the record's row in the column that the PPCell names",
        "A negative number to the power of 1.5 makes the record invalid, a missing predictor the prediction missing, even "
        "beside a factor that is 0.")

    # Categories that the field lists but the matrix does not; cells with defaults; a diagonal.
    sparse = e("Matrix", [e("MatCell", "0.25", row="1", col="2"),
                          e("MatCell", "-1", row="2", col="1")],
               nbRows="2",
               nbCols="2",
               diagDefault="2",
               offDiagDefault="0.5")
    full = {"a": [2, 0.25], "b": [-1, 2]}
    case("contrast_cells",
         model(contrasts("g", "ab", sparse), [("p1", "g", "a"), ("p2", "g", "b")],
               [("p1", 0.5), ("p2", 3)]), [{"g": "a", "x": 0}, {"g": "b", "x": 0}, {"g": "c", "x": 0}],
         [{"y": 0.5 * full[g][0] + 3 * full[g][1]} for g in "ab"] + [{"y": None}],
         "MatCells over the defaults of the matrix", "A category that the contrast matrix has no row for: missing.")
    diagonal = e("Matrix", [e("Array", "2 3 5", type="real")], kind="diagonal")
    case("contrast_of_field_values",
         model(contrasts("g", None, diagonal), [("p1", "g", "a"), ("p2", "g", "c")],
               [("p1", 1), ("p2", 1)]), [{"g": g, "x": 0} for g in "abc"], [{"y": 2.0}, {"y": 0.0}, {"y": 5.0}],
         "without Categories the field's values in their order")
    symmetric = e("Matrix", [
        e("Array", "1", type="real"),
        e("Array", "-1 2", type="real"),
        e("Array", "4 0.5 3", type="real")
    ],
                  kind="symmetric")
    table = np.array([[1, -1, 4], [-1, 2, 0.5], [4, 0.5, 3]])
    case(
        "contrast_symmetric",
        model(contrasts("g", "abc", symmetric), [("p1", "g", "a"), ("p2", "g", "b"), ("p3", "g", "c")],
              [("p1", 0.5), ("p2", 2), ("p3", -1)]), [{"g": g, "x": 0} for g in "abc"],
        [{"y": float(table[i] @ [0.5, 2, -1])} for i in range(3)], "a symmetric matrix by its lower left triangle")

    # Numeric factors, text covariates, derived predictors, an integer target.
    local = e("LocalTransformations", [
        e("DerivedField", [e("Apply", [e("FieldRef", field="x"), e("FieldRef", field="x")], function="*")],
          name="squared",
          optype="continuous",
          dataType="double")
    ])
    fields = [
        field("level", "ordinal", "integer", ["1", "2", "3"]),
        field("x"),
        text_field("t"),
        field("y", data_type="integer")
    ]
    derived = general_regression(schema(["level", "x", "t"], ["y"]), ["p0", "p1", "p2", "p3", "unused"], [("p1", "level", "2"),
                                                                                          ("p2", "squared", -0.5),
                                                                                          ("p3", "t", 1),
                                                                                          ("unused", "level", 3)],
                                 [("p0", 0.25), ("p1", 4), ("p2", 2), ("p3", -1)], ["level"], ["squared", "t"],
                                 local=[local],
                                 functionName="regression",
                                 modelType="regression")
    case("predictor_types", document(fields, derived),
         [{"level": 2, "x": 4, "t": "1.5"}, {"level": 3, "x": -2, "t": " 3 "}, {"level": 4, "x": 1, "t": "0"},
          {"level": 1, "x": 1, "t": "many"}, {"level": 1, "x": 0, "t": "0"}],
         [{"y": 0.25 + 4 + 2 / 4 - 1.5}, {"y": 0.25 + 2 / 2 - 3}, "invalid", "invalid", {"y": "INF"}],
         "a factor of whole numbers, a covariate derived here, one that is a text",
         "A text is cast to a number; one that is none is invalid. 0^(-1/2) is infinite.")

    # Intercept only; targets, float arithmetic.
    only = general_regression(schema(["x"], ["y"]), ["p0"], [], [("p0", 2.5)],
                              functionName="regression",
                              modelType="generalizedLinear",
                              linkFunction="log")
    only = only.replace("<PPMatrix/>", "")
    case("intercept_only", document([field("x"), field("y")], only, "3.0"),
         [{"x": 1}, {"x": None}], [{"y": math.exp(2.5)}] * 2, "exp(2.5); no predictor is asked", "PMML 3.0 has no PPMatrix where there are no predictors.")
    f = np.float32
    rows = [{"x": x} for x in (0.1, 3.3, 7, 1 / 3, 0.7, 123.456, -17.77)]
    single = general_regression(schema(["x"], ["y"]), ["p0", "p1", "p2"], [("p1", "x", 1), ("p2", "x", 2)],
                                [("p0", 0.1), ("p1", 1.3), ("p2", -0.7)], (), ["x"],
                                functionName="regression",
                                modelType="generalLinear",
                                offsetValue="0.3",
                                **{"x-mathContext": "float"})
    expected = []
    for r in rows:
        x = f(r["x"])
        square = f(float(r["x"])**2)
        total = f(0.1)
        total = total + f(1.3) * x
        total = total + f(-0.7) * square
        expected.append({"y": float(total + f(0.3))})
    case("float_context",
         document([field("x"), field("y")], single),
         rows,
         expected,
         "binary32 after every operation, by numpy.float32",
         "x-mathContext: coefficients and every result are rounded.",
         tolerance=1e-12)
    targets = e("Targets", [
        e("Target", [e("TargetValue", defaultValue="-1")],
          field="y",
          optype="continuous",
          rescaleFactor="10",
          rescaleConstant="1",
          castInteger="round")
    ])
    rescaled = general_regression(schema(["x"], ["y"]), ["p0", "p1"], [("p1", "x", 1)],
                                  [("p0", 0.5), ("p1", 0.25)], (), ["x"], [output("mu")],
                                  targets=[targets],
                                  functionName="regression",
                                  modelType="regression")
    case("targets", document([field("x"), field("y")], rescaled),
         [{"x": 1.33}, {"x": None}], [{"mu": float(math.floor((0.5 + 0.25 * 1.33) * 10 + 1 + 0.5))}, {"mu": -1.0}],
         "round(10 y + 1); missing: the default")
    old = general_regression(schema(["x"], ["y"]), ["p0", "p1"], [("p1", "x", 1)], [("p0", 0.5, "yes"),
                                                                                    ("p1", 0.25, "yes")], (),
                             ["x"],
                             functionName="regression",
                             modelType="generalizedLinear",
                             linkFunction="cloglog",
                             distribution="binomial")
    case("target_category_in_regression",
         document([field("x"), field("y")], old, "3.2"), [{"x": 1}, {"x": -4}],
         [{"y": 1 - math.exp(-math.exp(0.75))}, {"y": 1 - math.exp(-math.exp(-0.5))}], "1 - exp(-exp(x'b))",
         "A regression whose coefficients all name the same target category has one equation.")
