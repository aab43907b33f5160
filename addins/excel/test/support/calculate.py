"""A calculator for the stand-in: a line of JSON comes in with all cells of a workbook and its formulas, a line with the
formulas' values goes out. IronCalc knows LET, MAP and LAMBDA, and nothing of PMML."""
import json
import sys

import ironcalc


def value_of(x):
    return {"error": x} if isinstance(x, str) and x.startswith("#") else "" if x is None else x


def calculate(book):
    model = ironcalc.create("book", "en", "UTC")
    model.rename_sheet(0, book["sheets"][0])
    for name in book["sheets"][1:]:
        model.add_sheet(name)
    number = {name: i for i, name in enumerate(book["sheets"])}
    for sheet, row, column, value in book["cells"]:
        at = (number[sheet], row + 1, column + 1)
        if isinstance(value, bool):
            model.update_cell_with_bool(*at, value)
        elif isinstance(value, str):
            model.update_cell_with_text(*at, value)
        else:
            model.update_cell_with_number(*at, float(value))
    for sheet, row, column, formula in book["formulas"]:
        model.set_user_input(number[sheet], row + 1, column + 1, formula)
    model.evaluate()
    return [value_of(model.get_cell_value(number[sheet], row + 1, column + 1)) for sheet, row, column, _ in book["formulas"]]


for line in sys.stdin:
    print(json.dumps(calculate(json.loads(line))), flush=True)
