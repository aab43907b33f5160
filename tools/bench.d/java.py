"""Group java: JPMML-Evaluator and PMML4S, each in a warm virtual machine of its own."""

import glob
import os
import subprocess

import cases
import programs

SETUP = ["bench_java"]
ENGINES = {"jpmml": ("Jpmml", "jpmml/jpmml_evaluator/dependencies"), "pmml4s": ("Pmml4s", "pmml4s/pypmml/jars")}
SOURCES = os.path.join(cases.HERE, "java")
CLASSES = os.path.join(cases.ROOT, "build", "bench", "java")


def run(folders: list, wanted, quick: bool, add):
    for engine, (class_, archives) in ENGINES.items():
        if not wanted(engine):
            continue
        path = os.pathsep.join([CLASSES, *sorted(glob.glob(os.path.join(cases.PEERS, archives, "*.jar")))])
        sources = [os.path.join(SOURCES, f"{name}.java") for name in ("Bench", class_)]
        built = subprocess.run(["javac", "-nowarn", "-d", CLASSES, "-cp", path, *sources], capture_output=True, check=False)
        if built.returncode != 0:
            add({"peer": engine, "case": "-", "absent": "not installed"})
            continue
        for folder in folders:
            about = {"case": os.path.basename(folder), "peer": engine}
            command = ["java", "-Xmx2g", "-Xss16m", "-XX:+UseSerialGC", "-cp", path, "Bench", engine, folder]
            programs.lines([*command, str(programs.PASSES[quick])], add, about, timeout=300)
