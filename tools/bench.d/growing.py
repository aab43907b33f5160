"""Models that grow in one direction, with their own answers: each function gives (document, answer), where `answer(row)` is
computed from the numbers that the document is written from. A row holds numbers first, then indices of categories."""

from synthetic import NUMBER, TEXT, Chance, schema

STEPS = 1024  # numbers and thresholds are so many parts of 1


def document(numbers: list, texts: list, categories: list, model: str) -> str:
    values = "".join(f'<Value value="{category}"/>' for category in categories)
    fields = "".join(f'<DataField name="{name}" {NUMBER}/>' for name in [*numbers, "y"])
    fields += "".join(f'<DataField name="{name}" {TEXT}>{values}</DataField>' for name in texts)
    return (f'<?xml version="1.0"?><PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>'
            f'<DataDictionary>{fields}</DataDictionary>{model}</PMML>')


def named(letter: str, count: int) -> list:
    return [f"{letter}{i}" for i in range(count)]


def rows(numbers: int, texts: int, categories: int, count: int) -> list:
    """The first rows that bench_growth makes for such fields."""
    chance = Chance()
    return [[chance.below(STEPS) / STEPS for _ in range(numbers)] + [chance.below(categories) for _ in range(texts)] for _ in range(count)]


def forest(trees: int, depth: int, numbers: int, texts: int = 0, categories: int = 0):
    """The sum of full trees; every leaf can be reached. Half of the categories go left, as in trained models."""
    chance, names, listed = Chance(), named("x", numbers) + named("t", texts), named("k", categories)
    bounds = [(0, STEPS)] * numbers
    parts = []

    def array(codes) -> str:
        return f'isIn"><Array type="string">{" ".join(listed[code] for code in codes)}</Array></SimpleSetPredicate>'

    def grow(predicate: str, levels: int):
        if levels == 0:
            leaf = (chance.below(1 << 20) - (1 << 19)) / (1 << 20)
            parts.append(f'<Node score="{leaf}">{predicate}</Node>')
            return leaf
        feature = chance.below(len(names))
        while feature < numbers and bounds[feature][1] - bounds[feature][0] < 2:
            feature = chance.below(len(names))
        name, old = names[feature], bounds[feature] if feature < numbers else None
        parts.append(f"<Node>{predicate}")
        if old:
            low, high = old
            at = low + 1 + chance.below(high - low - 1)
            goes_left, limits = at / STEPS, ((low, at), (at, high))
            predicates = [f'<SimplePredicate field="{name}" operator="{word}" value="{goes_left}"/>' for word in ("lessThan", "greaterOrEqual")]
        else:
            goes_left = {code for code in range(categories) if chance.below(2)}
            limits = (None, None)
            sides = goes_left, set(range(categories)) - goes_left
            predicates = [f'<SimpleSetPredicate field="{name}" booleanOperator="{array(sorted(side))}' for side in sides]
        children = []
        for side, limit in zip(predicates, limits):
            if old:
                bounds[feature] = limit
            children.append(grow(side, levels - 1))
        if old:
            bounds[feature] = old
        parts.append("</Node>")
        return feature, goes_left, *children

    roots = []
    for _ in range(trees):
        parts.append(f'<Segment><True/><TreeModel functionName="regression" splitCharacteristic="binarySplit">{schema(names)}')
        roots.append(grow("<True/>", depth))
        parts.append("</TreeModel></Segment>")
    model = (f'<MiningModel functionName="regression">{schema(names)}<Segmentation multipleModelMethod="sum">{"".join(parts)}'
             '</Segmentation></MiningModel>')

    def walk(node, row):
        while isinstance(node, tuple):
            feature, goes_left, left, right = node
            value = row[feature]
            node = left if (value < goes_left if feature < numbers else value in goes_left) else right
        return node

    return document(names[:numbers], names[numbers:], listed, model), lambda row: sum(walk(root, row) for root in roots)


def regression(numbers: int, texts: int = 0, categories: int = 0):
    """A linear model: a coefficient for each number and for each category."""
    chance, names, fields, listed = Chance(), named("x", numbers), named("t", texts), named("k", categories)
    slopes = [(chance.below(STEPS) + 1) / STEPS for _ in names]
    shifts = [[(chance.below(STEPS) + 1) / STEPS for _ in listed] for _ in fields]
    terms = "".join(f'<NumericPredictor name="{name}" coefficient="{slope}"/>' for name, slope in zip(names, slopes))
    terms += "".join(f'<CategoricalPredictor name="{name}" value="{value}" coefficient="{shift}"/>'
                     for name, own in zip(fields, shifts) for value, shift in zip(listed, own))
    model = (f'<RegressionModel functionName="regression">{schema(names + fields)}<RegressionTable intercept="0.5">{terms}</RegressionTable>'
             '</RegressionModel>')

    def answer(row):
        return (0.5 + sum(slope * x for slope, x in zip(slopes, row)) +
                sum(own[code] for own, code in zip(shifts, row[numbers:])))

    return document(names, fields, listed, model), answer
