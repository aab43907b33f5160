"""Exact least squares of ARIMA: the state of the Kalman filter, and forecasts given the whole series."""
import numpy as np
from scipy import linalg
from statsmodels.tsa.arima_process import ArmaProcess
from statsmodels.tsa.statespace.sarimax import SARIMAX

from arima import arima, LONG, Orders, SHORT
from model import ALL_OUTPUTS, array, interval, matrix, same, series, simple


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
