"""Cox regression: baseline hazards, strata, times beyond the tables."""
import math

import numpy as np
import statsmodels.api as sm

from model import agree, case, document, floats, general_regression
from sample import N, RNG
from writing import element as e, field, number, output, schema, text_field


def survival_outputs():
    minus = e("Apply", [e("Constant", "-1", dataType="double"), e("FieldRef", field="H")], function="*")
    return [output("H"), output("S", "transformedValue", "double", e("Apply", minus, function="exp"))]


def baseline_cells(times, hazards):
    return [e("BaselineCell", time=number(t), cumHazard=repr(float(h))) for t, h in zip(times, hazards)]


def cox():
    x = np.column_stack([RNG.normal(50, 10, N), RNG.choice([0.0, 1.0], N)])
    strata = RNG.choice(["north", "south"], N)
    time = np.ceil(
        RNG.exponential(20 / np.exp(0.02 * (x[:, 0] - 50) - 0.5 * x[:, 1]) / np.where(strata == "north", 1, 2)))
    status = (RNG.uniform(size=N) < 0.8).astype(int)
    probes = [(61.5, 1, 4), (40, 0, 12), (50, 1, 0.5), (38, 0, 7.5)]
    fields = [
        field("age"),
        text_field("arm", ["drug", "none"]),
        field("t"),
        text_field("region", ["north", "south", "west"]),
        field("status", data_type="integer"),
        field("start"),
        text_field("id"),
        field("y")
    ]
    parameters, cells = ["p0", "p1"], [("p0", "age", 1), ("p1", "arm", "drug")]
    for name, groups in (("cox_fitted", None), ("cox_strata_fitted", strata)):
        fit = sm.PHReg(time, x, status=status, strata=groups, ties="breslow").fit()
        beta = fit.params
        reference = x.mean(axis=0)
        # Breslow's estimate by its definition, for x = 0. The library gives the same just before the next time; and with
        # it the martingale residuals, events less hazards, sum to 0.
        risk = np.exp(x @ beta)
        bases = {}
        for k, label in enumerate(["only"] if groups is None else ["north", "south"]):
            inside = np.ones(N, bool) if groups is None else strata == label
            times = np.unique(time[inside])
            steps = [(inside & (time == t) & (status == 1)).sum() / risk[inside & (time >= t)].sum() for t in times]
            hazards = np.cumsum(steps)
            known = dict(zip(*fit.baseline_cumulative_hazard[k][:2]))
            common = [(known[t], h) for t, h in zip(times[1:], hazards) if t in known]
            assert len(common) > 10
            agree(*zip(*common))
            own = hazards[np.searchsorted(times, time[inside])]
            agree((status[inside] - own * risk[inside]).sum(), 0.0)
            bases[label] = (times, hazards)
        scale = math.exp(float(reference @ beta))
        tables = {}
        for label, (times, hazards) in bases.items():
            steps = {float(t): float(h) * scale for t, h in zip(times, hazards)}
            tables[label] = (list(steps), list(steps.values()))
        records, expected = [], []
        for label in tables:
            for age, arm, t in probes:
                times, hazards = bases[label]
                at = [h for s, h in zip(times, hazards) if s <= t]
                h = float(at[-1] * math.exp(age * beta[0] + arm * beta[1])) if at else 0.0
                record = {"age": age, "arm": "drug" if arm else "none", "t": t}
                records.append(record if groups is None else dict(record, region=label))
                expected.append({"H": h, "S": math.exp(-h)})
        last = records[0]
        records += [
            dict(last, t=40.5),
            dict(last, t=None),
            dict(last, age=None),
            dict(last, age=None, t=0.5),
            dict(last, arm="other")
        ]
        expected += [{"H": None, "S": None}] * 3 + [{"H": 0.0, "S": 1.0}, "invalid"]
        most = {"maxTime": "40"}
        if groups is None:
            table = e("BaseCumHazardTables", baseline_cells(*tables["only"]), **most)
        else:
            records += [dict(last, region="west"), dict(last, region=None)]
            expected += [{"H": None, "S": None}] * 2
            table = e("BaseCumHazardTables", [
                e("BaselineStratum", baseline_cells(*tables[label]), value=label, label="of " + label, **most)
                for label in tables
            ])
        more = [e("EventValues", [e("Value", value="1")]), table]
        model = general_regression(schema(["age", "arm", "t"] + ([] if groups is None else ["region"]), ["y"]),
                                   parameters,
                                   cells,
                                   list(zip(parameters, floats(beta))), ["arm"], ["age"],
                                   survival_outputs(),
                                   more,
                                   reference=dict(zip(parameters, floats(reference))),
                                   functionName="regression",
                                   modelType="CoxRegression",
                                   endTimeVariable="t",
                                   startTimeVariable="start",
                                   subjectIDVariable="id",
                                   statusVariable="status",
                                   baselineStrataVariable=None if groups is None else "region")
        case(
            name,
            document(fields, model),
            records,
            expected,
            "statsmodels PHReg: coefficients and Breslow's baseline, checked by its definition; H = H0(t) exp(x'b), the "
            "document's baseline being that of the reference point",
            "Before the first step H is 0 whatever the predictors are; beyond maxTime, and in a stratum that has no table, it is "
            "missing.",
            tolerance=1e-9)

    # Steps out of order, no predictors, a stratum of whole numbers, one without events.
    strata_table = e("BaseCumHazardTables", [
        e("BaselineStratum", baseline_cells([3, 1, 2], [0.9, 0.2, 0.5]), value="10", maxTime="5"),
        e("BaselineStratum", baseline_cells([1], [0.7]), value="9", maxTime="1.5"),
        e("BaselineStratum", value="11", maxTime="4")
    ])
    fields = [field("t"), field("k", data_type="integer"), field("y")]
    model = general_regression(schema(["t", "k"], ["y"]), [], [], [], (), (), [output("H")],
                               [e("EventValues", [e("Interval", closure="openClosed", leftMargin="0")]), strata_table],
                               functionName="regression",
                               modelType="CoxRegression",
                               endTimeVariable="t",
                               baselineStrataVariable="k")
    rows = [{"t": t, "k": k}
            for t, k in ((1, 10), (2.9, 10), (5, 10), (5.1, 10), (1.5, 9), (1.6, 9), (4, 11), (4.1, 11), (1, 8))]
    case("cox_empty", document(fields, model), rows,
         [{"H": h} for h in (0.2, 0.5, 0.9, None, 0.7, None, 0.0, None, None)], "the table's own steps: exp(0) = 1",
         "A stratum without BaselineCells has no events, so H is 0 up to its maxTime.")
