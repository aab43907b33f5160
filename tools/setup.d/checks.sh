# What only the tests need: a second compiler with sanitizers and libFuzzer, formatter, linter, valgrind, pyarrow,
# OpenTelemetry's definitions.
PYARROW=26.0.1
OPENTELEMETRY_PROTO=1.45.2

packages_checks() {
  need "clang++-$LLVM" "clang-$LLVM"
  need_file "/usr/lib/llvm-$LLVM/lib/clang/$LLVM/lib/linux" "libclang-rt-$LLVM-dev"
  need "llvm-symbolizer-$LLVM" "llvm-$LLVM"
  need "clang-format-$LLVM" "clang-format-$LLVM"
  need "clang-tidy-$LLVM" "clang-tidy-$LLVM"
  need valgrind valgrind
  need_venv
}

setup_checks() {
  python_package pyarrow "$PYARROW"
  python_package opentelemetry-proto "$OPENTELEMETRY_PROTO"
}

python_package() {   # NAME VERSION
  ! done_already "$1-$2" || return 0
  say "$1 $2"
  pip_install "$1==$2"
  stamp "$1-$2"
}
