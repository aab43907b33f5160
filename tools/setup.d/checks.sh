# What only the tests need: a second compiler with sanitizers and libFuzzer, formatter, linter, compressor.
packages_checks() {
  need "clang++-$LLVM" "clang-$LLVM"
  need_file "/usr/lib/llvm-$LLVM/lib/clang/$LLVM/lib/linux" "libclang-rt-$LLVM-dev"
  need "llvm-symbolizer-$LLVM" "llvm-$LLVM"
  need "clang-format-$LLVM" "clang-format-$LLVM"
  need "clang-tidy-$LLVM" "clang-tidy-$LLVM"
  need brotli brotli
  need man man-db
}

setup_checks() { :; }
