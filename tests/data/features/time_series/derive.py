#!/usr/bin/env python3
"""Writes manifest.json and models/ of this folder: forecasts computed without Scorelet.

Exponential smoothing runs the state recursion and, where it has the model, statsmodels. ARIMA forecasts solve the
difference equation as a linear system and, for the exact ones, condition the normal distribution of the whole series.
Transfer functions are scipy filters. Needs numpy, scipy, statsmodels.
"""
import pathlib
import sys

import numpy as np
import pandas
from scipy import integrate, interpolate, linalg, signal, stats
from statsmodels.tsa.arima_process import ArmaProcess
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsmodels.tsa.statespace.structural import UnobservedComponents

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from writing import Folder  # noqa: E402

FOLDER = Folder(__file__, "TimeSeriesModel", "time_series", mode="forecast")
ALL_OUTPUTS = ("standardError", "standardDeviation", "confidenceIntervalLower", "confidenceIntervalUpper")


# ---------------------------------------------------------------- documents
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


# ---------------------------------------------------------------- exponential smoothing
def smoothing(trend, steps, level, slope, phi=1.0, factors=None, kind=None, phase=1):
    """The state recursion, one step at a time."""
    out = []
    for h in range(steps):
        if trend == "none":
            pass
        elif trend in ("additive", "damped_additive"):
            slope = slope * phi if trend == "damped_additive" else slope
            level = level + slope
        else:
            slope = slope ** phi if trend == "damped_multiplicative" else slope
            level = level * slope
        s = factors[(phase - 1 + h) % len(factors)] if kind else None
        out.append(level + s if kind == "additive" else level * s if kind == "multiplicative" else level)
    return np.array(out)


def exponential_smoothing(trend="none", level=20.0, slope=None, phi=None, season="", transformation=None, rmse=None,
                          alpha=None, gamma=None, extra=""):
    a = f' alpha="{alpha}"' if alpha is not None else ""
    g = f' gamma="{gamma}"' if gamma is not None else ""
    p = f' phi="{phi}"' if phi is not None else ""
    t = f' transformation="{transformation}"' if transformation else ""
    r = f' RMSE="{rmse!r}"' if rmse is not None else ""
    text = f'<ExponentialSmoothing{r}{t}><Level{a} smoothedValue="{level!r}"/>'
    if trend != "none":
        text += f'<Trend_ExpoSmooth trend="{trend}"{g}{p} smoothedValue="{slope!r}"/>'
    return text + season + extra + "</ExponentialSmoothing>"


def season_element(kind, factors, phase=None, unit=None, delta=None):
    extra = "".join(f' {k}="{v}"' for k, v in (("unit", unit), ("phase", phase), ("delta", delta)) if v is not None)
    return (f'<Seasonality_ExpoSmooth type="{kind}" period="{len(factors)}"{extra}>{array(factors)}'
            "</Seasonality_ExpoSmooth>")


def derive_smoothing():
    back = {"none": lambda z: z, "logarithmic": np.exp, "squareroot": np.square, None: lambda z: z}
    for trend, level, slope, phi in [("none", 20.5, None, None), ("additive", 20.5, 1.25, None),
                                     ("damped_additive", 20.5, 1.25, 0.85), ("multiplicative", 3.5, 1.04, None),
                                     ("damped_multiplicative", 3.5, 1.04, 0.8)]:
        for transformation in ("none", "logarithmic", "squareroot"):
            l = 1.7 if transformation == "logarithmic" else level
            s = 0.05 if transformation == "logarithmic" and "additive" in trend else slope
            y = back[transformation](smoothing(trend, 7, l, s, phi or 1.0))
            simple(f"es_{trend}_{transformation}", "ExponentialSmoothing",
                   exponential_smoothing(trend, l, s, phi, transformation=transformation, alpha=0.4), y,
                   "state recursion step by step (level and slope carried on, damping applied to the slope at each step), "
                   "then the inverse transformation")
    for kind in ("additive", "multiplicative"):
        for phase in (None, 3):
            f = [4.0, -2.5, -3.0, 1.5] if kind == "additive" else [1.2, 0.9, 0.7, 1.2]
            y = smoothing("damped_additive", 9, 50.0, 0.9, 0.9, f, kind, phase or 1)
            simple(f"es_season_{kind}_phase{phase or 0}", "ExponentialSmoothing",
                   exponential_smoothing("damped_additive", 50.0, 0.9, 0.9, alpha=0.3, gamma=0.1,
                                         season=season_element(kind, f, phase, "quarter", 0.05)), y,
                   "state recursion with the factors taken in turn",
                   "phase is the number, from 1, of the factor of the first forecast; without it the first factor.")
    c = [0.4, -0.03, 0.002]
    h = np.arange(1, 7)
    for name, level, coefficients in (("level", 12.0, c), ("no_level", None, [12.0, *c])):
        l = f' smoothedValue="{level!r}"' if level is not None else ""
        body = (f'<ExponentialSmoothing><Level{l}/><Trend_ExpoSmooth trend="polynomial_exponential">'
                f"{array(coefficients)}</Trend_ExpoSmooth></ExponentialSmoothing>")
        simple(f"es_polynomial_{name}", "ExponentialSmoothing", body,
               np.polynomial.polynomial.polyval(h, [12.0, *c]), "polynomial in the number of steps",
               "The Array holds a_1, a_2, … beside a Level with a value, and a_0, a_1, … where Level has none.")

    # Deviations and intervals against statsmodels' state space form, whose weights are ETS's.
    rng = np.random.default_rng(11)
    data = 50 + 0.4 * np.arange(40) + np.tile([5, -3, -4, 2.0], 10) + rng.normal(0, 1.5, 40)
    model = ETSModel(pandas.Series(data), error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=4)
    alpha, beta, gamma, phi = 0.35, 0.08, 0.12, 0.92
    parameters = [alpha, beta, gamma, phi, 50.0, 0.4, 5.0, -3.0, -4.0, 2.0]
    fit = model.smooth(parameters)
    level, slope = np.asarray(fit.level)[-1], np.asarray(fit.slope)[-1]
    factors = np.asarray(fit.season)[-4:]
    rmse = float(np.sqrt(fit.sse / 40))
    deviation = np.sqrt(forecast_variance(rmse ** 2, alpha, beta, gamma, phi, 4, 12))
    prediction = fit.get_prediction(start=40, end=51)
    mean = same(np.asarray(prediction.predicted_mean), smoothing("damped_additive", 12, level, slope, phi, factors, "additive"))
    same(np.sqrt(np.asarray(prediction.forecast_variance)), deviation, 1e-9)
    simple("es_intervals", "ExponentialSmoothing",
           exponential_smoothing("damped_additive", float(level), float(slope), phi, alpha=alpha, gamma=beta / alpha,
                                 rmse=rmse, season=season_element("additive", factors, delta=gamma / (1 - alpha))),
           {"y_hat": mean, "standardError": deviation, "standardDeviation": deviation, **interval(mean, deviation, 80)},
           "statsmodels ETSModel with fixed parameters: mean and forecast variance; RMSE is the root of the innovation variance",
           "alpha, gamma, delta are weights of the component form: trend weight α·γ, seasonal weight δ·(1−α) of an error.",
           ALL_OUTPUTS, 80)
    # Transformed: the distribution of exp(Z) and Z².
    for transformation, z0, s0, function in (("logarithmic", 2.2, 0.15, np.exp), ("squareroot", 3.1, 0.4, np.square)):
        z = np.full(5, z0)
        d = s0 * np.sqrt(1 + np.arange(5) * 0.3 ** 2)
        first = np.array([moment(function, z0, s, 1) for s in d])
        sd = np.sqrt(np.array([moment(function, z0, s, 2) for s in d]) - first ** 2)
        simple(f"es_intervals_{transformation}", "ExponentialSmoothing",
               exponential_smoothing("none", z0, transformation=transformation, alpha=0.3, rmse=s0),
               {"y_hat": function(z), "standardDeviation": sd, **interval(z, d, 95, function)},
               "deviation of the transformed normal variable by numerical integration; bounds transformed back",
               "The forecast is the inverse transformation of the model's forecast; its deviation is that of the "
               "distribution on the scale of the series, and bounds are the transformed bounds.",
               ALL_OUTPUTS[1:], tolerance=1e-8)


def forecast_variance(variance, alpha, beta, gamma, phi, period, steps):
    """Error propagated through the state equations of an additive model, by brute force."""
    def response(shock_at):
        l, b, s = 0.0, 0.0, np.zeros(period)
        out = []
        for t in range(steps):
            e = 1.0 if t == shock_at else 0.0
            y = l + phi * b + s[t % period] + e
            out.append(y)
            l, b = l + phi * b + alpha * e, phi * b + beta * e
            s[t % period] += gamma * e
        return np.array(out)
    return variance * sum(response(k) ** 2 for k in range(steps))


def moment(function, mean, deviation, power):
    f = lambda z: function(z) ** power * stats.norm.pdf(z, mean, deviation)
    return integrate.quad(f, mean - 12 * deviation, mean + 12 * deviation, epsabs=1e-13, epsrel=1e-13, limit=400)[0]


# ---------------------------------------------------------------- ARIMA
def polynomial(coefficients, sign=1.0, period=1):
    p = np.zeros(len(coefficients) * period + 1)
    p[0] = 1
    for i, c in enumerate(coefficients):
        p[(i + 1) * period] = sign * c
    return p


def times(*polynomials):
    out = np.array([1.0])
    for p in polynomials:
        out = np.convolve(out, p)
    return out


def differences(d, D=0, period=1):
    return times(*[[1.0, -1.0]] * d, *[polynomial([1.0], -1, period)] * D)


class Orders:
    def __init__(self, ar=(), d=0, ma=(), sar=(), D=0, sma=(), period=1):
        self.ar, self.d, self.ma, self.sar, self.D, self.sma, self.period = ar, d, ma, sar, D, sma, period
        self.phi = times(polynomial(ar, -1), polynomial(sar, -1, period))
        self.theta = times(polynomial(ma), polynomial(sma, 1, period))
        self.nabla = differences(d, D, period)

    def element(self, residuals=(), seasonal_residuals=()):
        def part(ar, ma, res):
            text = f"<AR>{array(ar)}</AR>" if len(ar) else ""
            if len(ma):
                r = f"<Residuals>{array(res)}</Residuals>" if len(res) else ""
                text += f"<MA><MACoefficients>{array(ma)}</MACoefficients>{r}</MA>"
            return text
        text = (f'<NonseasonalComponent p="{len(self.ar)}" d="{self.d}" q="{len(self.ma)}">'
                f"{part(self.ar, self.ma, residuals)}</NonseasonalComponent>")
        if self.period > 1:
            text += (f'<SeasonalComponent P="{len(self.sar)}" D="{self.D}" Q="{len(self.sma)}" period="{self.period}">'
                     f"{part(self.sar, self.sma, seasonal_residuals)}</SeasonalComponent>")
        return text

    def solve(self, y, constant, residuals, steps, v=None):
        """Solves φ(B)[∇y − v] = c + θ(B)e for the steps to come; v covers the history and the steps."""
        whole, n = times(self.phi, self.nabla), len(y)
        e = np.concatenate([np.zeros(n + len(self.theta)), np.zeros(steps)])
        offset = len(self.theta)  # index of time 0 in e
        for i, r in enumerate(reversed(list(residuals))):
            e[offset + n - 1 - i] = r
        left, right = np.zeros((steps, steps)), np.zeros(steps)
        for h in range(steps):
            t = n + h
            right[h] = constant + sum(self.theta[i] * e[offset + t - i] for i in range(len(self.theta)))
            for i, c in enumerate(whole):
                if t - i >= n:
                    left[h, t - i - n] += c
                else:
                    right[h] -= c * y[t - i]
            if v is not None:
                right[h] += sum(self.phi[i] * v[t - i] for i in range(len(self.phi)))
        return linalg.solve(left, right)

    def psi(self, steps):
        """Long division of polynomials: θ(B) / (φ(B)∇)."""
        impulse = np.zeros(steps)
        impulse[0] = 1
        return signal.lfilter(self.theta, times(self.phi, self.nabla), impulse)

    def exact(self, w, constant, steps, variance=1.0):
        """Mean and covariance of w_{T+1…T+H} given w, from the normal distribution of all of them."""
        mean = constant / self.phi.sum()
        n = len(w)
        gamma = ArmaProcess(self.phi, self.theta).acovf(n + steps) * variance
        covariance = linalg.toeplitz(gamma)
        a, b = covariance[n:, :n], covariance[:n, :n]
        k = linalg.solve(b, a.T, assume_a="pos").T
        return mean + k @ (np.asarray(w) - mean), covariance[n:, n:] - k @ a.T

    def integrate(self, y, w):
        """Undoes the differences."""
        y = list(y)
        for x in w:
            y.append(x - sum(self.nabla[i] * y[-i] for i in range(1, len(self.nabla))))
        return np.array(y[len(y) - len(w):])

    def integration_matrix(self, steps):
        impulse = np.zeros(steps)
        impulse[0] = 1
        return linalg.toeplitz(signal.lfilter([1.0], self.nabla, impulse), np.zeros(steps))


def arima(content, constant=None, rmse=None, transformation=None, method=None):
    text = "".join(f' {k}="{v}"' for k, v in (("RMSE", rmse), ("transformation", transformation),
                                              ("constantTerm", constant), ("predictionMethod", method)) if v is not None)
    return f"<ARIMA{text}>{content}</ARIMA>"


RNG = np.random.default_rng(5)
LONG = np.round(60 + np.cumsum(RNG.normal(0.3, 2, 40)) + np.tile([6, -2, -7, 3.0], 10), 3)
SHORT = np.round(20 + RNG.normal(0, 2, 30), 3)


def derive_arima():
    orders = Orders(ar=[0.5, -0.2], d=1, ma=[0.4], sar=[0.3], D=1, sma=[-0.35], period=4)
    residuals = np.round(RNG.normal(0, 1.5, 5), 4)
    psi = orders.psi(9)
    sd = 1.7 * np.sqrt(np.cumsum(psi ** 2))
    # ψ again: what a shock at the first step changes in the forecast from there.
    base = orders.solve(LONG, 0.2, residuals, 9)
    same(psi[1:], orders.solve(np.append(LONG, base[0] + 1), 0.2, [*residuals, 1.0], 8) - base[1:], 1e-8)
    simple("arima_seasonal", "ARIMA",
           series(LONG, attributes='usage="original" startTime="1" endTime="40"') +
           arima(orders.element(residuals[-1:], residuals), 0.2, 1.7, "none", "conditionalLeastSquares"),
           {"y_hat": base, "standardError": sd, "standardDeviation": sd, **interval(base, sd)},
           "linear system of the multiplied difference equation; deviations RMSE·√Σψ² with ψ by polynomial division",
           "Residuals of both components end with the most recent one; the longer list is used.", ALL_OUTPUTS)
    for transformation, forward, back in (("logarithmic", np.log, np.exp), ("squareroot", np.sqrt, np.square)):
        o = Orders(ar=[0.6], d=1, ma=[-0.3])
        z = o.solve(forward(LONG), 0.01, [0.02], 6)
        d = 0.03 * np.sqrt(np.cumsum(o.psi(6) ** 2))
        simple(f"arima_{transformation}", "ARIMA",
               series(LONG) + arima(o.element([0.02]), 0.01, 0.03, transformation),
               {"y_hat": back(z), **interval(z, d, 90, back)},
               "the stored series is transformed, forecast by the linear system, and transformed back",
               features=ALL_OUTPUTS[2:], level=90)
    o = Orders(ar=[0.5], ma=[0.4, 0.25])
    simple("arima_few_residuals", "ARIMA", series(SHORT[-1:]) + arima(o.element([0.7]), 9.0),
           o.solve(SHORT[-1:], 9.0, [0.7], 4), "linear system; the residual before the only one stored is 0")
    o = Orders(sar=[0.6], D=1, sma=[0.2], period=4)
    simple("arima_only_seasonal", "ARIMA",
           series(LONG) + arima(o.element((), [0.3, -0.2, 0.5, 0.1]).replace(
               '<NonseasonalComponent p="0" d="0" q="0"></NonseasonalComponent>', "")),
           o.solve(LONG, 0, [0.3, -0.2, 0.5, 0.1], 6), "linear system of the seasonal part alone")
    simple("arima_mean_only", "ARIMA", arima("", 4.5, 2.0), {"y_hat": [4.5] * 3, "standardDeviation": [2.0] * 3},
           "white noise around a constant needs no history", features=("standardDeviation",))

    # How histories are stored.
    o = Orders(ar=[0.5, 0.2])
    known = {1: 20.0, 2: 21.5, 5: 24.0, 6: 22.0, 9: 25.5}
    t = np.arange(1, 10)
    fills = {"linear": np.interp(t, list(known), list(known.values())),
             "cubicSpline": interpolate.CubicSpline(list(known), list(known.values()), bc_type="natural")(t)}
    for method, filled in fills.items():
        values = "".join(f'<TimeValue index="{i}" value="{v}"/>' for i, v in known.items())
        simple(f"history_{method}", "ARIMA",
               f'<TimeSeries interpolationMethod="{method}">{values}</TimeSeries>' + arima(o.element(), 6.0),
               o.solve(filled, 6.0, [], 4), "gaps filled by numpy/scipy, then the linear system",
               "cubicSpline is the natural spline.")
    for method in ("none", "exponentialSpline"):
        simple(f"history_{method}", "ARIMA", series(SHORT, attributes=f'interpolationMethod="{method}"') +
               arima(o.element(), 6.0), o.solve(SHORT, 6.0, [], 4), "linear system; there is no gap to fill")
    anchor = ('<TimeAnchor type="dateDaysSince[1970]" offset="100" stepsize="7" displayName="weeks">'
              '<TimeCycle length="7" type="includeAll" displayName="week"/>'
              '<TimeException type="exclude" count="1"><Array n="1" type="int">3</Array></TimeException></TimeAnchor>')
    timed = "".join(f'<TimeValue time="{100 + 7 * (i + 1)}" value="{v!r}" standardError="0.1"/>'
                    for i, v in enumerate(map(float, SHORT)))
    o1 = Orders(ar=[0.5])
    effect = [3.0 if i == 33 else 0.0 for i in range(1, 35)]
    simple("history_times", "ARIMA",
           f'<TimeSeries usage="original" field="y">{anchor}{timed}</TimeSeries>' +
           arima(o1.element() + '<OutlierEffect type="additive" startTime="33" magnitude="3"/>', 10.0),
           o1.solve(SHORT, 10.0, [], 4) + effect[30:],
           "linear system; the outlier at index 33 is the third forecast of a series that ends at index 30",
           "The index of a TimeValue with a time is (time − offset) / stepsize of the TimeAnchor. Cycles and exceptions "
           "say which calendar times the steps are and do not change the values of the steps.")
    simple("history_usages", "ARIMA",
           series(SHORT + 5, attributes='usage="original"') + series(SHORT, attributes='usage="logical"') +
           series([1, 2, 3], 31, 'usage="prediction"') + series(SHORT * 2, attributes='field="other"') +
           arima(o.element(), 6.0), o.solve(SHORT, 6.0, [], 4),
           "linear system on the logical (equidistant) series",
           "The logical series is used where there is one; predictions and the series of other fields are no history.")
    unnumbered = "".join(f'<TimeValue value="{v!r}"/>' for v in map(float, SHORT))
    simple("history_start_time", "ARIMA",
           f'<TimeSeries startTime="11" endTime="40">{unnumbered}</TimeSeries>' +
           arima(o1.element() + '<OutlierEffect type="additive" startTime="42" magnitude="-4"/>', 10.0),
           o1.solve(SHORT, 10.0, [], 3) + np.array([0, -4.0, 0]),
           "linear system; values without index follow startTime, so the second forecast is index 42")


def outlier(kind, start, magnitude, damping=None):
    d = f' dampingCoefficient="{damping}"' if damping is not None else ""
    return f'<OutlierEffect type="{kind}" startTime="{start}" magnitude="{magnitude}"{d}/>'


def derive_outliers():
    n, steps = len(LONG), 8
    t = np.arange(1, n + steps + 1)
    o = Orders(ar=[0.5], d=1, ma=[0.4], sar=[0.2], period=4)
    since = lambda start: np.maximum(t - start, 0)
    on = lambda start: (t >= start).astype(float)
    psi = o.psi(n + steps)
    io = lambda start, m: np.array([m * psi[i - start] if i >= start else 0.0 for i in t])
    effects = {
        "additive": ([("additive", 38, 5.0, None), ("additive", 42, -3.0, None)],
                     5.0 * (t == 38) - 3.0 * (t == 42)),
        "level": ([("level", 30, 4.0, None), ("level", 45, 2.5, None)], 4.0 * on(30) + 2.5 * on(45)),
        "transient": ([("transient", 37, 6.0, 0.7)], 6.0 * on(37) * 0.7 ** since(37)),
        "seasonalAdditive": ([("seasonalAdditive", 34, 2.0, None)], 2.0 * on(34) * ((t - 34) % 4 == 0)),
        "trend": ([("trend", 36, 0.5, None)], 0.5 * on(36) * (since(36) + 1)),
        "innovational": ([("innovational", 35, 3.0, None), ("innovational", 43, -2.0, None)], io(35, 3.0) + io(43, -2.0)),
    }
    effects["all"] = ([p for parts, _ in effects.values() for p in parts], sum(e for _, e in effects.values()))
    for name, (parts, effect) in effects.items():
        y = o.solve(LONG - effect[:n], 0.1, [0.6], steps) + effect[n:]
        simple(f"outlier_{name}", "ARIMA",
               series(LONG) + arima(o.element([0.6]) + "".join(outlier(*p) for p in parts), 0.1), y,
               "the effect, written out over all times (the innovational one as ψ weights), is taken from the series "
               "before the forecast and added to it after",
               "Effects act on the model's scale, before differencing; a trend is 1, 2, … times the magnitude; a "
               "transient is its magnitude at its start.")


def kalman(state, omega, h=None, deficit=None):
    d = f' periodDeficit="{deficit}"' if deficit is not None else ""
    hv = f"<HVector>{array(h)}</HVector>" if h is not None else ""
    return (f'<MaximumLikelihoodStat method="kalman"{d}><KalmanState><FinalOmega>{matrix(omega)}</FinalOmega>'
            f"<FinalStateVector>{array(state)}</FinalStateVector>{hv}</KalmanState></MaximumLikelihoodStat>")


def derive_exact():
    reading = ("FinalStateVector is the state of the first forecast in the companion form x1 ← φ1 x1 + x2 + c, x2 ← φ2 x1 + x3, "
               "…, of the differenced series with its mean; FinalOmega is its covariance in units of RMSE².")
    for name, o, constant, y in (("plain", Orders(ar=[0.6, -0.25], ma=[0.5]), 14.0, SHORT[:12]),
                                 ("integrated", Orders(ar=[0.4], d=1, ma=[0.3, 0.2]), 0.3, LONG[:14]),
                                 ("seasonal", Orders(ar=[0.3], ma=[0.4], sar=[0.35], D=1, sma=[0.25], period=4), 0.2, LONG[:15])):
        w = np.convolve(y, o.nabla, mode="valid")
        steps, variance = 7, 2.25
        mean, covariance = o.exact(w, constant, steps, variance)
        lower = o.integration_matrix(steps)
        forecast = o.integrate(y, mean)
        sd = np.sqrt(np.diag(lower @ covariance @ lower.T))
        model = SARIMAX(w, order=(len(o.ar), 0, len(o.ma)), trend="c",
                        seasonal_order=(len(o.sar), 0, len(o.sma), o.period if o.period > 1 else 0))
        fit = model.smooth([constant, *o.ar, *o.ma, *o.sar, *o.sma, variance])
        same(fit.forecast(steps), mean, 1e-7)
        filtered = fit.filter_results
        state, omega = filtered.predicted_state[:, -1], filtered.predicted_state_cov[:, :, -1] / variance
        expected = {"y_hat": forecast, "standardDeviation": sd, **interval(forecast, sd)}
        derivation = ("normal distribution of the differenced series conditioned on its observed part, then integrated; "
                      "statsmodels SARIMAX with the same coefficients agrees and gives the state")
        simple(f"exact_kalman_{name}", "ARIMA",
               series(y) + arima(o.element() + kalman(state, omega), constant, 1.5, None, "exactLeastSquares"),
               expected, derivation, reading, ALL_OUTPUTS[1:], tolerance=1e-8)
        simple(f"exact_series_{name}", "ARIMA",
               series(y) + arima(o.element(), constant, 1.5, None, "exactLeastSquares"), expected, derivation,
               "Without MaximumLikelihoodStat the exact state is that of the stored series.", ALL_OUTPUTS[1:])
        theta_case(name, o, constant, y, w, forecast)
        if name == "plain":
            simple("exact_kalman_deficit", "ARIMA",
                   series(y) + arima(o.element() + kalman(state, omega, deficit=2), constant, 1.5, None, "exactLeastSquares"),
                   {"y_hat": forecast[2:], "standardDeviation": sd[2:]}, derivation,
                   "periodDeficit: so many periods are missing between the last observation and the first forecast.",
                   ("standardDeviation",), tolerance=1e-8)
            first = np.zeros(len(state))
            first[:2] = [1.0, 0.5]
            f = model.ssm["transition"].real
            c = np.zeros(len(state))
            c[0] = constant
            x, values = state.copy(), []
            for _ in range(5):
                values.append(first @ x)
                x = f @ x + c
            simple("exact_kalman_h", "ARIMA",
                   arima(o.element() + kalman(state, omega, first), constant, None, None, "exactLeastSquares"), values,
                   "h·x with the companion matrix applied from step to step", reading)


def theta_case(name, o, constant, y, w, forecast):
    """The state of the innovations algorithm from the Cholesky factor of the covariance that it decomposes."""
    p, q, n = len(o.phi) - 1, len(o.theta) - 1, len(w)
    m, mean = max(p, q), constant / o.phi.sum()
    gamma = ArmaProcess(o.phi, o.theta).acovf(n + 1)
    # The process x up to time m, and φ(B) x from then on: a linear map of x_1 … x_{n+1}.
    ansley = np.eye(n + 1)
    for t in range(m, n + 1):
        ansley[t] = 0
        for i, c in enumerate(o.phi):
            ansley[t, t - i] = c
    covariance = ansley @ linalg.toeplitz(gamma) @ ansley.T
    lower = linalg.cholesky(covariance, lower=True)
    nu = np.diag(lower) ** 2
    theta = lower / np.diag(lower)  # θ_{t,j} = theta[t, t−j], t counted from 0: predicts x_{t+1}
    x = np.asarray(w) - mean
    innovations = linalg.solve_triangular(theta[:n, :n], ansley[:n, :n] @ x, lower=True)
    noise, predicted = np.asarray(w), np.asarray(w) - innovations
    rows = "".join(f'<Theta i="{t}" j="{j}" theta="{theta[t, t - j]!r}"/>'
                   for t in range(n - q + 1, n + 1) for j in range(1, q + 1)).replace("np.float64(", "").replace(")", "")
    state = (f"<ThetaRecursionState><FinalNoise>{array(noise[-max(p, q):])}</FinalNoise>"
             f"<FinalPredictedNoise>{array(predicted[-q:])}</FinalPredictedNoise><FinalTheta>{rows}</FinalTheta>"
             f"<FinalNu>{array(nu[n - q + 1:n + 1])}</FinalNu></ThetaRecursionState>")
    simple(f"exact_theta_{name}", "ARIMA",
           series(y) + arima(o.element() + f'<MaximumLikelihoodStat method="thetaRecursion">{state}</MaximumLikelihoodStat>',
                             constant, None, None, "exactLeastSquares"), forecast,
           "the same conditional distribution; the state is taken from the Cholesky factor of the covariance",
           "Noise is the differenced series with its mean. θ and ν of the innovations algorithm (Brockwell, Davis §5.3): "
           "rows i in order, the last one predicts the first forecast; j is the lag; all lists end with the latest value.",
           tolerance=1e-8)


# ---------------------------------------------------------------- dynamic regressors
def factor(name, coefficients=None, difference=None, order=None):
    a = "".join(f' {k}="{v}"' for k, v in (("difference", difference), ("maximumOrder", order)) if v is not None)
    return f"<{name}{a}>{array(coefficients if coefficients is not None else [])}</{name}>"


def regressor(field="x", attributes="", numerator="", denominator="", values=""):
    wrap = lambda n, c: f"<{n}>{c}</{n}>" if c else ""
    return (f'<DynamicRegressor field="{field}" {attributes}>{wrap("Numerator", numerator)}'
            f'{wrap("Denominator", denominator)}{wrap("RegressorValues", values)}</DynamicRegressor>')


X = np.round(5 + RNG.normal(0, 1, 48), 3)
XF = ("x", "double", "supplementary")
SIGNS = ("Coefficients of the Numerator are added, those of the Denominator (after order 0) enter like those of AR; an Array of "
         "the plain Numerator factor begins with order 0, others with order 1 unless they have maximumOrder + 1 items. A factor "
         "is its polynomial times its difference. The regressor enters the equation of the differenced series.")


def derive_regressors():
    n, steps = len(LONG), 6
    o = Orders(ar=[0.5], d=1, ma=[0.4])
    ends = LONG
    stored = series(X[:n + steps])
    history = series(X[:n])

    def forecast(orders, v, residuals=(0.6,), constant=0.1):
        return orders.solve(ends, constant, residuals, steps, v)

    omega, delta = np.array([1.5, 0.8]), np.array([0.6])
    # The filter starts with the stored values, delay and order of the numerator later.
    v = np.concatenate([np.zeros(3), signal.lfilter([1.0], polynomial(delta, -1),
                                                    np.convolve(X[:n + steps], np.concatenate([[0, 0], omega]), "valid"))])
    transfer = dict(numerator=factor("NonseasonalFactor", omega), denominator=factor("NonseasonalFactor", delta))
    simple("regressor_stored", "ARIMA",
           series(ends) + arima(o.element([0.6]) +
                                regressor(attributes='delay="2" futureValuesMethod="stored" targetField="y"', values=stored, **transfer) +
                                regressor("z", 'targetField="other"'), 0.1),
           forecast(o, v), "scipy filter over stored and future values, then the linear system", SIGNS)
    simple("regressor_constant", "ARIMA",
           series(ends) + series(X[:n], attributes='field="x"') +
           arima(o.element([0.6]) + regressor(attributes='delay="2" futureValuesMethod="constant" transformation="none"', **transfer), 0.1),
           forecast(o, np.concatenate([np.zeros(3), signal.lfilter(
               [1.0], polynomial(delta, -1),
               np.convolve(np.concatenate([X[:n], np.full(steps, X[n - 1])]), np.concatenate([[0, 0], omega]), "valid"))])),
           "as regressor_stored, with the last value repeated")
    log_v = 2.0 * np.log(np.concatenate([X[:n], np.full(steps, X[n - 1])]))
    simple("regressor_logarithmic", "ARIMA",
           series(ends) + arima(o.element([0.6]) + regressor(attributes='transformation="logarithmic"', values=history,
                                                             numerator=factor("NonseasonalFactor", [2.0], order=0)), 0.1),
           forecast(o, log_v), "2·ln x in the differenced equation; constant is the default method")
    simple("regressor_squareroot_values", "ARIMA",
           series(ends) + arima(o.element([0.6]) + regressor(
               attributes='transformation="squareroot" futureValuesMethod="stored"', values=series(X[n:n + steps], n + 1, 'usage="prediction"') +
               f"<TransferFunctionValues>{array(0.7 * np.sqrt(X[:n]))}</TransferFunctionValues>",
               numerator=factor("NonseasonalFactor", [0.7])), 0.1),
           forecast(o, 0.7 * np.sqrt(X[:n + steps])), "0.7·√x; past outputs of the transfer function are stored, future x too")
    coefficients = {1: 4.0, 2: 0.05, 4: -1e-5}
    t = np.arange(1, n + steps + 1.0)
    trend = 4.0 + 0.05 * t - 1e-5 * t ** 3
    sparse = ('<TrendCoefficients><REAL-SparseArray n="4" defaultValue="0"><Indices>1 2 4</Indices>'
              "<REAL-Entries>4.0 0.05 -1e-5</REAL-Entries></REAL-SparseArray></TrendCoefficients>")
    simple("regressor_trend", "ARIMA",
           series(ends) + arima(o.element([0.6]) + regressor(
               attributes='futureValuesMethod="trend"', values=history + sparse,
               numerator=factor("NonseasonalFactor", [1.2])), 0.1),
           forecast(o, 1.2 * np.concatenate([X[:n], trend[n:]])), f"polynomial of the index with coefficients {coefficients}",
           "Index i of TrendCoefficients (from 1) is the coefficient of t^(i−1), t the index of the step in the series.")
    # Everything at once: seasonal factors, differences, orders with and without the leading coefficient.
    s = Orders(ar=[0.5], d=1, ma=[0.4], sar=[0.2], D=1, period=4)
    above = times([0.9, 0.4], polynomial([0.5], 1, 4), differences(1, 1, 4))
    below = times(polynomial([0.3, -0.1], -1), polynomial([0.25], -1, 4))
    x = X[:n + steps]
    reach = len(above) - 1
    filtered = signal.lfilter([1.0], below, np.convolve(x, above, "valid"))
    v = np.concatenate([np.zeros(reach), filtered])
    simple("regressor_seasonal", "ARIMA",
           series(ends) + arima(s.element([0.6]) + regressor(
               attributes='futureValuesMethod="stored" delay="0"', values=series(x),
               numerator=factor("NonseasonalFactor", [0.9, 0.4], 1, 1) + factor("SeasonalFactor", [0.5], 1, 1),
               denominator=factor("NonseasonalFactor", [1.0, 0.3, -0.1], 0, 2) + factor("SeasonalFactor", [0.25])), 0.1),
           s.solve(ends, 0.1, [0.6], steps, v), "scipy filter with multiplied factors, then the linear system", SIGNS)

    # Values of the record.
    flat = Orders(ar=[0.5])
    fields = (H, XF)
    body = series(ends) + series(X[:n], attributes='field="x"') + arima(
        flat.element() + regressor(attributes='futureValuesMethod="userSupplied" delay="1"',
                                   numerator=factor("NonseasonalFactor", [1.5, 0.5])), 30.0)
    text = document(time_series_model("ARIMA", body, fields), fields)
    records, expected = [], []
    for future in ([5.0, 6.0, 4.5, 5.5], [5.0, 6.0, 4.5, 5.5, 7.0, 8.0], [5.0, 6.0], [], 5.0, [5.0, None, 4.0], None):
        steps_now = 4
        given = [future] if isinstance(future, float) else [] if future is None else future
        full = np.concatenate([X[:n], [np.nan if g is None else g for g in given][:steps_now], np.full(max(0, steps_now - len(given)), np.nan)])
        w = np.array([1.5 * full[t - 1] + 0.5 * full[t - 2] if t > 1 else 0 for t in range(n + steps_now)])
        y = flat.solve(ends, 30.0, [], steps_now, np.where(np.isnan(w), 0, w))
        # The autoregression carries on the noise, not the regressor: only steps whose own v is unknown are missing.
        noise = flat.solve(ends, 30.0, [], steps_now, np.concatenate([w[:n], np.zeros(steps_now)]))
        y = noise + w[n:]
        records.append({"h": steps_now, **({} if future is None else {"x": future})})
        if future is None:
            expected.append({"y_hat": [noise[0] + w[n], np.nan, np.nan, np.nan]})
        else:
            expected.append({"y_hat": y})
    case("regressor_user_supplied", text, records, expected,
         "the autoregression of y − v with v = 1.5 x_{t−1} + 0.5 x_{t−2} from history and record",
         "A list gives the steps 1, 2, …, a number step 1; steps whose regressor is unknown are missing.")
    body = series(ends) + arima(flat.element() + regressor(numerator=factor("NonseasonalFactor", [1.5]),
                                                           values=f"<TransferFunctionValues>{array([9.0])}</TransferFunctionValues>",
                                                           attributes='transformation="logarithmic"'), 30.0)
    text = document(time_series_model("ARIMA", body, fields), fields)
    rows, wanted = [], []
    for value in (4.0, 0.5, None, -1.0):
        n0 = [ends[-1] - 9.0]
        y = []
        for _ in range(3):
            n0.append(30.0 + 0.5 * n0[-1])
            y.append(n0[-1] + 1.5 * np.log(value) if value is not None and value > 0 else np.nan)
        rows.append({"h": 3, **({} if value is None else {"x": value})})
        wanted.append({"y_hat": y} if value is None or value > 0 else {})
    case("regressor_record", text, rows, wanted, "the record's value is the constant that goes on",
         "constant without a stored history: the record's value.")

    # Another model predicts the regressor: beside this one, or before it in a chain.
    other_o = Orders(ar=[0.7])
    other_y = other_o.solve(X[:n], 1.5, [], 5)
    y = flat.solve(ends, 30.0, [], 5, np.concatenate([2.0 * X[:n], 2.0 * other_y]))
    inner = time_series_model("ARIMA", series(ends) + series(X[:n], attributes='field="x"') + arima(
        flat.element() + regressor(attributes='futureValuesMethod="otherModel"', numerator=factor("NonseasonalFactor", [2.0])), 30.0))
    other = time_series_model("ARIMA", series(X[:n]) + arima(other_o.element(), 1.5), output="", target="x")
    case("regressor_other_model", document(inner + other, (H,), ("y", "x")), [{"h": 5}], [{"y_hat": y}],
         "forecast of x by its own autoregression, then the linear system for y")
    second = time_series_model("ARIMA", series(ends) + series(X[:n], attributes='field="x_hat"') + arima(
        flat.element() + regressor("x_hat", 'futureValuesMethod="otherModel"', factor("NonseasonalFactor", [2.0])), 30.0),
        (H, ("x_hat", "double", "active")))
    first = time_series_model("ARIMA", series(X[:n]) + arima(other_o.element(), 1.5), target="x",
                              output='<Output><OutputField name="x_hat" feature="predictedValue"/></Output>')
    chain = ('<MiningModel functionName="mixed"><MiningSchema><MiningField name="h" usageType="supplementary"/>'
             '<MiningField name="y" usageType="target"/></MiningSchema><Segmentation multipleModelMethod="modelChain">'
             f'<Segment id="1"><True/>{first}</Segment><Segment id="2"><True/>{second}</Segment></Segmentation></MiningModel>')
    case("regressor_chain", document(chain, (H,), ("y", "x")), [{"h": 5}, {"h": 2}, {}],
         [{"y_hat": y, "x_hat": other_y}, {"y_hat": y[:2], "x_hat": other_y[:2]}, {"y_hat": None, "x_hat": None}],
         "the same by a chain: the first segment's output is the second one's regressor")


# ---------------------------------------------------------------- state space
def state_space(state, f, g, content="", attributes=""):
    return (f"<StateSpaceModel {attributes}><StateVector>{array(state)}</StateVector><TransitionMatrix>{matrix(f)}</TransitionMatrix>"
            f"<MeasurementMatrix>{matrix(g)}</MeasurementMatrix>{content}</StateSpaceModel>")


def derive_state_space():
    model = UnobservedComponents(LONG, "lltrend", seasonal=4)
    fit = model.smooth([1.2, 0.8, 0.05, 0.3])
    prediction = fit.get_forecast(8)
    mean, sd = np.asarray(prediction.predicted_mean), np.asarray(prediction.se_mean)
    r = fit.filter_results
    f, g = model.ssm["transition"], model.ssm["design"]
    selected = model.ssm["selection"] @ model.ssm["state_cov"] @ model.ssm["selection"].T
    covariances = (f'<PredictedStateCovarianceMatrix>{matrix(r.predicted_state_cov[:, :, -1])}</PredictedStateCovarianceMatrix>'
                   f"<SelectedStateCovarianceMatrix>{matrix(selected)}</SelectedStateCovarianceMatrix>"
                   f'<ObservationVarianceMatrix>{matrix(model.ssm["obs_cov"])}</ObservationVarianceMatrix>')
    simple("state_space_covariances", "StateSpaceModel",
           series(LONG) + state_space(r.predicted_state[:, -1], f, g, covariances),
           {"y_hat": mean, "standardError": sd, "standardDeviation": sd, **interval(mean, sd)},
           "statsmodels UnobservedComponents (local linear trend, season 4) with fixed variances: forecast and its deviation",
           "PredictedStateCovarianceMatrix belongs to StateVector, the state of the first forecast; variance, where given, scales "
           "all three matrices.", ALL_OUTPUTS)
    # As the R package pmml writes it: covariances in units of `variance`, that of the state one step behind.
    arma = Orders(ar=[0.6], ma=[0.4])
    m = SARIMAX(SHORT, order=(1, 0, 1), trend="n", mle_regression=False)
    fit = m.smooth([0.6, 0.4, 1.0])
    fr = fit.filter_results
    filtered_cov = fr.filtered_state_cov[:, :, -1]
    v = np.outer([1, 0.4], [1, 0.4])
    content = (f'<InterceptVector type="observation">{array([3.5])}</InterceptVector>'
               f"<PredictedStateCovarianceMatrix>{matrix(filtered_cov)}</PredictedStateCovarianceMatrix>"
               f"<SelectedStateCovarianceMatrix>{matrix(v)}</SelectedStateCovarianceMatrix>"
               f"<ObservationVarianceMatrix>{matrix([[0.0]])}</ObservationVarianceMatrix>")
    mean = 3.5 + np.asarray(fit.forecast(6))
    sd = 1.9 * np.sqrt(np.cumsum(arma.psi(6) ** 2))
    simple("state_space_filtered", "StateSpaceModel",
           state_space(fr.predicted_state[:, -1], m.ssm["transition"], m.ssm["design"], content, f'variance="{1.9 ** 2!r}"'),
           {"y_hat": mean, "standardDeviation": sd}, "statsmodels SARIMAX forecast; deviation by ψ weights",
           "A covariance that makes the first forecast certain is that of the last observation (as the exporter of the R package "
           "pmml writes): it is advanced by one step.", ("standardDeviation",), tolerance=1e-8)
    f, g, x = np.array([[1, 1, 0], [0, 0.9, 0], [0.1, 0, 0.5]]), np.array([[1.0, 0, 0.5]]), np.array([10, 0.5, -1])
    power = lambda h: np.linalg.matrix_power(f, h)
    y = [float((g @ power(h) @ x)[0]) + 2.5 for h in range(7)]
    for style, weights in (("with_first", [1.0, 0.7, 0.49, 0.343]), ("without_first", [0.7, 0.49, 0.343])):
        sd = [np.sqrt(1.44 * sum(0.49 ** j for j in range(h + 1))) if h < 4 else np.nan for h in range(7)]
        q = stats.norm.ppf(0.9)
        simple(f"state_space_psi_{style}", "StateSpaceModel",
               state_space(x, f, g, f'<PsiVector targetField="y" variance="1.44">{array(weights)}</PsiVector>', 'intercept="2.5" variance="9" period="none"'),
               {"y_hat": y, "standardDeviation": sd, "confidenceIntervalLower": np.array(y) - q * np.array(sd)},
               "matrix powers; variance by the weights", "ψ₀ = 1 may be written or not; beyond the stored weights the deviation is missing.",
               ("standardDeviation", "confidenceIntervalLower"), 80)
    c = np.array([0.3, -0.1, 0.2])
    y, state = [], x.copy()
    for _ in range(6):
        y.append(float((g @ state)[0]))
        state = f @ state + c
    simple("state_space_intercept", "StateSpaceModel",
           state_space(x, f, g, f'<InterceptVector type="state">{array(c)}</InterceptVector>', 'intercept="0"'), y,
           "the recursion written out")
    simple("state_space_intercept_default", "StateSpaceModel",
           state_space(x, f, g, f"<InterceptVector>{array(c)}</InterceptVector>"), y, "the same; state is the default")
    steps = 6
    v = signal.lfilter(polynomial([0.5], 1, 4) * 1.2, [1.0], X[:40 + steps])[40:]
    simple("state_space_regressor", "StateSpaceModel",
           series(LONG) + state_space(x, f, g, regressor(
               attributes='futureValuesMethod="stored"', values=series(X[:40 + steps]),
               numerator=factor("NonseasonalFactor", [1.2]) + factor("SeasonalFactor", [0.5])), 'period="4"'),
           [float((g @ power(h) @ x)[0]) + v[h] for h in range(steps)], "matrix powers plus a scipy filter of the regressor")
    both = np.array([[1.0, 0, 0.5], [0.2, -1.0, 0]])
    fields = (H,)
    text = document(
        '<TimeSeriesModel bestFit="StateSpaceModel" functionName="timeSeries"><MiningSchema><MiningField name="h" usageType="supplementary"/>'
        '<MiningField name="y" usageType="target"/><MiningField name="z" usageType="target"/></MiningSchema>'
        '<Output><OutputField name="y_hat" feature="predictedValue"/><OutputField name="z_hat" feature="predictedValue" targetField="z"/></Output>' +
        state_space(x, f, both, f'<InterceptVector type="observation">{array([1.0, 2.0])}</InterceptVector>') + "</TimeSeriesModel>",
        fields, ("y", "z"))
    values = [both @ power(h) @ x + [1.0, 2.0] for h in range(4)]
    case("state_space_two_targets", text, [{"h": 4}],
         [{"y_hat": [v[0] for v in values], "z_hat": [v[1] for v in values], "z": [v[1] for v in values]}], "matrix powers, a row for each target",
         "Rows of MeasurementMatrix are the targets of the MiningSchema in order.")


# ---------------------------------------------------------------- GARCH
def derive_garch():
    ar, ma, constant = [0.4, 0.2], [0.3], 0.05
    omega, alpha, beta = 0.02, [0.1, 0.05], [0.6, 0.2]
    y, e, e2, s2 = [0.3, -0.1, 0.25], [0.12], [-0.2, 0.12], [0.09, 0.08]
    mean = Orders(ar=ar, ma=ma).solve(np.array(y), constant, e, 6)
    # The expected state (e², e²', σ², σ²') moves on linearly.
    squares, variances, sd = [r * r for r in e2], list(s2), []
    for _ in range(6):
        v = omega + sum(a * squares[-1 - i] for i, a in enumerate(alpha)) + sum(b * variances[-1 - i] for i, b in enumerate(beta))
        squares.append(v), variances.append(v), sd.append(np.sqrt(v))
    z = np.array([e2[1] ** 2, e2[0] ** 2, s2[1], s2[0], 1.0])
    row = np.array([*alpha, *beta, omega])
    step = np.array([row, [1, 0, 0, 0, 0], row, [0, 0, 1, 0, 0], [0, 0, 0, 0, 1]])
    same(sd, [np.sqrt((np.linalg.matrix_power(step, h) @ z)[0]) for h in range(1, 7)])
    body = (f'<GARCH><ARMAPart constant="{constant}" p="2" q="1"><AR>{array(ar)}</AR><MA><MACoefficients>{array(ma)}</MACoefficients>'
            f'<Residuals>{array(e)}</Residuals></MA></ARMAPart><GARCHPart constant="{omega}" gp="2" gq="2"><ResidualSquareCoefficients>'
            f"<Residuals>{array(e2)}</Residuals><MACoefficients>{array(alpha)}</MACoefficients></ResidualSquareCoefficients>"
            f"<VarianceCoefficients><PastVariances>{array(s2)}</PastVariances><MACoefficients>{array(beta)}</MACoefficients>"
            "</VarianceCoefficients></GARCHPart></GARCH>")
    simple("garch_2_2", "GARCH", series(y) + body, {"y_hat": mean, "standardDeviation": sd, **interval(mean, sd, 90)},
           "mean by the linear system; variance by recursion and by powers of the transition matrix of its expected state",
           "Deviations are those of each step's own shock; gp counts past variances, gq past squared residuals; lists end with the "
           "latest value.", ALL_OUTPUTS[1:], 90)
    body = ('<GARCH><ARMAPart p="0" q="0"><AR><Array n="0" type="real"/></AR><MA/></ARMAPart><GARCHPart constant="0.5" gp="0" gq="0">'
            "<ResidualSquareCoefficients/><VarianceCoefficients/></GARCHPart></GARCH>")
    simple("garch_0_0", "GARCH", body, {"y_hat": [0.0] * 3, "standardDeviation": [np.sqrt(0.5)] * 3},
           "white noise of constant variance", features=("standardDeviation",))


# ---------------------------------------------------------------- around the model
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


def main():
    derive_smoothing()
    derive_arima()
    derive_outliers()
    derive_exact()
    derive_regressors()
    derive_state_space()
    derive_garch()
    derive_surroundings()
    FOLDER.write()


if __name__ == "__main__":
    main()
