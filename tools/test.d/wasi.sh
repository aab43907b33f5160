# Part wasi: the C++ tests compiled to WASI, under wasmtime; the command and the reactor.
suite wasi wasi_programs native,wasi "C++ unit, property and corpus tests: WASI under wasmtime"
suite wasi wasi_bits native,wasi "same bits: native and WASI"
suite wasi wasi_c_interface native,wasi "C interface: C99 under wasmtime"
suite wasi wasi_command_line native,wasi "command line: WASI under wasmtime"
suite wasi service_hosts native,wasi,web,hosts "scoring service: module, Node, Deno, Bun, workerd"
suite wasi service_component native,wasi,component "scoring service: wasi:http component under wasmtime and jco"
suite wasi service_command native,wasi,component "scoring service: WASI command under wasmtime, Node, WasmEdge"
suite wasi tidy_wasi native,checks,wasi "clang-tidy: edge"
suite wasi reactor native,wasi,wasm "reactor: exports, imports, hosts"

suite_wasi_programs() { test_programs wasi; }

suite_wasi_bits() {
  bits native
  bits wasi
  same_bits native wasi
}

suite_wasi_c_interface() {
  build wasi c_api_tests
  program wasi tests/c_api/c_api_tests "$SOURCE/tests/c_api"
  summed "${COMMAND[@]}"
}

suite_wasi_command_line() {
  build wasi scorelet_cli
  program wasi bin/scorelet
  summed tests/cli/run "${COMMAND[@]}"
}

suite_service_hosts() {
  local host module=build/wasi/edge/module/scorelet_service.wasm simd=build/wasi/edge/module/scorelet_service_simd.wasm
  build wasi scorelet_service_module scorelet_service_simd_module
  build native scorelet_cli
  for host in $module $simd; do summed node tests/service/module.mjs "$host"; done
  summed node tests/service/storage.mjs $module
  summed tests/service/run node $simd
  for host in node deno bun workerd; do summed tests/service/run $host $module build/native/bin/scorelet; done
}

suite_service_component() {
  local host
  build wasi scorelet_component
  for host in wasmtime jco; do summed tests/service/run $host build/wasi/edge/component/scorelet_component.wasm; done
}

suite_service_command() {
  local host
  build wasi scorelet_command
  build native scorelet_cli
  for host in wasmtime node wasmedge; do summed tests/service/run command_$host build/wasi/edge/command/scorelet_command.wasm build/native/bin/scorelet; done
}

suite_tidy_wasi() { tidy wasi edge; }

suite_reactor() {
  build wasi scorelet_reactor
  summed node tests/c_api/reactor.mjs build/wasi/edge/reactor/scorelet_reactor.wasm
  summed "$SCORELET_CACHE/python/bin/python3" tests/c_api/reactor_wasmtime.py build/wasi/edge/reactor/scorelet_reactor.wasm
}
