#!/usr/bin/env python3
"""Writes the documents and the expected results of this folder.

Models are fitted with statsmodels where it has the model, and the library's own predictions are what is expected;
each is computed a second time from the formula of the specification, and the two must agree. What no library has
(oddspower, categories with their own PPCells, Cox tables, missing values …) comes from the formula, with a second
route where there is one: a root of the link function, or the definition summed by hand.

usage: derive.py     (needs numpy, scipy, statsmodels)
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from classes import binary, multinomial, ordinal
from designs import designs
from linear import linear_models, trials
from links import domains, fitted_links, oddspower
from model import FOLDER
from segments import segments
from survival import cox


def main():
    fitted_links()
    oddspower()
    domains()
    linear_models()
    trials()
    designs()
    multinomial()
    ordinal()
    binary()
    cox()
    segments()
    FOLDER.write()


if __name__ == "__main__":
    main()
