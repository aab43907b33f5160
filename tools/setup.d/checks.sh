# What only the tests need: a second compiler with sanitizers and libFuzzer, formatter, linter, valgrind, pyarrow.
PYARROW=26.0.1

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
  ! done_already "pyarrow-$PYARROW" || return 0
  say "pyarrow $PYARROW"
  pip_install "pyarrow==$PYARROW"
  stamp "pyarrow-$PYARROW"
}
