# Emscripten 3.1.69 from trixie (bookworm's is too old for C++23), unpacked; clang 19 is bookworm's own.
EMSCRIPTEN=3.1.69 ACORN=8.14.0 TYPESCRIPT=5.9.3

# EMSCRIPTEN_ROOT, else the directory of an emcc on PATH that is not ours.
own_emscripten() {
  local emcc
  if [ -n "${EMSCRIPTEN_ROOT:-}" ] && [ "${EMSCRIPTEN_ROOT#"$CACHE"/}" = "$EMSCRIPTEN_ROOT" ]; then echo "$EMSCRIPTEN_ROOT"
  elif emcc=$(own_command emcc); then dirname "$(readlink -f "$emcc")"; fi
}

packages_wasm() {
  packages_node
  [ -z "$(own_emscripten)" ] || return 0
  need python3 python3
  need "clang++-$LLVM" "clang-$LLVM"
  need "wasm-ld-$LLVM" "lld-$LLVM"
  need "llvm-ar-$LLVM" "llvm-$LLVM"
}

setup_wasm() {
  setup_node
  EMSCRIPTEN_CHOSEN=$(own_emscripten)
  if [ -z "$EMSCRIPTEN_CHOSEN" ]; then
    EMSCRIPTEN_CHOSEN=$CACHE/emscripten/usr/share/emscripten
    install_emscripten
  fi
  environment wasm "export EMSCRIPTEN_ROOT=\"\${EMSCRIPTEN_ROOT:-$EMSCRIPTEN_CHOSEN}\""
}

install_emscripten() {
  unpack_emscripten
  emscripten_node_modules
  configure_emscripten
}

unpack_emscripten() {
  ! done_already "emscripten-$EMSCRIPTEN" || return 0
  say "Emscripten $EMSCRIPTEN (a download of about 150 MB)"
  rm -rf "$CACHE/emscripten" "$CACHE/binaryen"
  download emscripten/trixie binaryen/trixie libc6/trixie libstdc++6/trixie libgcc-s1/trixie
  say "unpacking Emscripten"
  mkdir -p "$CACHE/emscripten"
  # Of 1.6 GB, 1.2 are variants of the system libraries (LTO, position independent, sanitizers) that are not used here.
  dpkg-deb --fsys-tarfile "$(newest emscripten)" | tar -x -C "$CACHE/emscripten" --exclude='*/wasm32-emscripten/pic' \
    --exclude='*/wasm32-emscripten/lto-pic' --exclude='*/wasm32-emscripten/lto' --exclude='*san_rt*' --exclude='*libsanitizer_*'
  unpack "$CACHE/binaryen" binaryen libc6 libstdc++6 libgcc-s1
  local tool
  for tool in "$CACHE"/binaryen/usr/bin/wasm*; do
    run_with_own_libc "$CACHE/binaryen" "$(basename "$tool")" "$CACHE/binaryen/bin/$(basename "$tool")"
  done
  ln -sfn usr/lib "$CACHE/binaryen/lib"   # emcc reads its version of binaryen below lib
  stamp "emscripten-$EMSCRIPTEN"
}

# Debian's Emscripten links into Debian's JavaScript packages: the two that it uses come from npm instead.
emscripten_node_modules() {
  local stamp=emscripten-npm-$ACORN-$TYPESCRIPT
  ! done_already "$stamp" || return 0
  say "acorn and TypeScript for Emscripten"
  mkdir -p "$CACHE/emscripten/npm"
  echo '{"private": true}' > "$CACHE/emscripten/npm/package.json"
  logged npm npm install --no-audit --no-fund --ignore-scripts --prefix "$CACHE/emscripten/npm" "acorn@$ACORN" "typescript@$TYPESCRIPT"
  rm -rf "$EMSCRIPTEN_CHOSEN/node_modules"
  ln -s "$CACHE/emscripten/npm/node_modules" "$EMSCRIPTEN_CHOSEN/node_modules"
  ln -sfn "$CACHE/emscripten/npm/node_modules/.bin/tsc" "$CACHE/bin/tsc"   # --emit-tsd looks on PATH
  stamp "$stamp"
}

# emcc reads .emscripten in its own root: no environment variable is needed. FROZEN_CACHE: all libraries are there.
configure_emscripten() {
  cat > "$EMSCRIPTEN_CHOSEN/.emscripten.new" << CONFIGURATION
LLVM_ROOT = '/usr/bin'
BINARYEN_ROOT = '$CACHE/binaryen'
NODE_JS = '$(command -v node)'
LLVM_ADD_VERSION = '$LLVM'
CLANG_ADD_VERSION = '$LLVM'
FROZEN_CACHE = True
CONFIGURATION
  cmp -s "$EMSCRIPTEN_CHOSEN/.emscripten.new" "$EMSCRIPTEN_CHOSEN/.emscripten" \
    || mv "$EMSCRIPTEN_CHOSEN/.emscripten.new" "$EMSCRIPTEN_CHOSEN/.emscripten"
  rm -f "$EMSCRIPTEN_CHOSEN/.emscripten.new"
  local tool
  for tool in emcc em++ emar emranlib emcmake emnm; do
    [ -e "$CACHE/bin/$tool" ] || { printf '#!/bin/sh\nexec "%s/%s" "$@"\n' "$EMSCRIPTEN_CHOSEN" "$tool" > "$CACHE/bin/$tool"; chmod +x "$CACHE/bin/$tool"; }
  done
}
