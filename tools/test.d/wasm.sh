# Part wasm: the C++ tests compiled by Emscripten, under node, and the module of the npm package.
suite wasm wasm_programs native,wasm "C++ unit, property and corpus tests: Wasm under node"
suite wasm wasm_bits native,wasm "same bits: native, Wasm, Wasm with SIMD"
suite wasm tidy_wasm native,checks,wasm "clang-tidy: wasm"
suite wasm sizes native,wasm,wasi "sizes within their budgets"

suite_wasm_programs() { test_programs wasm; }

suite_wasm_bits() {
  bits native
  bits wasm
  bits wasm-simd
  same_bits native wasm
  same_bits native wasm-simd
}

suite_tidy_wasm() { tidy wasm wasm; }

suite_sizes() {
  build wasm scorelet_wasm
  build wasi scorelet_cli scorelet_reactor scorelet_service_module
  check "sizes" tools/check-sizes
}
