"""Tests by name, and their sum."""

import functools
import tempfile
import traceback


def attempt(label, test, argument):
    try:
        test(argument)
    except Exception:
        print(f"not ok {label}\n{traceback.format_exc()}")
        return False
    print("ok", label)
    return True


def with_folder(names, fixture):
    """The tests among these names, each with a fixture of its own: of the host under test (keepers.py) and an empty folder."""
    def run(test, keeper):
        with tempfile.TemporaryDirectory() as folder:
            test(fixture(keeper, folder))

    return [(name[5:], functools.partial(run, test)) for name, test in names.items() if name.startswith("test_")]


def only(tests, *names):
    found = [(name, test) for name, test in tests if name in names]
    if len(found) < len(names):
        raise ValueError(f"there is no test for each of {names}")
    return found


def summed(results):
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1
