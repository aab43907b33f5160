"""Tests by name, and their sum."""

import traceback


def attempt(label, test, argument):
    try:
        test(argument)
    except Exception:
        print(f"not ok {label}\n{traceback.format_exc()}")
        return False
    print("ok", label)
    return True


def summed(results):
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1
