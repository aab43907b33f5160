#!/usr/bin/env python3
"""Plausible applicants for a loan. Run as a program: writes outcomes.csv, 2,000 of whom the model has learned nothing, with what
became of their loans. Needs
    pip install pandas
"""
import pathlib

import numpy as np
import pandas as pd

EMPLOYMENT = {"permanent": 0.58, "temporary": 0.14, "self-employed": 0.13, "retired": 0.10, "unemployed": 0.05}
HOME = {"own": 0.22, "mortgage": 0.36, "rent": 0.34, "family": 0.08}
PURPOSE = {"car": 0.27, "home improvement": 0.21, "debt consolidation": 0.22, "education": 0.08, "medical": 0.07,
           "business": 0.07, "holiday": 0.08}


def applicants(rows, random):
    """Plausible applicants and whether they defaulted."""
    def pick(shares):
        return random.choice(list(shares), size=rows, p=list(shares.values()))

    employment, home, purpose = pick(EMPLOYMENT), pick(HOME), pick(PURPOSE)
    age = np.clip(random.normal(43, 13, rows), 18, 85).round()
    age = np.where(employment == "retired", np.clip(age + 24, 58, 88), age)
    income = np.exp(random.normal(10.35, 0.42, rows)) * np.where(employment == "unemployed", 0.45, 1.0)
    years = np.clip(random.exponential(7, rows), 0, age - 17)
    amount = np.clip(np.exp(random.normal(9.0, 0.75, rows)), 500, 75000)
    term = random.choice([12, 24, 36, 48, 60, 84], size=rows, p=[0.10, 0.18, 0.27, 0.20, 0.18, 0.07])
    savings = np.exp(random.normal(7.6, 1.5, rows)) * (random.random(rows) > 0.12)
    utilization = np.clip(random.beta(1.7, 2.6, rows) * 115, 0, 120)
    late = random.poisson(0.35 + 0.010 * utilization)

    burden = amount / np.maximum(term, 12) * 12 / income
    risk = (-3.3 + 3.4 * burden + 0.016 * utilization + 0.42 * late - 0.20 * np.log1p(savings) / 2
            - 0.028 * np.minimum(years, 20) + 0.9 * (employment == "unemployed") + 0.35 * (employment == "temporary")
            + 0.45 * (purpose == "business") + 0.25 * (purpose == "debt consolidation") + 0.30 * (home == "rent")
            + 0.6 * (age < 25))
    defaulted = random.random(rows) < 1 / (1 + np.exp(-risk))
    frame = pd.DataFrame({
        "age": age, "income": income.round(2), "employment_years": years.round(1), "loan_amount": amount.round(-1),
        "term_months": term.astype(float), "savings": savings.round(2), "credit_utilization": utilization.round(1),
        "late_payments": late.astype(float), "employment": employment, "home": home, "purpose": purpose})
    return frame, np.where(defaulted, "yes", "no")


def main():
    rows, defaulted = applicants(2000, np.random.default_rng(20262))
    rows["default"] = defaulted
    rows.to_csv(pathlib.Path(__file__).with_name("outcomes.csv"), index=False)


if __name__ == "__main__":
    main()
