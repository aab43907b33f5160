"""Two spreadsheet engines as functions: workbook, records, columns of results -> a table of cells."""
import contextlib
import os
import zipfile

import formualizer
import ironcalc
import openpyxl


class Error(str):
    """#N/A and the like."""


SHEET = "Score"
FIRST_ROW = 2


def typed(text, data_type):
    """A cell of CSV as a person would type it: numbers as numbers in fields of numbers."""
    if text == "":
        return None
    if data_type == "boolean" and text in ("true", "false"):
        return text == "true"
    if data_type != "string":
        try:
            return float(text)
        except ValueError:
            return text
    return text


@contextlib.contextmanager
def silence():
    """IronCalc prints a line for each formula without a stored value."""
    kept = [os.dup(n) for n in (1, 2)]
    with open(os.devnull, "w", encoding="utf-8") as nothing:
        for n in (1, 2):
            os.dup2(nothing.fileno(), n)
        try:
            yield
        finally:
            for n, old in zip((1, 2), kept):
                os.dup2(old, n)
                os.close(old)


def rows_of(path):
    """The rows that the sheet Score has ready."""
    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml").count(b"<row ") - 1


def column_number(letters):
    n = 0
    for letter in letters:
        n = n * 26 + ord(letter) - ord("A") + 1
    return n


def ironcalc_engine(path, records, results, sheet=SHEET):
    with silence():
        model = ironcalc.load_from_xlsx(path, "en", "UTC")
    number = [s["name"] for s in model.get_worksheets_properties()].index(sheet)
    for row, record in enumerate(records, FIRST_ROW):
        for letters, value in record.items():
            column = column_number(letters)
            if value is None:
                model.clear_cell_contents(number, row, column)
            elif isinstance(value, bool):
                model.update_cell_with_bool(number, row, column, value)
            elif isinstance(value, float):
                model.update_cell_with_number(number, row, column, value)
            else:
                model.update_cell_with_text(number, row, column, value)
    model.evaluate()

    def cell(row, letters):
        value = model.get_cell_value(number, row, column_number(letters))
        return Error(value) if isinstance(value, str) and value.startswith("#") else value

    return [[cell(row, c) for c in results] for row in range(FIRST_ROW, FIRST_ROW + len(records))]


def formualizer_engine(path, records, results, sheet=SHEET):
    book = formualizer.load_workbook(path)
    for row, record in enumerate(records, FIRST_ROW):
        for letters, value in record.items():
            book.set_value(sheet, row, column_number(letters), value)
    rows = range(FIRST_ROW, FIRST_ROW + len(records))
    found = book.evaluate_cells([(sheet, row, column_number(c)) for row in rows for c in results])
    cells = iter(found)

    def cell(value):
        return Error(value["kind"]) if isinstance(value, dict) and value.get("type") == "Error" else value

    return [[cell(next(cells)) for _ in results] for _ in rows]


ENGINES = (ironcalc_engine, formualizer_engine)
WITH_LAMBDA = (ironcalc_engine,)


def differing(engine, path):
    """What the sheet Check says of the verification records; None: there is none. openpyxl reads the file a third way."""
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == SHEET and book.sheetnames[-1] == "About"
    if "Check" not in book.sheetnames:
        return None
    last = book["Check"].max_column
    assert book["Check"].cell(1, last).value == "records that differ"
    return engine(path, [{}], [openpyxl.utils.get_column_letter(last)], "Check")[0][0]
