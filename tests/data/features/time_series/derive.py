#!/usr/bin/env python3
"""Writes manifest.json and models/ of this folder: forecasts computed without Scorelet.

Exponential smoothing runs the state recursion and, where it has the model, statsmodels. ARIMA forecasts solve the
difference equation as a linear system and, for the exact ones, condition the normal distribution of the whole series.
Transfer functions are scipy filters. Needs numpy, scipy, statsmodels.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from arima import derive_arima  # noqa: E402
from exact import derive_exact  # noqa: E402
from garch import derive_garch  # noqa: E402
from model import FOLDER  # noqa: E402
from outliers import derive_outliers  # noqa: E402
from regressors import derive_regressors  # noqa: E402
from smoothing import derive_smoothing  # noqa: E402
from state_space import derive_state_space  # noqa: E402
from surroundings import derive_surroundings  # noqa: E402


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
