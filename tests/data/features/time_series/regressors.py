"""Dynamic regressors: transfer functions and what is known of the future."""
import numpy as np
from scipy import signal

from arima import arima, differences, LONG, Orders, polynomial, RNG, times
from model import array, case, document, H, series, simple, time_series_model


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
