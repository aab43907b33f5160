"""General regression models as text, and the inverse links as the specification writes them."""
import warnings

import numpy as np
import scipy.stats

import writing
from writing import element as e, Folder, indented, number

warnings.simplefilter("ignore")
FOLDER = Folder(__file__, "GeneralRegression", "glm", 1e-10, layout=indented)
case = FOLDER.case


def document(fields, model, version="4.4"):
    return writing.document(fields, model, version=version, numberOfFields=len(fields))


def contrasts(name, categories, matrix, kind="Custom"):
    """A factor with a contrast matrix: a list of rows, or an element."""
    if isinstance(matrix, list):
        matrix = e("Matrix",
                   [e("Array", " ".join(number(x) for x in row), n=str(len(row)), type="real") for row in matrix],
                   nbRows=str(len(matrix)),
                   nbCols=str(len(matrix[0])))
    listed = [e("Categories", [e("Category", value=c) for c in categories])] if categories else []
    return e("Predictor", listed + [matrix], name=name, contrastMatrixType=kind)


def general_regression(schema,
                       parameters,
                       cells,
                       betas,
                       factors=(),
                       covariates=(),
                       outputs=(),
                       more=(),
                       targets=(),
                       local=(),
                       reference=None,
                       **attributes):
    """parameters: names; cells: (parameter, predictor, value[, category]); betas: (parameter, beta[, category])."""
    children = [schema]
    if outputs:
        children.append(e("Output", outputs))
    children += list(targets) + list(local)
    children.append(
        e("ParameterList",
          [e("Parameter", name=p, label="of " + p, referencePoint=(reference or {}).get(p)) for p in parameters]))
    if factors:
        children.append(e("FactorList", [f if f.startswith("<") else e("Predictor", name=f) for f in factors]))
    if covariates:
        children.append(e("CovariateList", [e("Predictor", name=c) for c in covariates]))
    children.append(
        e("PPMatrix", [
            e("PPCell",
              value=number(c[2]),
              predictorName=c[1],
              parameterName=c[0],
              targetCategory=c[3] if len(c) > 3 else None) for c in cells
        ]))
    covariance = [m for m in more if m.startswith("<PCovMatrix")]
    children += covariance
    children.append(
        e("ParamMatrix", [
            e("PCell", parameterName=b[0], beta=b[1], df="1", targetCategory=b[2] if len(b) > 2 else None)
            for b in betas
        ]))
    children += [m for m in more if not m.startswith("<PCovMatrix")]
    return e("GeneralRegressionModel", children, **attributes)


def agree(one, other, tolerance=1e-10):
    one, other = np.asarray(one, float), np.asarray(other, float)
    assert one.shape == other.shape and np.allclose(one, other, rtol=tolerance, atol=tolerance), (one, other)


def floats(values):
    return [float(v) for v in values]


def inverse_link(link, x, c=None, d=None):
    return {
        "identity": lambda: x,
        "log": lambda: np.exp(x),
        "logc": lambda: 1 - np.exp(x),
        "logit": lambda: 1 / (1 + np.exp(-x)),
        "probit": lambda: scipy.stats.norm.cdf(x),
        "cloglog": lambda: 1 - np.exp(-np.exp(x)),
        "loglog": lambda: np.exp(-np.exp(-x)),
        "cauchit": lambda: 0.5 + np.arctan(x) / np.pi,
        "negbin": lambda: 1 / (c * (np.exp(-x) - 1)),
        "oddspower": lambda: 1 / (1 + (1 + d * x)**(-1 / d)) if d else 1 / (1 + np.exp(-x)),
        "power": lambda: x**(1 / d) if d else np.exp(x),
    }[link]()
