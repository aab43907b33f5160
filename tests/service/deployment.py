#!/usr/bin/env python3
"""What edge/deployment holds, as far as it can be run here: tests/service/deployment.py PROGRAM

The systemd unit by systemd-analyze, the container file by hadolint, the Kubernetes manifests by their schemas (python needs what
`tools/setup deployment` installs), and two replicas over one store behind a real HAProxy.
"""

import contextlib
import glob
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import hosts  # noqa: E402
import keepers  # noqa: E402
from cases import SUM, answered, same  # noqa: E402
from http_client import Client  # noqa: E402
from results import attempt, summed  # noqa: E402
from store_cases import SECOND, Store, serving  # noqa: E402

FILES = os.path.join(hosts.ROOT, "edge/deployment")


def read(name):
    with open(os.path.join(FILES, name), encoding="utf-8") as file:
        return file.read()


def test_systemd_units(program):
    for unit in ("scorelet.service", "monitoring/scorelet-collector.service", "monitoring/victorialogs.service"):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, os.path.basename(unit))
            with open(path, "w", encoding="utf-8") as file:   # where the programs are to be, is none here
                text = re.sub(r"^ExecStart=/usr/bin/\S+", "ExecStart=" + os.path.abspath(program), read(unit), flags=re.M)
                file.write(text.replace("man:scorelet(1)", "https://example.org"))
            run = subprocess.run(["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True, timeout=60, check=False)
            same((run.returncode, run.stdout + run.stderr), (0, ""))
            run = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=30", path], capture_output=True, text=True, timeout=60, check=False)
            same((run.returncode, run.stdout[-500:] if run.returncode else ""), (0, ""))


def test_container_file(_):
    run = subprocess.run([os.path.join(os.path.dirname(sys.executable), "hadolint"), os.path.join(FILES, "Containerfile")], capture_output=True, text=True, timeout=60, check=False)
    same((run.returncode, run.stdout), (0, ""))


def test_program_in_a_root_of_its_own(program):
    """With only what the image holds for it, its libraries, as nobody, in a file system of its own."""
    with tempfile.TemporaryDirectory() as root:
        subprocess.run(["install", "-D", program, root + "/usr/bin/scorelet"], check=True)
        listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
        for path in re.findall(r"(/\S+) \(0x", listed):
            subprocess.run(["install", "-D", os.path.realpath(path), root + path], check=True)
        os.makedirs(root + "/etc/scorelet")
        os.makedirs(root + "/var/lib/scorelet")
        with open(root + "/etc/scorelet/tokens", "w", encoding="utf-8") as file:
            file.write(hosts.token_lines())
        subprocess.run(["chown", "65532:65532", root + "/var/lib/scorelet"], check=True)
        os.chmod(root, 0o755)
        words = [*re.findall(r'"(.*?)"', re.search(r"^ENTRYPOINT (.*)$", read("Containerfile"), re.M).group(1)), "--port=0"]
        with hosts.process(["chroot", "--userspec=65532:65532", root, *words], r"serving http://0\.0\.0\.0:(\d+)") as (port, _, _p):
            c = Client(port, hosts.TOKENS)
            answered(c.ask("PUT", "/model/sum", SUM, token="manage", type_="application/xml"), 201)
            answered(c.ask("POST", "/model/sum", {"arguments": {"a": 1, "b": 2}}), 200, {"results": {"y": 9}})


def test_image_has_the_libraries(program):
    """Each library of the program is of a package that the image installs, or that every Debian has; what libraries need comes with them."""
    asked = set(re.findall(r"\(NEEDED\).*\[(.*)\]", subprocess.run(["readelf", "-d", program], capture_output=True, text=True, check=True).stdout))
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    found = [path for path in re.findall(r"(/\S+) \(0x", listed) if os.path.basename(path) in asked]
    paths = ["*/" + "/".join(os.path.realpath(path).split("/")[-2:]) for path in found]   # /lib is /usr/lib
    owners = subprocess.run(["dpkg", "-S", *paths], capture_output=True, text=True, check=True).stdout
    needed = {line.split(":")[0] for line in owners.splitlines()}
    installed = re.search(r"--no-install-recommends (.*?) &&", read("Containerfile")).group(1).split()
    same(sorted(needed - {"libc6", "libgcc-s1", *installed}), [])


def test_kubernetes_manifests(_):
    import kubernetes_validate
    import yaml

    kinds = []
    for path in sorted(glob.glob(os.path.join(FILES, "kubernetes", "*.yaml"))):
        with open(path, encoding="utf-8") as file:
            for resource in yaml.safe_load_all(file):
                if "spinkube" not in resource["apiVersion"]:   # of an operator's own, no schema comes along
                    kubernetes_validate.validate(resource, "1.30", strict=True)
                kinds.append(resource["kind"])
    same(sorted(kinds), ["Deployment", "Deployment", "PersistentVolumeClaim", "PodDisruptionBudget", "RuntimeClass", "Service", "Service", "SpinApp"])


@contextlib.contextmanager
def balanced(ports):
    front = hosts.free_port()
    places = {"FRONT": front, "FIRST": ports[0], "SECOND": ports[1]}
    environment = {**os.environ, **{name: f"127.0.0.1:{port}" for name, port in places.items()}}
    with tempfile.TemporaryFile("w+") as log:
        program = subprocess.Popen(["haproxy", "-db", "-f", os.path.join(FILES, "haproxy.cfg")], env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            c = Client(front, hosts.TOKENS)
            for _ in range(200):
                with contextlib.suppress(OSError):
                    if c.ask("GET", "/v2/health/ready").status == 200:
                        break
                time.sleep(0.05)
            else:
                log.seek(0)
                raise RuntimeError(log.read())
            yield c
        finally:
            program.terminate()
            program.wait(20)


def test_replicas_behind_a_balancer(program):
    """Two processes over one store: both follow what is promoted, and the end of one costs no answer."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(keepers.Native(program), folder)
        store.two_versions()
        with serving(store) as (one, first_log, first), serving(store) as (two, second_log, second), balanced((one, two)) as c:
            ask = lambda: answered(c.ask("POST", "/model/sum", {"arguments": {"a": 1, "b": 2}}), 200).json()["results"]["y"]
            same({ask() for _ in range(20)}, {9})
            lines = lambda log: log().count('"route":"/model/{}"')
            same((lines(first_log) >= 5, lines(second_log) >= 5), (True, True))

            store.model("promote", "sum", SECOND)
            for process in (first, second):
                process.send_signal(signal.SIGHUP)
            for port in (one, two):
                versions = lambda port=port: Client(port, hosts.TOKENS).ask("GET", "/v2/models/sum").json()["versions"]
                while versions() != [SECOND]:
                    time.sleep(0.02)
            same({ask() for _ in range(20)}, {11})

            failures, stop = [], threading.Event()

            def keep_asking():
                while not stop.is_set():
                    try:
                        same(ask(), 11)
                    except Exception as error:
                        failures.append(error)

            askers = [threading.Thread(target=keep_asking) for _ in range(4)]
            for asker in askers:
                asker.start()
            first.terminate()
            same(first.wait(20), 0)
            before = lines(second_log)
            while lines(second_log) < before + 50:
                time.sleep(0.02)
            stop.set()
            for asker in askers:
                asker.join()
            same(failures, [])


def test_a_replica_that_stalls_is_kept(program):
    """A busy machine stops both replicas for longer than the interval of the checks: their answers are late, and none is missing."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(keepers.Native(program), folder)
        store.two_versions()
        with serving(store) as (one, _, first), serving(store) as (two, _, second), balanced((one, two)) as c:
            for process in (first, second):
                process.send_signal(signal.SIGSTOP)
            goes_on = threading.Timer(0.8, lambda: [process.send_signal(signal.SIGCONT) for process in (first, second)])
            goes_on.start()
            time.sleep(0.6)   # two checks have found no answer
            answered(c.ask("POST", "/model/sum", {"arguments": {"a": 1, "b": 2}}), 200)
            goes_on.join()


TESTS = [(name[5:], test) for name, test in list(globals().items()) if name.startswith("test_")]


def main():
    return summed([attempt(f"deployment {name}", test, sys.argv[1]) for name, test in TESTS])


if __name__ == "__main__":
    sys.exit(main())
