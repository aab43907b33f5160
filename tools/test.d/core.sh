# Part core: the C++ code natively.
suite core rules native,checks "rules of the core: symbols, includes"
suite core format checks "formatting (clang-format)"
suite core native native "C++ unit, property and corpus tests, native"
suite core command_line native "command line"
suite core c_interface native "C interface: C99, Python and Arrow"
suite core readme native "README snippets, C and C++"
suite core asan native,checks "the same C++ tests under AddressSanitizer and UBSan"
suite core fuzz native,checks "fuzzing, a short run from the seeds"
suite core bits_clang native,checks "same bits: clang against g++"
suite core bits_march native "same bits: -march=native"
suite core tidy native,checks "linter (clang-tidy)"

suite_rules() {
  build native scorelet_core
  tools/check-core build/native/libscorelet_core.a
}

suite_format() { check "clang-format" tools/check-format; }

suite_native() { test_programs native; }

suite_asan() {
  export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
  test_programs asan
}
