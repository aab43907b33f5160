#!/usr/bin/env python3
"""Writes manifest.json and models/ of this folder: forecasts computed without Scorelet.

Exponential smoothing runs the state recursion and, where it has the model, statsmodels. ARIMA forecasts solve the
difference equation as a linear system and, for the exact ones, condition the normal distribution of the whole series.
Transfer functions are scipy filters. Needs numpy, scipy, statsmodels.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from arima import derive_arima
from exact import derive_exact
from garch import derive_garch
from model import FOLDER
from outliers import derive_outliers
from regressors import derive_regressors
from smoothing import derive_smoothing
from state_space import derive_state_space
from surroundings import derive_surroundings


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
