"""GARCH."""
import numpy as np

from arima import Orders
from model import ALL_OUTPUTS, array, interval, same, series, simple


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
