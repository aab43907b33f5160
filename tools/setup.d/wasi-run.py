"""wasi-run [--dir HOST[::GUEST]]... [--env NAME=VALUE]... MODULE [ARGUMENT]...

Runs a WASI preview 1 command in wasmtime. The module sees no files but the directories given. Compiled modules are
kept beside the installation and used again. Exit code: the command's own; 134 if it trapped.
"""

import os
import sys

import wasmtime


def main(arguments: list[str]) -> int:
    wasi = wasmtime.WasiConfig()
    environment = []
    while arguments and arguments[0].startswith("--"):
        option = arguments.pop(0)
        if option == "--dir" and arguments:
            host, _, guest = arguments.pop(0).partition("::")
            wasi.preopen_dir(host, guest or host)
        elif option == "--env" and arguments:
            environment.append(tuple(arguments.pop(0).split("=", 1)))
        elif option == "--help":
            print(__doc__.strip())
            return 0
        else:
            return fail(f"unknown option {option}")
    if not arguments:
        return fail("no module given")
    wasi.argv = arguments
    wasi.env = environment
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()

    engine = wasmtime.Engine(configuration())
    store = wasmtime.Store(engine)
    store.set_wasi(wasi)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    try:
        instance = linker.instantiate(store, wasmtime.Module.from_file(engine, arguments[0]))
        instance.exports(store)["_start"](store)
    except wasmtime.ExitTrap as exit:
        return exit.code
    except wasmtime.Trap as trap:
        print(trap, file=sys.stderr)
        return 134
    return 0


def configuration() -> wasmtime.Config:
    """wasmtime's own cache of compiled modules, in a directory beside this file."""
    here = os.path.dirname(os.path.abspath(__file__))
    settings = os.path.join(here, "wasmtime.toml")
    if not os.path.exists(settings):
        part = f"{settings}.{os.getpid()}"
        with open(part, "w", encoding="utf-8") as file:
            file.write(f'[cache]\ndirectory = "{here}/compiled"\n')
        os.replace(part, settings)
    config = wasmtime.Config()
    config.cache = settings
    return config


def fail(message: str) -> int:
    print(f"wasi-run: {message}", file=sys.stderr)
    return 2


sys.exit(main(sys.argv[1:]))
