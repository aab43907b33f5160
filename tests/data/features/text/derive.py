#!/usr/bin/env python3
"""Writes the documents and the expected results of this folder.

Weights and similarities are computed twice from their formulas: with numbers of 60 decimal digits, and by the fused
sums of the standard library in binary. The two must agree to 1e-13.

usage: derive.py
"""
import decimal
import math
import pathlib
import sys
import re
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from writing import Folder, document, element as tag, lines

folder = Folder(__file__, "Text", "text", 1e-12, layout=lines)
case = folder.case
decimal.getcontext().prec = 60


class Decimals:
    """Arithmetic with 60 digits."""
    number = staticmethod(Decimal)
    sqrt = staticmethod(lambda x: x.sqrt())
    log10 = staticmethod(lambda x: x.log10())
    total = staticmethod(lambda terms: sum(terms, Decimal(0)))


class Floats:
    number = staticmethod(float)
    sqrt = staticmethod(math.sqrt)
    log10 = staticmethod(math.log10)
    total = staticmethod(math.fsum)


def local_weights(kind, counts, m):
    most = max(counts)
    return [{"termFrequency": lambda n: n, "binary": lambda n: m.number(1 if n > 0 else 0),
             "logarithmic": lambda n: m.log10(1 + n),
             "augmentedNormalizedTermFrequency":
                 lambda n: (1 + n / most) / 2 if n > 0 else m.number(0)}[kind](n) for n in counts]


def global_weight(kind, column, m):
    df, n = sum(1 for x in column if x > 0), len(column)
    if kind == "none":
        return m.number(1)
    if df == 0:
        return m.number(0)
    return {"inverseDocumentFrequency": lambda: m.log10(m.number(n) / df),
            "GFIDF": lambda: m.total(column) / df,
            "normal": lambda: 1 / m.sqrt(m.total(x * x for x in column)),
            "probabilisticInverse": lambda: m.log10(m.number(n - df) / df)}[kind]()


class Model:
    def __init__(self, terms, matrix, local=None, weight=None, normalization=None, similarity=None, below=None):
        self.terms, self.matrix, self.below = terms, matrix, below or {}
        self.local, self.weight, self.normalization, self.similarity = local, weight, normalization, similarity

    # ---- the definition
    def count(self, text):
        """Occurrences of each term, a phrase where its words follow one another."""
        words = [w.strip("!?.,;:()-\"'") for w in text.lower().split()]
        words = [w for w in words if w]
        def hits(term):
            parts = term.lower().split()
            return sum(words[i:i + len(parts)] == parts for i in range(len(words)))
        return [sum(hits(t) for t in [term] + [c for c, above in self.below.items() if term in above])
                for term in self.terms]

    def vector(self, counts, weights, m):
        v = [a * b for a, b in zip(local_weights(self.local or "termFrequency", [m.number(n) for n in counts], m),
                                   weights)]
        length = m.sqrt(m.total(x * x for x in v))
        return [x / length for x in v] if self.normalization == "cosine" and length > 0 else v

    def similarities(self, counts, m):
        columns = [[m.number(row[t]) for row in self.matrix] for t in range(len(self.terms))]
        weights = [global_weight(self.weight or "inverseDocumentFrequency", c, m) for c in columns]
        query = self.vector(counts, weights, m)
        out = []
        for row in self.matrix:
            d = self.vector(row, weights, m)
            if self.similarity == "euclidean":
                out.append(m.sqrt(m.total((a - b) ** 2 for a, b in zip(query, d))))
                continue
            lengths = [m.sqrt(m.total(x * x for x in v)) for v in (query, d)]
            if lengths[0] == 0:
                return None
            out.append(m.total(a * b for a, b in zip(query, d)) / (lengths[0] * lengths[1]) if lengths[1] else
                       m.number(0))
        return out

    def answer(self, counts):
        """Similarities of all documents and their order, best first; None for a text that has no direction."""
        exact, fast = self.similarities(counts, Decimals), self.similarities(counts, Floats)
        if exact is None:
            assert fast is None
            return None
        assert all(abs(float(a) - b) < 1e-13 for a, b in zip(exact, fast)), (exact, fast)
        sign = 1 if self.similarity == "euclidean" else -1
        # Where documents are equally near but for rounding, their order is a matter of the last bit.
        order = sorted(range(len(exact)), key=lambda d: (sign * round(exact[d], 30), d))
        is_clear = all(abs(exact[a] - exact[b]) > Decimal("1e-9") or self.matrix[a] == self.matrix[b]
                       for a, b in zip(order, order[1:]))
        return [float(x) for x in exact], order, is_clear

    # ---- the document
    def document(self, outputs, fields=(("text", "string"),), dictionary_extra="", matrix=None, extra="",
                 function="clustering", target="", similarity_element="TextModelSimiliarity", **attributes):
        schema = "".join(tag("MiningField", name=n) for n, _ in fields)
        data = "".join(tag("DataField", name=n, optype="categorical" if t == "string" else "continuous", dataType=t)
                       for n, t in fields)
        body = tag("MiningSchema", schema + (tag("MiningField", name=target, usageType="target") if target else ""))
        if target:
            data += tag("DataField", name=target, optype="categorical", dataType="string")
        body += tag("Output", "".join(tag("OutputField", **o) for o in outputs))
        quoted = " ".join(f'"{t}"' if " " in t else t for t in self.terms)
        body += tag("TextDictionary", dictionary_extra + tag("Array", quoted, type="string", n=len(self.terms)))
        body += tag("TextCorpus", "".join(tag("TextDocument", id=f"d{i}", name="title", length=3, file="x.txt")
                                          for i in range(1, len(self.matrix) + 1)))
        rows = "".join(tag("Array", " ".join(str(x) for x in row), type="int", n=len(row)) for row in self.matrix)
        body += tag("DocumentTermMatrix", matrix or tag("Matrix", rows, nbRows=len(self.matrix),
                                                        nbCols=len(self.terms)))
        if self.local or self.weight or self.normalization:
            body += tag("TextModelNormalization", localTermWeights=self.local, globalTermWeights=self.weight,
                        documentNormalization=self.normalization)
        if self.similarity:
            body += tag(similarity_element, similarityType=self.similarity)
        model = tag("TextModel", body + extra, functionName=function, numberOfTerms=len(self.terms),
                    numberOfDocuments=len(self.matrix), **attributes)
        return document([data], model)


OUTPUTS = [{"name": "doc", "feature": "entityId", "dataType": "string"},
           {"name": "sim", "feature": "affinity", "dataType": "double"},
           {"name": "of d2", "feature": "affinity", "value": "d2", "dataType": "double"},
           {"name": "second", "feature": "entityId", "rank": 2, "dataType": "string"},
           {"name": "second sim", "feature": "affinity", "rank": 2, "dataType": "double"},
           {"name": "all", "feature": "entityId", "rank": 0, "dataType": "string"},
           {"name": "all sims", "feature": "affinity", "rank": 0, "dataType": "double"},
           {"name": "worst", "feature": "entityId", "rankOrder": "ascending", "dataType": "string"},
           {"name": "best two", "feature": "entityId", "rank": 2, "isMultiValued": 1, "dataType": "string"}]


def results(model, counts):
    answer = None if counts is None else model.answer(counts)
    if answer is None:
        return {o["name"]: None for o in OUTPUTS} | {"_target": None}
    similarities, order, is_clear = answer
    ids = [f"d{d + 1}" for d in order]
    if not is_clear:
        return {"sim": similarities[order[0]], "of d2": similarities[1],
                "second sim": similarities[order[1]], "all sims": [similarities[d] for d in order]}
    # Backwards, equal documents keep their order.
    rounded = [round(s, 12) for s in similarities]
    backwards = sorted(range(len(order)), key=lambda d: (-rounded[d] if model.similarity == "euclidean" else rounded[d],
                                                         d))
    return {"_target": ids[0], "doc": ids[0], "sim": similarities[order[0]], "of d2": similarities[1],
            "second": ids[1], "second sim": similarities[order[1]], "all": ids,
            "all sims": [similarities[d] for d in order], "worst": f"d{backwards[0] + 1}", "best two": ids[:2]}


FORMULAS = "formulas with 60 decimal digits and in binary floating point; both agree"
TERMS = ["sun", "Moon", "red star", "comet", "dust", "void"]
MATRIX = [[3, 0, 1, 0, 1, 0], [1, 2, 0, 0, 0, 0], [0, 1, 2, 1, 4, 0], [0, 3, 0, 1, 0, 0]]
TEXTS = ["Sun, sun and MOON", "the red star; a star is red", "comet comet (comet) dust moon sun red", "void",
         "nothing of this", "", None, "red red star-dust dust Dust! DUST moon", "sun sun red star dust sun"]
RECORDS = [{"text": t} for t in TEXTS]
number = 0
for local in ("termFrequency", "binary", "logarithmic", "augmentedNormalizedTermFrequency"):
    for weight in ("inverseDocumentFrequency", "none", "GFIDF", "normal", "probabilisticInverse"):
        # Each pair once; the other two settings take turns, so that all pairs of settings occur.
        normalization, similarity = ("none", "cosine")[number // 2 % 2], ("euclidean", "cosine")[(number + number // 4) % 2]
        number += 1
        matrix = [list(row) for row in MATRIX]
        model = Model(TERMS, matrix, local, weight, normalization, similarity)
        case(f"{local}_{weight}", model.document(OUTPUTS, isScorable="true"), RECORDS,
             [results(model, None if r["text"] is None else model.count(r["text"])) for r in RECORDS], FORMULAS,
             "log is the logarithm to base 10. The text is weighed as the documents are. A term of no document has the "
             "weight 0. A text without a direction resembles nothing by cosine: missing." if number == 1 else None)

default = Model(TERMS, MATRIX)
case("defaults", default.document(OUTPUTS), RECORDS,
     [results(default, None if r["text"] is None else default.count(r["text"])) for r in RECORDS], FORMULAS,
     "Without TextModelNormalization and TextModelSimiliarity: termFrequency, inverseDocumentFrequency, none, cosine.")

# ---- counts of terms as columns, beside a text or without one; a sparse matrix
cells = "".join(tag("MatCell", str(x), row=r + 1, col=c + 1) for r, row in enumerate(MATRIX) for c, x in enumerate(row) if x)
sparse = tag("Matrix", cells, nbRows=len(MATRIX), nbCols=len(TERMS))
for similarity in ("cosine", "euclidean"):
    model = Model(TERMS, MATRIX, "termFrequency", "none", "none", similarity)
    COUNTS = [{"sun": 2, "moon": 1, "dust": 0}, {"sun": 0.5, "moon": None, "dust": 3}, {"dust": 2},
              {"sun": 0, "moon": 0, "dust": 0}, {}, {"sun": 1, "moon": -1}]
    wanted = [results(model, [c.get("sun") or 0, c.get("moon") or 0, 0, 0, c.get("dust") or 0, 0] if c else None)
              for c in COUNTS[:5]] + ["invalid"]
    case(f"columns_{similarity}",
         model.document(OUTPUTS, (("sun", "double"), ("moon", "double"), ("dust", "double")), matrix=sparse), COUNTS,
         wanted, FORMULAS, "A numeric field is the count of the term that it is named like. A count below 0 is invalid.")

both = Model(TERMS, MATRIX, "logarithmic", "normal", "cosine", "cosine")
MIXED = [{"title": "Red star", "body": "sun moon", "dust": 2}, {"title": "moon", "dust": 1}, {"body": "comet."}, {}]
wanted = []
for r in MIXED:
    counts = [sum(x) for x in zip(*(both.count(r.get(f) or "") for f in ("title", "body")))]
    counts[4] += r.get("dust", 0)
    wanted.append(results(both, counts if r else None))
case("several_fields", both.document(OUTPUTS, (("title", "string"), ("body", "string"), ("dust", "integer"))), MIXED,
     wanted, FORMULAS, "The terms of all text fields and columns are counted together.")

# ---- a taxonomy of terms
ABOVE = {"sunshine": ["sun"], "red giant": ["red star", "sun"], "meteor": ["comet"], "comet": ["dust"]}
closure = {c: set(above) | {x for a in above for x in ABOVE.get(a, ())} for c, above in ABOVE.items()}
taxonomy = tag("Taxonomy", tag("ChildParent", tag("InlineTable", "".join(
    tag("row", tag("term", c) + tag("broader", p)) for c, above in ABOVE.items() for p in above)), childField="term",
    parentField="broader", isRecursive="yes"), name="terms")
tree = Model(TERMS, MATRIX, "termFrequency", "none", "none", "euclidean", closure)
WORDS = [{"text": t} for t in ("Sunshine!", "a red giant, a red star", "meteor and comet", "giant red")]
case("taxonomy", tree.document(OUTPUTS, dictionary_extra=taxonomy), WORDS,
     [results(tree, tree.count(r["text"])) for r in WORDS], FORMULAS,
     "An occurrence of a term of the taxonomy is one of every term above it, too.")

# ---- a vendor's classes of documents, as a segment of a chain
labels = tag("ClassLabels", tag("Array", "sky night space night", type="string", n=4))
classes = ["sky", "night", "space", "night"]
model = Model(TERMS, MATRIX, "termFrequency", "none", "cosine", "cosine")
case("classes", model.document(OUTPUTS, extra=labels, function="classification", target="topic",
                               similarity_element="TextModelSimilarity"), RECORDS,
     [{**{k: v for k, v in r.items() if k != "_target"},
       **({"topic": r["doc"] and classes[int(r["doc"][1:]) - 1]} if "doc" in r else {})}
      for r in (results(model, None if r["text"] is None else model.count(r["text"])) for r in RECORDS)], FORMULAS,
     "ClassLabels, which some producers write, name the class of each document: the prediction is that of the nearest.")

# ---- as a segment under a predicate, its ranks read from outside
model = Model(TERMS, MATRIX, "logarithmic", "none", "none", "euclidean")
text = model.document(OUTPUTS)
inner = re.search("<TextModel .*</TextModel>", text, re.S).group(0)
asked = [{"name": "other", "feature": "entityId", "rank": 3, "dataType": "string"},
         {"name": "distance", "feature": "affinity", "rank": 3, "dataType": "double"}]
outer = tag("MiningModel", tag("MiningSchema", tag("MiningField", name="text") + tag("MiningField", name="ask")) +
            tag("Output", "".join(tag("OutputField", segmentId="s", **o) for o in asked)) +
            tag("Segmentation", tag("Segment", tag("SimplePredicate", field="ask", operator="equal", value="yes") +
                                    inner, id="s"), multipleModelMethod="selectFirst"), functionName="clustering")
text = text.replace(inner, outer).replace("</DataDictionary>", tag(
    "DataField", name="ask", optype="categorical", dataType="string") + "</DataDictionary>")
records, wanted = [], []
for r in RECORDS:
    for ask in ("yes", "no"):
        row = results(model, None if r["text"] is None or ask == "no" else model.count(r["text"]))
        third = row["all"] and row["all"][2]
        records.append({**r, "ask": ask})
        wanted.append({**{k: row[k] for k in ("doc", "sim", "second", "all")}, "other": third,
                       "distance": row["all sims"] and row["all sims"][2]})
case("segment", text, records, wanted, FORMULAS)


folder.write()
