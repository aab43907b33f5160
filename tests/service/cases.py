"""Requests that every host must answer alike, and what they are answered.

Served: loan (tests/data/examples; its manifest says how its results follow by hand) and sum (y = 2a + 3b + 1).
Tokens: one named score, one explain, one manage, each with that scope only. Limits: 50 rows, 20,000 bytes a body,
pages of https://page.example may read. A test gets the client and fails by an exception.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def file(*parts):
    with open(os.path.join(ROOT, *parts), "rb") as f:
        return f.read()


LOAN = file("tests/data/examples/loan.pmml")
SUM = file("tests/service/sum.pmml")
VERSION = hashlib.sha256(LOAN).hexdigest()[:16]


def tar(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def same(found, expected):
    if found != expected:
        raise AssertionError(f"found    {found!r}\nexpected {expected!r}")


def answered(answer, status, body=None):
    same((answer.status, answer.body if body is None else answer.json()), (status, answer.body if body is None else body))
    return answer


def refused(answer, status, field=None, *parts, key="message"):
    """An answer of the form of its protocol that names the field and says these words."""
    same(answer.status, status)
    body = answer.json()
    same(body.get("field"), field)
    for part in parts:
        if part not in body[key]:
            raise AssertionError(f"{part!r} is not in {body[key]!r}")


def tensor(name, datatype, data, shape=None):
    return {"name": name, "shape": [len(data), 1] if shape is None else shape, "datatype": datatype, "data": data}


def outputs(answer):
    return {o["name"]: o["data"] for o in answer.json()["outputs"]}


# ---- Open Inference Protocol v2

def test_oip_health(c):
    answered(c.ask("GET", "/v2/health/live", token=None), 200)
    answered(c.ask("GET", "/v2/health/ready", token=None), 200)
    answered(c.ask("GET", "/v2/models/loan/ready"), 200, {"name": "loan", "ready": True})


def test_oip_metadata(c):
    server = answered(c.ask("GET", "/v2"), 200).json()
    same((server["name"], server["extensions"]), ("scorelet", []))
    model = answered(c.ask("GET", "/v2/models/loan"), 200).json()
    same((model["name"], model["versions"], model["platform"]), ("loan", [VERSION], "pmml"))
    same(model["inputs"], [{"name": n, "datatype": t, "shape": [-1, 1]} for n, t in (("income", "FP64"), ("debts", "FP64"), ("home", "BYTES"))])
    same([o["name"] for o in model["outputs"]], ["repaid", "P(yes)", "P(no)", "leaf", "error"])
    same(c.ask("GET", f"/v2/models/loan/versions/{VERSION}").json(), model)
    refused(c.ask("GET", "/v2/models/loan/versions/7"), 404, "version", VERSION, key="error")
    refused(c.ask("GET", "/v2/models/none"), 404, "id", "none", key="error")


def test_oip_infer(c):
    """Incomes of 2450 and more with few debts are node 6: 672 of 700. Null is missing: the default child's, at 0.9."""
    body = {"id": "seven", "inputs": [tensor("income", "FP64", [2450, 1000]), tensor("home", "BYTES", ["own", "rent"])]}
    answer = answered(c.ask("POST", "/v2/models/loan/infer", body), 200)
    same({k: v for k, v in answer.json().items() if k != "outputs"}, {"model_name": "loan", "model_version": VERSION, "id": "seven"})
    same(outputs(answer), {"repaid": ["yes", "no"], "P(yes)": [0.96, 0.2], "P(no)": [0.04, 0.8], "leaf": ["6", "5"], "error": ["", ""]})
    same([o["shape"] for o in answer.json()["outputs"]], [[2, 1]] * 5)
    flat = {"inputs": [tensor("income", "INT64", [2450, 1000], [2]), tensor("home", "BYTES", [["own"], ["rent"]])]}
    same(outputs(c.ask("POST", f"/v2/models/loan/versions/{VERSION}/infer", flat)), outputs(answer))


def test_oip_null_is_missing(c):
    body = {"inputs": [tensor("a", "FP64", [1, None]), tensor("b", "FP32", [2, 2])]}
    answer = answered(c.ask("POST", "/v2/models/sum/infer", body), 200)
    same(outputs(answer)["y"], [9, None])


def test_oip_chosen_outputs(c):
    inputs = [tensor("income", "FP64", [2450])]
    answer = c.ask("POST", "/v2/models/loan/infer", {"inputs": inputs, "outputs": [{"name": "leaf"}, {"name": "P(no)"}]})
    same(outputs(answer), {"leaf": ["6"], "P(no)": [0.04]})
    refused(c.ask("POST", "/v2/models/loan/infer", {"inputs": inputs, "outputs": [{"name": "score"}]}), 400, "score", key="error")


def test_oip_bad_row_fails_alone(c):
    body = {"inputs": [tensor("income", "FP64", [-1, 2450])]}
    found = outputs(answered(c.ask("POST", "/v2/models/loan/infer", body), 200))
    same(found["repaid"], [None, "yes"])
    same([bool(e) for e in found["error"]], [True, False])
    if "income" not in found["error"][0]:
        raise AssertionError(found["error"][0])
    body["parameters"] = {"on_error": "fail"}
    refused(c.ask("POST", "/v2/models/loan/infer", body), 400, "income", "Row 0", key="error")


def test_oip_faults_name_the_field(c):
    ask = lambda *inputs: c.ask("POST", "/v2/models/loan/infer", {"inputs": list(inputs)})
    for inputs, field, part in (
        ([tensor("wage", "FP64", [1])], "wage", "no input"),
        ([tensor("income", "FP16", [1])], "income", "datatype"),
        ([tensor("income", "FP64", [1], [2, 1])], "income", "shape"),
        ([tensor("income", "FP64", [1], [])], "income", "shape"),
        ([tensor("income", "FP64", [1], [-1])], "income", "shape"),
        ([tensor("income", "FP64", [1], [0.5])], "income", "shape"),
        ([tensor("income", "FP64", [1, 2], [1, 2])], "income", "one value a row"),
        ([tensor("income", "FP64", ["x"])], "income", "no FP64"),
        ([tensor("income", "INT32", [0.5])], "income", "no INT32"),
        ([tensor("income", "UINT8", [256])], "income", "no UINT8"),
        ([tensor("income", "BOOL", [1])], "income", "no BOOL"),
        ([tensor("home", "BYTES", [{}])], "home", "no BYTES"),
        ([tensor("income", "FP64", [1]), tensor("home", "BYTES", ["own", "rent"])], "home", "rows"),
        ([tensor("income", "FP64", [1]), tensor("income", "FP64", [1])], "income", "two"),
        ([{"name": "income", "shape": [1], "datatype": "FP64"}], "income", "data"),
        ([7], "inputs", "name"),
        ([], None, "no rows"),
    ):
        refused(ask(*inputs), 400, field, part, key="error")
    refused(c.ask("POST", "/v2/models/loan/infer", {"inputs": 7}), 400, "inputs", "array", key="error")
    refused(c.ask("POST", "/v2/models/loan/infer", "{", ), 400, None, "JSON", key="error")
    refused(c.ask("POST", "/v2/models/loan/infer", "[]"), 400, None, "object", key="error")
    refused(c.ask("POST", "/v2/models/loan/infer", "{}", headers={"inference-header-content-length": "2"}), 400, None, "Binary", key="error")


# ---- models as resources

def test_list_and_describe(c):
    models = answered(c.ask("GET", "/model"), 200).json()["responses"]
    same([m["id"] for m in models], ["loan", "sum"])
    loan = answered(c.ask("GET", "/model/loan"), 200).json()
    same((loan["miningFunction"], loan["properties"]["file.checksum"]), ("classification", hashlib.sha256(LOAN).hexdigest()))
    same(loan["schema"]["inputFields"][0], {"id": "income", "name": "Monthly income", "dataType": "double", "opType": "continuous", "values": ["[0, INF)"]})
    same(loan["schema"]["inputFields"][2]["values"], ["own", "rent", "family"])
    same([f["id"] for f in loan["schema"]["targetFields"]], ["repaid"])
    same([f["id"] for f in loan["schema"]["outputFields"]], ["P(yes)", "P(no)", "leaf"])
    refused(c.ask("GET", "/model/none"), 404, "id", "none")


def test_evaluate(c):
    answer = c.ask("POST", "/model/loan", {"id": "r1", "arguments": {"income": 2450, "home": "own"}})
    answered(answer, 200, {"id": "r1", "results": {"repaid": "yes", "P(yes)": 0.96, "P(no)": 0.04, "leaf": "6"}})
    answered(c.ask("POST", "/model/sum", {"arguments": {"a": "1", "b": 2.0}}), 200, {"results": {"y": 9}})
    refused(c.ask("POST", "/model/loan", {"arguments": {"income": -1}}), 400, "income", "income")
    refused(c.ask("POST", "/model/loan", {"id": 7}), 400, "arguments")
    refused(c.ask("POST", "/model/loan", {"arguments": {"income": [1]}}), 400, None, "income", "list")


def test_batch(c):
    body = {"id": "b", "requests": [{"id": 1, "arguments": {"a": 1, "b": 2}}, {"id": 2, "arguments": {"a": -1}}, {"id": 3}, {"arguments": {"a": 0, "b": 0}}]}
    answer = answered(c.ask("POST", "/model/sum/batch", body), 200).json()
    same(answer["id"], "b")
    first, second, third, fourth = answer["responses"]
    same((first, fourth), ({"id": 1, "results": {"y": 9}}, {"results": {"y": 1}}))
    same((second["id"], second["field"], "results" in second), (2, "a", False))
    same((third["id"], third["field"], "results" in third), (3, "arguments", False))
    written = lambda one: c.ask("POST", "/model/sum/batch", '{"requests": [{"arguments": %s}, {"arguments": {"a": 1, "b": 2}}]}' % one)
    for one in ('{"a": 1e999}', '{"a": {"b": [1]}}', '[1]', '{"a": ' + 40 * "[" + 40 * "]" + "}"):
        first, second = answered(written(one), 200).json()["responses"]
        same(("message" in first, second), (True, {"results": {"y": 9}}))
    for one in ('{"a": 01}', '{"a": }', '{"a": 1', '{"a": "\\x"}'):
        refused(written(one), 400, None, "JSON")


def test_only_the_rows_asked_for_are_scored(c):
    """Of a member given twice the last counts; "arguments" elsewhere are nobody's."""
    row = lambda a: '{"arguments": {"a": %d, "b": 0}}' % a
    for body in (
        '{"requests": [%s, {"arguments": {"a": 8, "b": 0}, "arguments": {"a": 2, "b": 0}}, %s]}' % (row(1), row(3)),
        '{"requests": [%s, %s], "requests": [%s, %s, %s]}' % (row(7), row(8), row(1), row(2), row(3)),
        '{"arguments": {"a": 9, "b": 0}, "requests": [%s, {"other": %s, "arguments": {"a": 2, "b": 0}}, %s]}' % (row(1), row(7), row(3)),
        '{"requests": [%s, %s, %s], "arguments": {"a": 9}}' % (row(1), row(2), row(3)),
    ):
        answer = answered(c.ask("POST", "/model/sum/batch", body), 200).json()
        same([one["results"]["y"] for one in answer["responses"]], [3, 5, 7])
    twice = '{"arguments": {"a": 8, "b": 0}, "other": [%s], "arguments": {"a": 1, "b": 0}}' % row(7)
    answered(c.ask("POST", "/model/sum", twice), 200, {"results": {"y": 3}})
    refused(c.ask("POST", "/model/sum", '{"arguments": {"a": 1, "b": 0}, "arguments": 7}'), 400, "arguments", "to be an object")


def test_csv(c):
    csv = lambda text, path="/model/sum/csv": c.ask("POST", path, text, type_="text/plain")
    answer = answered(csv("Id,a,b\nx,1,2\ny,0,0\n"), 200)
    same((answer.text(), answer.headers["content-type"]), ("Id,y\nx,9\ny,1\n", "text/csv"))
    same(answered(csv("b;a\r\n2;1\r\n"), 200).text(), "y\n9\n")
    same(answered(csv("a|b\n1|2\n", "/model/sum/csv?delimiterChar=%7C"), 200).text(), "y\n9\n")
    same(answered(csv('id,home,income\n"a,b",own,2450\n', "/model/loan/csv"), 200).text(), 'id,repaid,P(yes),P(no),leaf\n"a,b",yes,0.96,0.04,6\n')
    refused(csv("a,b\n1,2\n-1,2\n"), 400, "a", "Row 2")
    refused(csv("a,b\n1\n"), 400, None, "Line 2", "1 cells")
    refused(csv("a,a\n1,2\n"), 400, "a", "two columns")
    refused(csv("c\n1\n"), 400, None, "a, b")
    refused(csv(""), 400, None, "empty")
    refused(csv("a\n1\n", "/model/sum/csv?delimiterChar=ab"), 400, "delimiterChar")


def test_life_of_a_model(c):
    put = lambda body, **more: c.ask("PUT", "/model/new", body, token="manage", type_="application/xml", **more)
    answer = answered(put(SUM), 201)
    same(answer.json()["id"], "new")
    answered(c.ask("POST", "/model/new", {"arguments": {"a": 1, "b": 2}}), 200, {"results": {"y": 9}})
    tag = answer.headers["etag"]
    refused(put(LOAN, headers={"if-none-match": "*"}), 412, "if-none-match")
    refused(put(LOAN, headers={"if-match": '"other"'}), 412, "if-match")
    answered(put(SUM.replace(b'intercept="1"', b'intercept="1" '), headers={"if-match": tag}), 200)
    same(answered(c.ask("GET", "/model/new/pmml", token="manage"), 200).body, SUM.replace(b'intercept="1"', b'intercept="1" '))
    answered(c.ask("DELETE", "/model/new", token="manage"), 200, {})
    refused(c.ask("DELETE", "/model/new", token="manage"), 404, "id")
    refused(c.ask("POST", "/model/new", {"arguments": {}}), 404, "id")


def test_bundles(c):
    """A model with a manifest and a background; what is altered is refused."""
    parts = {"model.pmml": SUM, "background.json": b'[{"a":0,"b":0}]', "labelled.csv": b"a,b,y\n1,2,9\n"}
    manifest = {"format": "scorelet-bundle/1", "name": "packed", "owners": ["tests"], "thresholds": [{"figure": "mae", "maximum": 0}],
                "parts": {name: {"sha256": hashlib.sha256(part).hexdigest()} for name, part in parts.items()}}
    put = lambda files, name="packed": c.ask("PUT", "/model/" + name, tar({"manifest.json": json.dumps(manifest).encode(), **files}), token="manage", type_="application/x-tar")
    refused(put({**parts, "model.pmml": SUM + b" "}), 400, None, "model.pmml", "altered")
    refused(put(parts, "other"), 400, "id", "packed")
    answered(put(parts), 201)
    answered(c.ask("POST", "/model/packed", {"arguments": {"a": 1, "b": 2}}), 200, {"results": {"y": 9}})
    same(answered(c.ask("GET", "/model/packed/manifest"), 200).json(), manifest)
    same(answered(c.ask("GET", "/model/packed/pmml", token="manage"), 200).body, SUM)
    same(c.ask("POST", "/model/packed/explain", {"record": {"a": 1, "b": 2}}, token="explain").json()["base"], 1)
    refused(c.ask("GET", "/model/sum/manifest"), 404, "id", "no bundle")
    answered(c.ask("DELETE", "/model/packed", token="manage"), 200, {})


def test_bad_models_are_refused(c):
    """What is served stays: a model that fails its own verification, and what is no model at all."""
    put = lambda body, name="sum": c.ask("PUT", "/model/" + name, body, token="manage", type_="application/xml")
    refused(put(SUM.replace(b"<y>9</y>", b"<y>8</y>")), 400, None, "ModelVerification", "record 1", "y", "8", "9")
    refused(put(b"<html/>"), 400, None, "refused")
    refused(put(b""), 400, None, "refused")
    refused(put(b"<!DOCTYPE a [<!ENTITY b 'c'>]><PMML/>"), 400, None, "refused")
    refused(put(SUM, "a%20b"), 400, "id", "name")
    refused(put(SUM, ".hidden"), 400, "id", "name")
    answered(c.ask("POST", "/model/sum", {"arguments": {"a": 1, "b": 2}}), 200, {"results": {"y": 9}})


# ---- SageMaker, MLflow

def test_invocations(c):
    nine = {"predictions": [{"y": 9}, {"y": 1}]}
    ask = lambda body, **more: c.ask("POST", "/invocations", body, **more)
    answered(c.ask("GET", "/ping", token=None), 200)
    answered(c.ask("GET", "/health", token=None), 200)
    answered(ask({"dataframe_split": {"columns": ["b", "other", "a"], "data": [[2, "x", 1], [0, None, 0]]}}), 200, nine)
    answered(ask({"dataframe_records": [{"a": 1, "b": 2}, {"b": 0, "a": 0}]}), 200, nine)
    answered(ask({"instances": [{"a": 1, "b": 2}, {"b": 0, "a": 0}]}), 200, nine)
    answered(ask({"instances": [[1, 2], [0, 0]]}), 200, nine)
    answered(ask({"inputs": {"a": [1, 0], "b": [2, 0]}}), 200, nine)
    answered(ask({"inputs": [{"a": 1, "b": 2}, {"b": 0, "a": 0}]}), 200, nine)
    same(answered(ask("a,b\n1,2\n", type_="text/csv; charset=utf-8"), 200).text(), "y\n9\n")


def test_invocations_faults(c):
    ask = lambda body: c.ask("POST", "/invocations", body)
    for body, field, part in (
        ({}, None, "one of"),
        ({"instances": [], "inputs": []}, None, "not several"),
        ({"instances": []}, None, "no rows"),
        ({"dataframe_split": {"columns": ["a"], "data": [[1, 2]]}}, "data", "Row 0"),
        ({"dataframe_split": {"columns": ["c"], "data": [[1]]}}, None, "a, b"),
        ({"dataframe_split": {"columns": [1], "data": [[1]]}}, "columns", "names"),
        ({"dataframe_split": {"columns": ["a"], "data": [[[1]]]}}, "a", "single value"),
        ({"dataframe_records": [1]}, None, "object"),
        ({"dataframe_records": {}}, "dataframe_records", "array"),
        ({"inputs": {"a": [1], "b": [1, 2]}}, "b", "2 values"),
    ):
        refused(ask(body), 400, field, part)
    same(ask({}).json()["error_code"], "BAD_REQUEST")
    refused(c.ask("POST", "/invocations", "a", type_="text/plain"), 415, "content-type", "text/plain")


# ---- explanations

ZERO = [{"a": 0, "b": 0}]


def test_explain(c):
    """Of a sum each field's share is its own summand, against a background of zeros."""
    ask = lambda what, body: c.ask("POST", "/model/sum/" + what, {"record": {"a": 1, "b": 2}, "background": ZERO, **body}, token="explain")
    answer = answered(ask("explain", {}), 200).json()
    same((answer["base"], answer["records"][0]["value"], answer["records"][0]["contributions"]), (1, 9, {"a": 2, "b": 6}))
    answered(ask("what-if", {"ask": "curve", "field": "a", "values": [0, 1, 5]}), 200, {"field": "a", "values": [0, 1, 5], "quantity": [7, 9, 17]})
    goal = answered(ask("goal-seek", {"field": "a", "relation": "=", "target": 21}), 200).json()
    found = goal["ranges"][0]   # the neighbours of 7 give 21, too, rounded
    same((goal["now"], len(goal["ranges"]), found["from"] <= 7 <= found["to"], found["to"] - found["from"] < 1e-12), (9, 1, True, True))
    refused(ask("what-if", {"ask": "goalSeek"}), 400, "ask", "counterfactuals")
    refused(ask("goal-seek", {"field": "c", "target": 1}), 400, "c", "c")
    refused(ask("explain", {"evaluations": 1e9}), 400, "evaluations", "at most")
    refused(ask("explain", {"background": 7}), 400, "background")


def test_explain_by_the_models_own_records(c):
    """Without a background the model's description counts, or its verification records: here means of (1, 2) and (0, 0)."""
    answer = answered(c.ask("POST", "/model/sum/explain", {"record": {"a": 1, "b": 2}}, token="explain"), 200).json()
    same((answer["base"], answer["records"][0]["contributions"]), (5, {"a": 1, "b": 3}))


# ---- who may

def test_scopes(c):
    evaluation = {"arguments": {"a": 1, "b": 2}}
    answer = c.ask("POST", "/model/sum", evaluation, token=None)
    refused(answer, 401, None, "bearer token")
    same(answer.headers["www-authenticate"], "Bearer")
    refused(c.ask("POST", "/model/sum", evaluation, token=None, headers={"authorization": "Bearer guessed"}), 401)
    refused(c.ask("POST", "/model/sum", evaluation, token=None, headers={"authorization": "Basic c2NvcmU6"}), 401)
    refused(c.ask("POST", "/model/sum", evaluation, token="manage"), 403, None, "score")
    refused(c.ask("POST", "/model/sum/explain", {"record": {}}, token="score"), 403, None, "explain")
    refused(c.ask("PUT", "/model/sum", SUM, token="score"), 403, None, "manage")
    refused(c.ask("DELETE", "/model/sum", token="explain"), 403, None, "manage")
    refused(c.ask("GET", "/model/sum/pmml", token="score"), 403, None, "manage")
    refused(c.ask("GET", "/metrics", token=None), 401)
    refused(c.ask("POST", "/v2/models/sum/infer", {}, token=None), 401, key="error")
    same(c.ask("POST", "/invocations", {}, token=None).json()["error_code"], "UNAUTHENTICATED")


# ---- limits

def test_limits(c):
    rows = [{"a": 1, "b": 2}] * 51
    answered(c.ask("POST", "/invocations", {"instances": rows[:50]}), 200)
    refused(c.ask("POST", "/invocations", {"dataframe_split": {"columns": ["a"], "data": [[1]] * 51}}), 413, None, "50")
    refused(c.ask("POST", "/model/sum/batch", {"requests": [{"arguments": row} for row in rows]}), 413, None, "50")
    refused(c.ask("POST", "/model/sum/csv", "a\n" + "1\n" * 51, type_="text/csv"), 413, None, "50")
    refused(c.ask("POST", "/v2/models/sum/infer", {"inputs": [tensor("a", "FP64", [1] * 51)]}), 413, None, "50", key="error")
    same(c.ask("POST", "/model/sum", {"arguments": {"a": 1}, "more": "x" * 20_000}).status, 413)
    refused(c.ask("POST", "/model/sum", "[" * 2_000), 400, None, "nested")
    refused(c.ask("POST", "/model/sum", "{}", headers={"content-encoding": "br"}), 415, "content-encoding")
    refused(c.ask("POST", "/model/sum", "{}", type_="text/plain"), 415, "content-type")


def test_paths_and_methods(c):
    refused(c.ask("GET", "/"), 404, None, "openapi")
    refused(c.ask("GET", "/model/sum/nothing"), 404)
    refused(c.ask("GET", "/v2/nothing"), 404, key="error")
    refused(c.ask("GET", "/model/%zz"), 400, None, "well formed")
    refused(c.ask("GET", "/model/%00"), 400, None, "well formed")
    answer = c.ask("DELETE", "/invocations")
    same((answer.status, answer.headers["allow"]), (405, "POST"))
    same(sorted(c.ask("POST", "/model/loan/pmml", {}).headers["allow"].split(", ")), ["GET"])
    same(c.ask("TRACE", "/model/sum").status, 405)
    head = c.ask("HEAD", "/model/loan")
    same((head.status, head.body, head.headers["etag"]), (200, b"", c.ask("GET", "/model/loan").headers["etag"]))


def test_conditional_requests(c):
    for path, token in (("/openapi.json", "score"), ("/model/loan", "score"), ("/model/loan/pmml", "manage")):
        tag = answered(c.ask("GET", path, token=token), 200).headers["etag"]
        for known in (tag, "W/" + tag, '"other", ' + tag, "*"):
            answer = c.ask("GET", path, token=token, headers={"if-none-match": known})
            same((answer.status, answer.body, answer.headers["etag"]), (304, b"", tag))
        answered(c.ask("GET", path, token=token, headers={"if-none-match": '"other"'}), 200)


def test_compression(c):
    nine = {"results": {"y": 9}}
    packed = gzip.compress(json.dumps({"arguments": {"a": 1, "b": 2}}).encode())
    ask = lambda body, coding="gzip", **more: c.ask("POST", "/model/sum", body, headers={"content-encoding": coding}, **more)
    answered(ask(packed), 200, nine)
    answered(ask(packed, "GZip"), 200, nine)
    answered(ask({"arguments": {"a": 1, "b": 2}}, "identity"), 200, nine)
    refused(ask(packed[:-5]), 400, "content-encoding", "gzip")
    refused(ask(packed + b"more"), 400, "content-encoding", "gzip")
    refused(ask(b"plain"), 400, "content-encoding", "gzip")
    refused(ask(gzip.compress(b" " * 20_001)), 413, None, "20000")
    answer = ask(packed, "br")
    refused(answer, 415, "content-encoding", "gzip")
    same(answer.headers["accept-encoding"], "gzip")

    plain = c.ask("GET", "/openapi.json", token=None)
    for accepted in ("gzip", "br, gzip;q=0.5", "*"):
        answer = c.ask("GET", "/openapi.json", token=None, headers={"accept-encoding": accepted})
        same((answer.headers["content-encoding"], gzip.decompress(answer.body)), ("gzip", plain.body))
        same((answer.headers["etag"], answer.headers["vary"]), ("W/" + plain.headers["etag"], "accept-encoding"))
        same(len(answer.body) < len(plain.body) / 4, True)
    for refused_ in ("br", "gzip;q=0", "identity"):
        answer = c.ask("GET", "/openapi.json", token=None, headers={"accept-encoding": refused_})
        same(("content-encoding" in answer.headers, answer.body), (False, plain.body))
    short = c.ask("GET", "/v2", token=None, headers={"accept-encoding": "gzip"})
    same("content-encoding" in short.headers, False)
    same(c.ask("GET", "/openapi.json", token=None, headers={"accept-encoding": "gzip", "if-none-match": answer.headers["etag"]}).status, 304)


def test_cors(c):
    page = {"origin": "https://page.example"}
    answer = c.ask("OPTIONS", "/model/sum", token=None, headers={**page, "access-control-request-method": "POST"})
    same((answer.status, answer.headers["access-control-allow-origin"]), (204, page["origin"]))
    for needed in ("POST", "DELETE"):
        same(needed in answer.headers["access-control-allow-methods"], True)
    same("authorization" in answer.headers["access-control-allow-headers"], True)
    for method, path in (("POST", "/model/sum"), ("GET", "/model/none")):   # errors can be read, too
        answer = c.ask(method, path, headers=page)
        same((answer.headers["access-control-allow-origin"], answer.headers["vary"]), (page["origin"], "origin"))
    same("access-control-allow-origin" in c.ask("GET", "/model/sum", headers={"origin": "https://other.example"}).headers, False)


def test_request_ids(c):
    same(c.ask("GET", "/v2", headers={"x-request-id": "mine-7"}).headers["x-request-id"], "mine-7")
    first, second = (c.ask("GET", "/v2", headers={"x-request-id": "a b"}).headers["x-request-id"] for _ in range(2))
    same((len(first), first == second), (32, False))


# ---- the service itself

def test_metrics(c):
    def rows():
        return {line.split()[0]: float(line.split()[1]) for line in c.ask("GET", "/metrics").text().splitlines() if line[0] != "#"}
    before = rows()
    c.ask("POST", "/model/sum/batch", {"requests": [{"arguments": {"a": 1, "b": 2}}, {"arguments": {"a": -1}}]})
    after = rows()
    grown = lambda name: after[name] - before.get(name, 0)
    same(grown('scorelet_rows_total{model="sum"}'), 2)
    same(grown('scorelet_bad_rows_total{model="sum"}'), 1)
    same(grown('scorelet_requests_total{route="/model/{}/batch",status="200"}'), 1)
    same(grown('scorelet_request_seconds_count{route="/model/{}/batch"}'), 1)


def test_openapi(c):
    document = answered(c.ask("GET", "/openapi.json", token=None), 200).json()
    same(document["openapi"], "3.1.0")
    same(document["info"]["version"], c.ask("GET", "/version").text())
    same(document, json.loads(file("edge/service/openapi.json")))
    # Whatever it lists is there.
    for path, methods in document["paths"].items():
        for method in methods:
            answer = c.ask(method.upper(), path.replace("{id}", "x").replace("{version}", "1"), token=None)
            same((path, answer.status in (200, 401)), (path, True))


def test_models_that_are_part_of_the_service(c):
    """Only of hosts that keep nothing between requests."""
    for path in ("/model/sum", "/model/new"):
        refused(c.ask("PUT", path, SUM, token="manage", type_="application/xml"), 403, None, "part of it")
        refused(c.ask("DELETE", path, token="manage"), 403, None, "part of it")
    refused(c.ask("PUT", "/model/sum", SUM, token="score"), 403, None, "manage")
    answered(c.ask("POST", "/model/sum", {"arguments": {"a": 1, "b": 2}}), 200, {"results": {"y": 9}})


ALL = [(name[5:], test) for name, test in list(globals().items()) if name.startswith("test_")]
OF_KEEPERS = ("life_of_a_model", "bundles", "bad_models_are_refused", "metrics")
OF_FORGETFUL = ("models_that_are_part_of_the_service",)
TESTS = [(name, test) for name, test in ALL if name not in OF_FORGETFUL]
FORGETFUL = [(name, test) for name, test in ALL if name not in OF_KEEPERS]
