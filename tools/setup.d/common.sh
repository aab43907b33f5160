# Shared by the parts of tools/setup: messages, stamps, Debian packages, the environment file.
CACHE=${SCORELET_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/scorelet}
mkdir -p "$CACHE"
CACHE=$(cd "$CACHE" && pwd)
LLVM=19                                   # bookworm has it, and the Emscripten of trixie expects it
OWN_PATH=$(printf %s "$PATH" | tr : '\n' | grep -vxF -e "$CACHE/bin" -e "$CACHE/node/bin" | paste -sd :)   # the machine's, without ours

say() { DID_WORK=1; printf '[setup %3ds] %s\n' "$SECONDS" "$*" >&2; }
die() { printf '[setup] error: %s\n' "$*" >&2; exit 1; }

done_already() { [ -e "$CACHE/stamps/$1" ]; }
stamp() { : > "$CACHE/stamps/$1"; }

# Runs a command with its output in log/NAME.log; shows the end of it on failure.
logged() {
  local name=$1; shift
  "$@" > "$CACHE/log/$name.log" 2>&1 || { tail -n 20 "$CACHE/log/$name.log" >&2; die "$1 failed, see $CACHE/log/$name.log"; }
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo > /dev/null; then sudo "$@"
  else die "needs root for: $*"; fi
}

own_command() { PATH=$OWN_PATH command -v "$1"; }

# need COMMAND PACKAGE; need_file FILE PACKAGE; need_venv: remember the package if the machine lacks it.
PACKAGES=()
need() { own_command "$1" > /dev/null || PACKAGES+=("$2"); }
need_file() { [ -e "$1" ] || PACKAGES+=("$2"); }
need_venv() { PATH=$OWN_PATH python3 -c 'import ensurepip, venv' 2> /dev/null || PACKAGES+=(python3-venv); }

install_packages() {
  [ ${#PACKAGES[@]} -gt 0 ] || return 0
  command -v apt-get > /dev/null || die "not a Debian system; please install: ${PACKAGES[*]}"
  mapfile -t PACKAGES < <(printf '%s\n' "${PACKAGES[@]}" | sort -u)
  say "installing Debian packages: ${PACKAGES[*]}"
  logged apt-update as_root apt-get -q -o DPkg::Lock::Timeout=300 update
  logged apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install "${PACKAGES[@]}"
}

# A Python environment of our own, for tools that PyPI has.
pip_install() {
  [ -x "$CACHE/python/bin/pip" ] || logged venv "$(PATH=$OWN_PATH command -v python3)" -m venv "$CACHE/python"
  logged pip "$CACHE/python/bin/pip" install -q --disable-pip-version-check "$@"
}

# environment NAME LINE...: what env.sh holds for one part. env.sh is all of them; yours come first, except a node too old.
environment() {
  local file=$CACHE/env.d/$1; shift
  mkdir -p "$CACHE/env.d"
  printf '%s\n' "$@" > "$file"
}

write_environment() {
  environment 0 "# Written by tools/setup. Source it; your own EMSCRIPTEN_ROOT, WASI_SDK_PATH and CHROMIUM win." \
    "export SCORELET_CACHE='$CACHE'" "case \":\$PATH:\" in *':$CACHE/bin:'*) ;; *) export PATH=\"\$PATH:$CACHE/bin\" ;; esac"
  cat "$CACHE"/env.d/* > "$CACHE/env.sh.new"
  mv "$CACHE/env.sh.new" "$CACHE/env.sh"
}
