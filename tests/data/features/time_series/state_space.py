"""State space models."""
import numpy as np
from scipy import signal, stats
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsmodels.tsa.statespace.structural import UnobservedComponents

from arima import LONG, Orders, polynomial, SHORT
from model import ALL_OUTPUTS, array, case, document, H, interval, matrix, series, simple
from regressors import factor, regressor, X


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
