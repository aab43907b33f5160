"""Exponential smoothing: every trend and season, and how uncertain its forecasts are."""
import numpy as np
import pandas
from scipy import integrate, stats
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from model import ALL_OUTPUTS, array, interval, same, simple


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
