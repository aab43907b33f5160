"""The service as others speak to it: Triton's own client of the Open Inference Protocol, and Schemathesis, which makes
requests of the OpenAPI description, good and bad ones, and holds answers against it."""

import os
import subprocess
import sys
import tempfile

import numpy
import tritonclient.http
from tritonclient.utils import InferenceServerException

import hosts
from cases import VERSION, same


def test_triton_client(port):
    client = tritonclient.http.InferenceServerClient(f"127.0.0.1:{port}")
    headers = {"authorization": "Bearer " + hosts.TOKENS["score"]}
    same((client.is_server_live(), client.is_server_ready(), client.is_model_ready("loan", headers=headers)), (True, True, True))
    same(client.get_server_metadata()["name"], "scorelet")
    same(client.get_model_metadata("loan", VERSION, headers=headers)["inputs"][0], {"name": "income", "datatype": "FP64", "shape": [-1, 1]})

    income = tritonclient.http.InferInput("income", [3, 1], "FP64")
    income.set_data_from_numpy(numpy.array([[2450], [1000], [-1]], dtype=numpy.float64), binary_data=False)
    home = tritonclient.http.InferInput("home", [3, 1], "BYTES")
    home.set_data_from_numpy(numpy.array([["own"], ["rent"], ["own"]], dtype=object), binary_data=False)
    result = client.infer("loan", [income, home], request_id="seven", headers=headers)
    same((result.get_response()["id"], result.get_response()["model_version"]), ("seven", VERSION))
    same(result.as_numpy("repaid")[:2].tolist(), [["yes"], ["no"]])
    good = result.as_numpy("P(yes)")
    same((good.dtype, good.shape, good[:2, 0].tolist(), bool(numpy.isnan(good[2, 0]))), (numpy.float64, (3, 1), [0.96, 0.2], True))
    same([bool(e) for e in result.as_numpy("error")[:, 0]], [False, False, True])

    chosen = [tritonclient.http.InferRequestedOutput("leaf", binary_data=False)]
    same(client.infer("loan", [income, home], outputs=chosen, headers=headers).as_numpy("leaf")[0, 0], "6")
    for inputs, part in (([home, home], "two input tensors"), ([income], None)):
        try:
            client.infer("loan", inputs, headers=headers)
        except InferenceServerException as error:
            same(part is not None and part in str(error), True)
        else:
            same(part, None)


def test_schemathesis(port):
    """Any scope at once: the tests of scopes are elsewhere."""
    program = os.path.join(os.path.dirname(sys.executable), "schemathesis")
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "schemathesis.toml"), "w", encoding="utf-8") as file:
            file.write(f'[parameters]\n"path.id" = "loan"\n"path.version" = "{VERSION}"\n')
        command = [program, "run", f"http://127.0.0.1:{port}/openapi.json", "--header", "Authorization: Bearer " + hosts.TOKENS["all"],
                   "--exclude-method", "DELETE", "--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--seed", "1", "--no-color", "--suppress-health-check", "all",
                   "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=150, check=False)
    if run.returncode != 0:
        raise AssertionError(run.stdout[-6000:] + run.stderr[-2000:])


TESTS = [(name[5:], test) for name, test in list(globals().items()) if name.startswith("test_")]
