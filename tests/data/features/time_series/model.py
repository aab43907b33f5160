"""Time series models as text, and the cases of this folder."""
import numpy as np
from scipy import stats

from writing import Folder

FOLDER = Folder(__file__, "TimeSeriesModel", "time_series", mode="forecast")
ALL_OUTPUTS = ("standardError", "standardDeviation", "confidenceIntervalLower", "confidenceIntervalUpper")


def numbers(values):
    return " ".join(repr(float(v)) for v in values)


def array(values):
    return f'<Array n="{len(values)}" type="real">{numbers(values)}</Array>'


def matrix(rows):
    rows = np.atleast_2d(rows)
    return (f'<Matrix nbRows="{rows.shape[0]}" nbCols="{rows.shape[1]}">'
            + "".join(array(r) for r in rows) + "</Matrix>")


def series(values, first=1, attributes="", anchor=""):
    items = "".join(f'<TimeValue index="{first + i}" value="{float(v)!r}"/>' for i, v in enumerate(values))
    return f"<TimeSeries {attributes}>{anchor}{items}</TimeSeries>"


def outputs(features=(), level=None):
    text = '<OutputField name="y_hat" feature="predictedValue" optype="continuous" dataType="double"/>'
    for f in features:
        value = f' value="{level}"' if level and f.startswith("confidence") else ""
        text += f'<OutputField name="{f}" feature="{f}"{value} optype="continuous" dataType="double"/>'
    return f"<Output>{text}</Output>"


def mining_schema(fields, target="y"):
    text = "".join(f'<MiningField name="{n}" usageType="{u}"/>' for n, _, u in fields)
    return f'<MiningSchema>{text}<MiningField name="{target}" usageType="target"/></MiningSchema>'


H = ("h", "integer", "supplementary")


def time_series_model(best_fit, body, fields=(H,), output=None, target="y", attributes=""):
    attributes = attributes or 'functionName="timeSeries"'
    return (f'<TimeSeriesModel bestFit="{best_fit}" {attributes}>{mining_schema(fields, target)}'
            f"{outputs() if output is None else output}{body}</TimeSeriesModel>")


def document(models, fields=(H,), targets=("y",)):
    data = "".join(f'<DataField name="{n}" optype="continuous" dataType="{t}"/>'
                   for n, t in [(f[0], f[1]) for f in fields] + [(t, "double") for t in targets])
    return ('<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">'
            f'<Header copyright="CC0-1.0"/><DataDictionary>{data}</DataDictionary>{models}</PMML>')


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    return value


def case(name, text, records, expected, derivation, reading=None, tolerance=1e-9, horizon=None):
    FOLDER.case(name, text, plain(records), plain(expected), derivation, reading, tolerance=tolerance, horizon=horizon)


def simple(name, best_fit, body, expected, derivation, reading=None, features=(), level=None, fields=(H,),
           record=None, attributes="", tolerance=1e-9):
    """One record with the horizon of `expected`."""
    expected = expected if isinstance(expected, dict) else {"y_hat": expected}
    record = {"h": len(expected["y_hat"]), **(record or {})}
    text = document(time_series_model(best_fit, body, fields, outputs(features, level), attributes=attributes), fields)
    case(name, text, [record], [expected], derivation, reading, tolerance)


def same(a, b, tolerance=1e-10):
    np.testing.assert_allclose(np.asarray(a, float), np.asarray(b, float), rtol=tolerance, atol=tolerance)
    return a


def interval(mean, deviation, level=95, back=lambda z: z):
    q = stats.norm.ppf(0.5 + level / 200)
    mean, deviation = np.asarray(mean), np.asarray(deviation)
    return {"confidenceIntervalLower": back(mean - q * deviation), "confidenceIntervalUpper": back(mean + q * deviation)}
