"""Bundles: `scorelet model pack`, minisign itself both ways, WebCrypto, and a server that trusts keys."""

import hashlib
import json
import os
import pathlib
import subprocess
import tarfile

import hosts
from cases import SUM, answered, refused, same, tar
from http_client import Client
from results import with_folder
from store_cases import OTHER, Store

ABOUT = {"owners": ["pricing team"], "trainingWindow": {"from": "2025-01-01", "to": "2025-12-31"},
         "thresholds": [{"figure": "rmse", "maximum": 1.5}, {"figure": "mae", "maximum": 1}]}
# y = 2a + 3b + 1, and what came true: off by 0, 1 and 2, so mae 1 and rmse sqrt(5 / 3) = 1.29.
LABELLED = b"a,b,y\n1,2,9\n0,0,2\n1,0,5\n"


class Bench(Store):
    def __init__(self, keeper, folder):
        super().__init__(keeper, folder)
        self.key, self.public = self.make_key("own")

    def run(self, *words, code=0, **more):
        run = subprocess.run(words, capture_output=True, text=True, timeout=20, check=False, **more)
        if run.returncode != code:
            raise AssertionError(f"{words} ended with {run.returncode}:\n{run.stdout}{run.stderr}")
        return run.stdout + run.stderr

    def make_key(self, name):
        secret, public = (os.path.join(self.folder, name + end) for end in (".key", ".pub"))
        self.run("minisign", "-G", "-W", "-f", "-s", secret, "-p", public)
        return secret, public

    def pack(self, *words, document=SUM, about=ABOUT, code=0):
        path = os.path.join(self.folder, "sum.bundle")
        said = self.model("pack", "sum", self.file("packed.pmml", document), "-o", path, "--about=" + self.file("about.json", json.dumps(about).encode()),
                          "--labelled=" + self.file("labelled.csv", LABELLED), *words, code=code)
        return path if code == 0 else said

    def files(self, path):
        with tarfile.open(path) as archive:
            return {name: archive.extractfile(name).read() for name in archive.getnames()}

    def write(self, files, name="other.bundle"):
        return self.file(name, tar(files))

    def verify(self, path, public=None, code=0):
        self.run("node", os.path.join(hosts.HERE, "verify_bundle.mjs"), path, public or self.public, code=code)


def test_what_a_bundle_is(bench):
    """A tar of the parts, a manifest with their SHA-256, and a signature that minisign and WebCrypto take."""
    path = bench.pack("--key=" + bench.key, "--why=better", "--background=" + bench.file("b.json", b'[{"a":0,"b":0}]'))
    files = bench.files(path)
    same(sorted(files), ["background.json", "labelled.csv", "manifest.json", "manifest.json.minisig", "model.pmml"])
    manifest = json.loads(files["manifest.json"])
    same([manifest[name] for name in ("format", "name", "by", "why", *ABOUT)], ["scorelet-bundle/1", "sum", "tests", "better", *ABOUT.values()])
    same({n: (p["sha256"], p["bytes"]) for n, p in manifest["parts"].items()},
         {n: (hashlib.sha256(files[n]).hexdigest(), len(files[n])) for n in ("background.json", "labelled.csv", "model.pmml")})
    for name in ("manifest.json", "manifest.json.minisig"):
        bench.file(name, files[name])
    said = bench.run("minisign", "-V", "-p", bench.public, "-m", os.path.join(bench.folder, "manifest.json"))
    same("scorelet bundle sum" in said, True)
    bench.verify(path)
    bench.verify(path, bench.make_key("other")[1], code=1)
    bench.verify(bench.write({**files, "model.pmml": files["model.pmml"] + b" "}), code=1)
    bench.verify(bench.write({**files, "manifest.json": files["manifest.json"] + b" "}), code=1)


def test_signatures_by_minisign_itself(bench):
    """A manifest signed by minisign -l, as one does with a key that has a password; prehashed ones are told apart."""
    path = bench.pack()
    manifest = bench.file("manifest.json", bench.files(path)["manifest.json"])
    same("is not signed" in bench.model("add", "sum", path, "--keys=" + bench.public, code=3), True)
    bench.run("minisign", "-S", "-l", "-s", bench.key, "-m", manifest, "-t", "reviewed")
    bench.model("sign", path, manifest + ".minisig")
    bench.verify(path)
    bench.model("add", "sum", path, "--keys=" + bench.public)
    bench.run("minisign", "-S", "-s", bench.key, "-m", manifest)
    bench.model("sign", path, manifest + ".minisig")
    same("minisign -S -l" in bench.model("add", "sum", path, "--keys=" + bench.public, code=3), True)


def test_what_was_altered_is_refused(bench):
    path = bench.pack("--key=" + bench.key)
    files = bench.files(path)
    signature = files["manifest.json.minisig"]
    other_key, other_public = bench.make_key("other")
    for changed, part in (
        ({"model.pmml": OTHER}, '"model.pmml" was altered'),
        ({"manifest.json": files["manifest.json"].replace(b"pricing", b"Pricing")}, "altered"),
        ({"manifest.json.minisig": signature.replace(b"bundle sum", b"bundle sun")}, "altered"),
        ({"more.txt": b"x"}, 'does not know "more.txt"'),
        ({"manifest.json.minisig": b"x\n"}, "none of minisign"),
    ):
        same(part in bench.model("add", "sum", bench.write({**files, **changed}), "--keys=" + bench.public, code=3), True)
    same("not there" in bench.model("add", "sum", bench.write({n: f for n, f in files.items() if n != "labelled.csv"}), "--keys=" + bench.public, code=3), True)
    same("not among the trusted" in bench.model("add", "sum", path, "--keys=" + other_public, code=3), True)
    same("Only signed bundles" in bench.model("add", "sum", bench.file("plain.pmml", SUM), "--keys=" + bench.public, code=3), True)
    same('of the model "sum"' in bench.model("add", "other", path, "--keys=" + bench.public, code=3), True)
    both = bench.file("both.pub", b"".join(pathlib.Path(p).read_bytes() for p in (other_public, bench.public)))
    bench.model("add", "sum", path, "--keys=" + both)
    bench.pack("--key=" + other_key)
    bench.model("add", "sum", path, "--keys=" + both)


def sized(archive, octal):
    """The first file says to have that size; the header's sum fits."""
    header = bytearray(archive[:512])
    header[124:136] = octal + b"\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + archive[512:]


def test_archives_that_are_none(bench):
    files = bench.files(bench.pack())
    whole = tar(files)
    entries = whole[: -(-len(whole.rstrip(b"\0")) // 512) * 512]
    for content, part in (
        (whole[:3000], "too early"),
        (whole.replace(b"model.pmml\0", b"model/pmml\0", 1), "damaged"),
        (tar({"../" + n if n == "model.pmml" else n: f for n, f in files.items()}), '"../model.pmml" is none'),
        (sized(whole, b"77777777777"), "damaged"),
        (sized(whole, b"37777777777"), "too early"),
        (whole + b"x" * 512, "behind its end"),
        (entries + whole, "two "),
    ):
        same(part in bench.model("add", "sum", bench.file("bad.bundle", content), code=3), True)


def test_thresholds(bench):
    """mae is 1, rmse 1.29 by hand (LABELLED); a model that is worse than its bundle says is not even packed."""
    worse = {**ABOUT, "thresholds": [{"figure": "rmse", "maximum": 1.25}]}
    same("rmse of the labelled rows is 1.2909" in bench.pack(about=worse, code=3), True)
    for threshold, part in (({"figure": "gini", "minimum": 1}, "no figure"), ({"figure": "mae"}, "a \"minimum\" or"), ({"figure": "auc", "minimum": 1}, "needs a")):
        same(part in bench.pack(about={"thresholds": [threshold]}, code=3), True)
    path = bench.pack(about={"thresholds": [{"figure": "accuracy", "minimum": 0.3, "maximum": 0.4}, {"figure": "r2", "minimum": -100}, {"figure": "bias", "minimum": -1, "maximum": -0.5}]})
    bench.model("add", "sum", path)
    same("owners" in bench.pack(about={"owners": "me"}, code=1), True)
    same('"parts" is not said' in bench.pack(about={"parts": {}}, code=1), True)


def test_diff_of_bundles(bench):
    first = bench.model("add", "sum", bench.pack("--why=first")).strip()
    second = bench.model("add", "sum", bench.pack("--why=second", document=SUM.replace(b"</DataDictionary>", b"<Taxonomy name='t'><ChildParent childField='a' parentField='b'><InlineTable/></ChildParent></Taxonomy></DataDictionary>"), about={**ABOUT, "owners": ["risk team"]})).strip()
    found = bench.model("diff", "sum", first, second, code=1).splitlines()
    for line in ('manifest.owners.0: "pricing team" -> "risk team"', 'manifest.why: "first" -> "second"', "elements.Taxonomy: - -> 1"):
        same((line, line in found), (line, True))


def test_server_with_keys(bench):
    """Signed bundles only; the manifest is served, and explanations compare with the bundle's background."""
    path = bench.pack("--key=" + bench.key, "--background=" + bench.file("b.json", b'[{"a":0,"b":0}]'))
    tokens = bench.file("tokens", hosts.token_lines().encode())
    with open(path, "rb") as f:
        bundle = f.read()
    with hosts.process([bench.program, "serve", "--port=0", "--tokens=" + tokens, "--keys=" + bench.public, "sum=" + path], r"serving http://127\.0\.0\.1:(\d+)") as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        put = lambda body: c.ask("PUT", "/model/sum", body, token="manage", type_="application/octet-stream")
        answered(c.ask("POST", "/model/sum", {"arguments": {"a": 1, "b": 2}}), 200, {"results": {"y": 9}})
        same(answered(c.ask("GET", "/model/sum/manifest"), 200).json()["owners"], ["pricing team"])
        same(answered(c.ask("GET", "/model/sum/pmml", token="manage"), 200).body, SUM)
        same(c.ask("POST", "/model/sum/explain", {"record": {"a": 1, "b": 2}}, token="explain").json()["base"], 1)
        refused(put(SUM), 400, None, "Only signed bundles")
        refused(put(bundle.replace(b'rightMargin="100"', b'rightMargin="101"')), 400, None, "altered")
        answered(put(bundle), 200)
    said = bench.run(bench.program, "serve", "--port=0", "--keys=" + bench.public, hosts.MODELS["sum"], code=3)
    same("Only signed bundles" in said, True)


TESTS = with_folder(globals(), Bench)
