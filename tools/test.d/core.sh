# Part core: the C++ code natively.
suite core rules native,checks "rules of the core: includes, words, symbols, data"
suite core format checks "formatting"
suite core tidy native,checks "clang-tidy: core, tools, tests"
suite core native native "C++ unit, property and corpus tests: native"
suite core command_line native "command line"
suite core formulas native,formulas "exported formulas in two spreadsheet engines"
suite core c_interface native,checks "C interface: C99, pyarrow, exports"
suite core telemetry native,checks "telemetry: queue in files, bodies by OpenTelemetry's definitions, sending"
suite core service native,service "scoring service: the native host"
suite core monitor native,service "central monitoring: events once, outcomes, rules, bundles, alerts, crashes"
suite core engines native,monitoring,grafana "the monitor's rules in Prometheus and Alertmanager"
suite core deployment native,deployment "scoring service: unit, container, manifests, replicas behind HAProxy"
suite core readme native "README snippets: C and C++"
suite core asan native,checks "C++ tests under AddressSanitizer and UBSan"
suite core coverage native "PMML 4.4.1 item by item: scored or refused"
suite core large native "large models through the command line"
suite core fuzz native,checks "fuzzing, a short run from the seeds"
suite core bench native "benchmark: right answers are told from wrong ones"
suite core instructions native,checks "instructions of fixed workloads: no more than recorded"
suite core bits native,checks "same bits: g++, -march=native, clang"

suite_rules() {
  local library=build/native/libscorelet_core.a
  build native scorelet_core scorelet_telemetry scorelet_formulas
  check "rooms include what they may" tools/check-core includes
  check "no forbidden words" tools/check-core words
  check "no forbidden symbols" tools/check-core symbols $library
  check "no writable data" tools/check-core globals $library
  library=build/native/libscorelet_telemetry.a
  check "no forbidden symbols in telemetry" tools/check-core symbols $library
  check "no writable data in telemetry" tools/check-core globals $library
  check "no forbidden symbols in formulas" tools/check-core symbols build/native/libscorelet_formulas.a
  check "no writable data in formulas" tools/check-core globals build/native/libscorelet_formulas.a
}

suite_format() { check "clang-format" tools/check-format; }

suite_tidy() {
  tidy clang
  tidy fuzz tests/fuzz
}

suite_native() { test_programs native; }

suite_command_line() {
  build native scorelet_cli
  program native bin/scorelet
  summed tests/cli/run "${COMMAND[@]}"
}

suite_formulas() {
  build native scorelet_cli
  summed "$SCORELET_CACHE/python/bin/python3" tests/formulas/run build/native/bin/scorelet
  if command -v soffice > /dev/null; then summed "$SCORELET_CACHE/python/bin/python3" tests/formulas/office build/native/bin/scorelet
  else echo "SKIPPED: no LibreOffice (apt-get install libreoffice-calc-nogui): no workbook was opened in an office suite"; fi
}

suite_c_interface() {
  build native c_api_tests scorelet_c
  summed build/native/tests/c_api/c_api_tests tests/c_api
  summed "$SCORELET_CACHE/python/bin/python3" tests/c_api/test_pyarrow.py build/native/core/api/libscorelet.so tests/c_api
  check "exports of libscorelet.so" same_exports core/api/exports.txt build/native/core/api/libscorelet.so
}

suite_telemetry() {
  local programs=build/native/tests/telemetry
  build native telemetry_bodies event_queue_tests event_queue_writer scorelet_cli
  gtest $programs/event_queue_tests
  summed tests/telemetry/crash $programs/event_queue_writer
  summed "$SCORELET_CACHE/python/bin/python3" tests/telemetry/run $programs/telemetry_bodies
  summed "$SCORELET_CACHE/python/bin/python3" tests/telemetry/send build/native/bin/scorelet
}

suite_deployment() {
  build native scorelet_cli
  summed "$SCORELET_CACHE/python/bin/python3" tests/service/deployment.py build/native/bin/scorelet
}

suite_service() {
  build native scorelet_cli
  summed tests/service/run native build/native/bin/scorelet
  summed "$SCORELET_CACHE/python/bin/python3" tests/service/run --clients native build/native/bin/scorelet
}

suite_monitor() {
  build native scorelet_cli
  summed python3 tests/monitor/run build/native/bin/scorelet
}

suite_engines() {
  build native scorelet_cli
  summed tests/monitor/engines/run build/native/bin/scorelet scorelet-dashboard-schema
}

same_exports() { diff "$1" <(nm -D --defined-only --format=just-symbols "$2" | grep -v '^_' | sort); }

suite_readme() {
  build native readme_c readme_cpp
  ctest_tests native '^readme'
  check "README holds the tested snippets" tests/readme/verbatim
}

suite_asan() {
  export UBSAN_OPTIONS=print_stacktrace=1
  test_programs asan
}

suite_coverage() {
  build native support_table
  summed python3 tests/coverage/coverage.py --support build/native/tests/support_table --check
}

suite_large() {
  build native scorelet_cli
  summed tests/large/run build/native/bin/scorelet
}

suite_fuzz() {
  build fuzz fuzz_load fuzz_rows fuzz_tables fuzz_arrow fuzz_state fuzz_compiled fuzz_questions fuzz_service fuzz_telemetry
  check "fuzzers find nothing" tests/fuzz/run build/fuzz
}

suite_bench() {
  build native bench_native
  summed tools/bench.d/smoke build/native/tools/bench.d/bench_native
}

suite_instructions() {
  build native instructions
  summed tools/check-instructions
}

suite_bits() {
  bits native
  bits native-march
  bits clang
  same_bits native native-march
  same_bits native clang
}
