"""What stands around the model: inputs, targets, outputs, segments."""
import numpy as np

from arima import arima
from model import case, document, H, interval, time_series_model
from regressors import XF
from smoothing import exponential_smoothing


def derive_surroundings():
    flat = exponential_smoothing("additive", 20.5, 1.25)
    y = lambda h: list(20.5 + 1.25 * np.arange(1, h + 1))
    case("horizon_field", document(time_series_model("ExponentialSmoothing", flat)),
         [{"h": 1}, {"h": 3}, {}, {"h": 0}, {"h": -2}, {"h": 10001}, {"h": "x"}, {"h": 10000}],
         [{"y_hat": y(1)}, {"y_hat": y(3)}, {"y_hat": None}, "invalid", "invalid", "invalid", "invalid", {"y_hat": y(10000)}],
         "straight line", "A missing horizon gives a missing forecast; one below 1 or beyond the limit is invalid.")
    r = (("h", "double", "supplementary"),)
    case("horizon_double", document(time_series_model("ExponentialSmoothing", flat, r), r), [{"h": 2}, {"h": 2.5}],
         [{"y_hat": y(2)}, "invalid"], "straight line", "The exporter of the R package pmml declares h as a double: whole numbers are horizons.")
    case("horizon_active", document(time_series_model("ExponentialSmoothing", flat, (("h", "integer", "active"), XF)), (H, XF)),
         [{"h": 2, "x": 1.0}], [{"y_hat": y(2)}], "straight line; an active integer field says the horizon")
    case("horizon_option", document(time_series_model("ExponentialSmoothing", flat, ()), ()), [{}], [{"y_hat": y(4)}],
         "straight line; without an integer input the horizon is an option of loading", horizon=4)
    case("best_fit", document(time_series_model(
        "ARIMA", arima("", 7.0) + flat, attributes='functionName="timeSeries" modelName="chosen" algorithmName="any" isScorable="true"')),
        [{"h": 2}], [{"y_hat": [7.0, 7.0]}], "bestFit names the element that is scored")
    case("function_regression", document(time_series_model("ExponentialSmoothing", flat, attributes='functionName="regression"')),
         [{"h": 2}], [{"y_hat": y(2)}], "straight line", "regression is accepted: the target is a number.")
    verification = ('<ModelVerification recordCount="3"><VerificationFields><VerificationField field="h"/>'
                    '<VerificationField field="y_hat" precision="1e-9"/></VerificationFields><InlineTable>'
                    "<row><h>1</h><y_hat>21.75</y_hat></row><row><h>3</h><y_hat>24.25</y_hat></row>"
                    "<row><h>3</h><y_hat>21.75 23 24.25</y_hat></row></InlineTable></ModelVerification>")
    case("verification", document(time_series_model("ExponentialSmoothing", flat + verification)), [{"h": 3}], [{"y_hat": y(3)}],
         "straight line, recorded in the document", "A record holds the forecast of the last step, or all of them.")
    output = ('<Output><OutputField name="whole" feature="predictedValue" dataType="integer"/>'
              '<OutputField name="text" feature="predictedValue" dataType="string"/>'
              '<OutputField name="shown" feature="predictedDisplayValue"/>'
              '<OutputField name="json" feature="predictedValue" dataType="string"><Extension extender="ADAPA" name="dataType" value="json"/></OutputField></Output>')
    case("output_casts", document(time_series_model("ExponentialSmoothing", flat, output=output)),
         [{"h": 3}, {}],
         [{"whole": [22, 23, 24], "text": ["21.75", "23", "24.25"], "shown": y(3), "json": y(3)},
          {"whole": None, "text": None, "shown": None, "json": None}],
         "straight line, each item cast by itself: integer by rounding, halves upward",
         "The Extension by which the R package pmml asks for JSON text leaves the list as it is.")
    segment = lambda level, predicate: f"<Segment>{predicate}{time_series_model('ExponentialSmoothing', exponential_smoothing('additive', level, 1.25))}</Segment>"
    group = ("group", "integer", "active")
    mining = ('<MiningModel functionName="regression"><MiningSchema><MiningField name="h" usageType="supplementary"/><MiningField name="group"/>'
              '<MiningField name="y" usageType="target"/></MiningSchema><Output><OutputField name="best" feature="predictedValue"/>'
              '<OutputField name="which" feature="entityId"/></Output><Targets><Target field="y" min="21" max="31" rescaleFactor="2" '
              'rescaleConstant="0.1" castInteger="floor"/></Targets><Segmentation multipleModelMethod="selectFirst">' +
              segment(19.0, '<SimplePredicate field="group" operator="equal" value="1"/>') +
              segment(28.5, '<SimplePredicate field="group" operator="greaterThan" value="1"/>') + "</Segmentation></MiningModel>")
    scaled = lambda level, h: [float(np.floor(2 * min(max(level + 1.25 * k, 21), 31) + 0.1)) for k in range(1, h + 1)]
    case("mining_select_first", document(mining, (H, group)),
         [{"h": 3, "group": 1}, {"h": 2, "group": 5}, {"h": 2, "group": 0}, {"group": 1}],
         [{"best": scaled(19.0, 3), "which": "1", "y_hat": [20.25, 21.5, 22.75]}, {"best": scaled(28.5, 2), "which": "2"},
          {"best": None, "which": None, "y_hat": None}, {"best": None}],
         "straight lines; limits, factor, constant and castInteger of the enclosing model item by item")

    # Features of segments asked for from outside, where the segment may not have run.
    smooth = lambda level: exponential_smoothing("none", level, transformation="logarithmic", alpha=0.5, rmse=0.2)
    part = lambda name, value, level: (
        f'<Segment id="{name}"><SimplePredicate field="group" operator="equal" value="{value}"/>'
        f"{time_series_model('ExponentialSmoothing', smooth(level), output='')}</Segment>")
    fields = "".join(f'<OutputField name="{f}_{s}" segmentId="{s}" feature="{f}"/>'
                     for s in "ab" for f in ("predictedValue", "standardDeviation", "confidenceIntervalUpper"))
    mining = ('<MiningModel functionName="regression"><MiningSchema><MiningField name="h" usageType="supplementary"/><MiningField name="group"/>'
              f'<MiningField name="y" usageType="target"/></MiningSchema><Output>{fields}</Output>'
              f'<Segmentation multipleModelMethod="selectFirst">{part("a", 1, 1.0)}{part("b", 2, 2.0)}</Segmentation></MiningModel>')

    def answers(segment, level, steps):
        z, d = np.full(steps, level), 0.2 * np.sqrt(1 + 0.25 * np.arange(steps))
        sd = np.exp(z + d ** 2 / 2) * np.sqrt(np.exp(d ** 2) - 1)
        values = {"predictedValue": np.exp(z), "standardDeviation": sd,
                  "confidenceIntervalUpper": interval(z, d, 95, np.exp)["confidenceIntervalUpper"]}
        other = "b" if segment == "a" else "a"
        return {**{f"{k}_{segment}": v for k, v in values.items()}, **{f"{k}_{other}": None for k in values}}

    case("mining_segment_outputs", document(mining, (H, group)),
         [{"h": 3, "group": 1}, {"h": 2, "group": 2}, {"h": 4, "group": 1}, {"h": 2, "group": 3}, {"h": 1, "group": 2}],
         [answers("a", 1.0, 3), answers("b", 2.0, 2), answers("a", 1.0, 4),
          {f"{f}_{s}": None for s in "ab" for f in ("predictedValue", "standardDeviation", "confidenceIntervalUpper")},
          answers("b", 2.0, 1)],
         "log-normal forecasts of the segment that is asked; missing for the others")
