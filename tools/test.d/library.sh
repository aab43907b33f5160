# What suites are made of. A suite is registered by `suite PART NAME SETUP TITLE` and is a function suite_NAME that
# calls `gtest`, `check`, ... below; those record how many tests passed and failed. What it prints goes to its log.
LOGS=$SOURCE/build/test
SUITES=()
PASSED=0 FAILED=0 RAN=0

suite() { SUITES+=("$1|$2|$3|$4"); }   # PART NAME SETUP TITLE; SETUP is a comma-separated list of parts of tools/setup

chosen_suites() {   # ONLY PART...
  local only=$1 line part name; shift
  for line in "${SUITES[@]}"; do
    IFS='|' read -r part name _ _ <<< "$line"
    if [ -n "$only" ]; then [ "$only" != "$name" ] || echo "$line"
    else case " $* " in *" $part "*) echo "$line" ;; esac; fi
  done
}

needed_setup() { printf '%s\n' "$1" | cut -d '|' -f 3 | tr , '\n' | sort -u | tr '\n' ' '; }

# Runs one suite in a shell of its own (so that `set -e` holds in it) and adds its counts to the sum.
run_suite() {
  local name=$1 start=$SECONDS status=0 passed failed title log=$LOGS/$1.log counts=$LOGS/$1.counts
  title=$(printf '%s\n' "${SUITES[@]}" | awk -F '|' -v name="$name" '$2 == name { print $4 }')
  : > "$counts"
  [ ! -t 1 ] || printf '%-62s ...\r' "$title"
  "$SOURCE/tools/test" --inside "$name" > "$log" 2>&1 < /dev/null || status=$?
  passed=$(awk '{ n += $1 } END { print n + 0 }' "$counts")
  failed=$(awk '{ n += $2 } END { print n + 0 }' "$counts")
  if [ "$failed" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$passed" -eq 0 ]; }; then
    failed=1
    echo "the suite did not run to its end (exit code $status)" >> "$log"
  fi
  printf '%-62s %6d passed %4d failed %5d s\n' "$title" "$passed" "$failed" $((SECONDS - start))
  sed -n 's/^SKIPPED: /    skipped: /p' "$log" | sort -u
  if [ "$failed" -gt 0 ]; then
    grep -E '^not ok|^✖|^FAILED|^\[  FAILED  \].* ms\)$|error:|did not run' "$log" | sort -u | sed -n '1,12s/^/    /p'
    echo "    see ${log#"$SOURCE"/}"
  fi
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed)) RAN=$((RAN + 1))
}

run_inside() {
  NAME=$1 COUNTS=$LOGS/$1.counts
  "suite_$1"
}

count() { echo "$1 $2" >> "$COUNTS"; }

# check LABEL COMMAND...: one test; it passes if the command does.
check() {
  local label=$1; shift
  if "$@"; then echo "ok $label"; count 1 0
  else echo "FAILED: $label ($*)"; count 0 1; fi
}

# gtest COMMAND...: a GoogleTest program, counted by its own last lines.
gtest() { counted gtest_numbers "$@"; }
gtest_numbers() {
  sed -n -e 's/^\[  PASSED  \] \([0-9]*\) test.*/passed \1/p' -e 's/^\[  FAILED  \] \([0-9]*\) tests\{0,1\}, listed below:.*/failed \1/p'
}

# node_tests COMMAND...: a run of node's own test runner.
node_tests() { counted node_numbers "$@"; }
node_numbers() { sed -n -E -e 's/^(#|ℹ) pass ([0-9]+)$/passed \2/p' -e 's/^(#|ℹ) (fail|cancelled) ([0-9]+)$/failed \3/p'; }

# summed COMMAND...: a program whose output ends with "N passed, M failed" itself.
summed() { counted summed_numbers "$@"; }
summed_numbers() { sed -n -E 's/^([0-9]+) passed, ([0-9]+) failed$/passed \1\nfailed \2/p' | tail -n 2; }

# ctest_tests PRESET PATTERN: tests that CTest knows by name.
ctest_tests() { counted ctest_numbers ctest --test-dir "build/$1" -R "$2" --output-on-failure --no-tests=error; }
ctest_numbers() { sed -n 's/^[0-9]*% tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' | awk '{ print "passed", $2 - $1; print "failed", $1 }'; }

# counted READER COMMAND...: runs the command; a bad exit without a failure counted is one.
counted() {
  local reader=$1 status=0 passed failed; shift
  local output=$LOGS/$NAME.output
  echo "== $*"
  timeout 1800 "$@" > "$output" 2>&1 || status=$?
  cat "$output"
  passed=$("$reader" < "$output" | awk '$1 == "passed" { n += $2 } END { print n + 0 }')
  failed=$("$reader" < "$output" | awk '$1 == "failed" { n += $2 } END { print n + 0 }')
  if [ "$failed" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$passed" -eq 0 ]; }; then
    echo "FAILED: exit code $status after $passed tests: $*"
    failed=1
  fi
  rm -f "$output"
  count "$passed" "$failed"
}

# build PRESET [TARGET...]
build() {
  local preset=$1; shift
  [ -e "build/$preset/build.ninja" ] || cmake --preset "$preset"
  cmake --build "build/$preset" ${1:+--target "$@"}
}

# program PRESET NAME [ARGUMENT...]: the command line that runs a program built for a target, in COMMAND.
program() {
  local preset=$1 path=build/$1/$2; shift 2
  case $preset in
    wasm*) COMMAND=(node "$path.js" "$@") ;;
    wasi) COMMAND=(wasi-run --dir / "$SOURCE/$path.wasm" "$@") ;;
    *) COMMAND=("$path" "$@") ;;
  esac
}

# tidy PRESET [FOLDER]: one test for each folder.
tidy() {
  cmake --preset "$1"
  summed tools/check-tidy "build/$1" "${@:2}"
}

# test_programs PRESET: unit_tests, property_tests and corpus_tests, as far as tests/ has a folder for them.
test_programs() {
  local preset=$1 name names=()
  [ ! -d tests/unit ] || names+=(unit_tests)
  [ ! -d tests/properties ] || names+=(property_tests)
  [ ! -d tests/corpus ] || names+=(corpus_tests)
  build "$preset" "${names[@]}"
  for name in "${names[@]}"; do
    program "$preset" "tests/$name"
    gtest "${COMMAND[@]}"
  done
}

# bits PRESET: build/PRESET/bits.txt, the fingerprints of all results of the corpus as this build computes them.
bits() {
  build "$1" corpus_tests
  [ "build/$1/bits.txt" -nt "$(built "$1")" ] || write_bits "$1"
}

built() { program "$1" tests/corpus_tests; echo "${COMMAND[-1]}"; }

write_bits() {
  program "$1" tests/corpus_tests --bits "$SOURCE/build/$1/bits.txt" --gtest_brief=1
  check "results of $1" "${COMMAND[@]}"
}

# same_bits PRESET PRESET: one test for each case of the corpus.
same_bits() {
  local total different
  different=$(diff "build/$1/bits.txt" "build/$2/bits.txt" | grep -c '^[<>]' || :)
  total=$(wc -l < "build/$1/bits.txt")
  diff "build/$1/bits.txt" "build/$2/bits.txt" | sed 's/^/FAILED: different bits /' || :
  echo "$1 and $2: $total cases, $different lines differ"
  count $((total > different ? total - different : 0)) "$different"
}
