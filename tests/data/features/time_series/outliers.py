"""Outlier effects of ARIMA."""
import numpy as np

from arima import arima, LONG, Orders
from model import series, simple


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
