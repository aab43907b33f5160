"""ARIMA: the difference equation of every part, and conditional least squares."""
import numpy as np
from scipy import interpolate, linalg, signal
from statsmodels.tsa.arima_process import ArmaProcess

from model import ALL_OUTPUTS, array, interval, same, series, simple


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
