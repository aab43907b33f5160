"""Values of results."""


def is_number(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number(value):
    """Numbers, also those that JSON has no word for."""
    if is_number(value):
        return float(value)
    return {"INF": float("inf"), "-INF": float("-inf")}.get(value) if isinstance(value, str) else None


def same(a, b, tolerance: float) -> bool:
    x, y = number(a), number(b)
    if x is not None and y is not None:
        if x == y or abs(x) == float("inf") or abs(y) == float("inf"):
            return x == y
        return abs(x - y) <= tolerance * max(abs(x), abs(y)) or max(abs(x), abs(y)) < 1e-290
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(p, q, tolerance) for p, q in zip(a, b))
    if isinstance(a, bool) or isinstance(b, bool):
        return str(a).lower() == str(b).lower()
    return a == b
