# Packages and sources from Debian suites other than the machine's: downloaded and unpacked, never installed.
#
# A private apt configuration is derived from the repositories the machine already uses, with the suite's name
# replaced; the system's own apt configuration and package lists stay as they are.
APT=$CACHE/apt
APT_OPTIONS=(-o "Dir::Etc::sourcelist=$APT/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$APT/lists" -o "Dir::Cache=$APT/cache" -o Acquire::Languages=none -o APT::Sandbox::User=root
  -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false)
[ -t 2 ] || APT_OPTIONS+=(-q)

case $(uname -m) in
  x86_64) TRIPLET=x86_64-linux-gnu LOADER=usr/lib64/ld-linux-x86-64.so.2 ;;
  aarch64) TRIPLET=aarch64-linux-gnu LOADER=usr/lib/ld-linux-aarch64.so.1 ;;
  *) TRIPLET='' LOADER='' ;;
esac

debian_repository() {
  # shellcheck disable=SC2016  # apt's own variable
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | sed -n 1p
}

# Reads the package lists once per run.
archive_ready() {
  [ ! -e "$APT/ready" ] || return 0
  command -v apt-get > /dev/null || die "needs apt to fetch this; on other systems see docs/dependencies.md"
  mkdir -p "$APT"/{lists/partial,cache/archives/partial,deb}
  local repository key=/usr/share/keyrings/debian-archive-keyring.gpg
  repository=$(debian_repository)
  [ -n "$repository" ] || { logged apt-update as_root apt-get -q update; repository=$(debian_repository); }
  [ -n "$repository" ] || die "no Debian 12 (bookworm) repository among this machine's apt sources"
  local suite
  for suite in bookworm trixie; do
    printf 'deb [signed-by=%s] %s %s main\ndeb-src [signed-by=%s] %s %s main\n' "$key" "$repository" $suite "$key" "$repository" $suite
  done > "$APT/sources.list"
  say "reading package lists"
  logged archive apt-get "${APT_OPTIONS[@]}" update
  : > "$APT/ready"
}

# download PACKAGE/SUITE ...: into $APT/deb.
download() {
  archive_ready
  (cd "$APT/deb" && logged download apt-get "${APT_OPTIONS[@]}" download "$@")
}

# shellcheck disable=SC2012  # names of packages have no spaces
newest() { ls -t "$APT/deb/$1"_* | sed -n 1p; }

# unpack DIRECTORY PACKAGE ...: what download fetched.
unpack() {
  local directory=$1 package; shift
  mkdir -p "$directory"
  for package in "$@"; do dpkg-deb -x "$(newest "$package")" "$directory"; done
}

# source_of NAME PACKAGE/SUITE SHA256: upstream's archive as sources/NAME.
source_of() {
  local name=$1 package=$2 sum=$3
  ! done_already "source-$name-$sum" || return 0
  archive_ready
  say "source of $name"
  (cd "$APT/deb" && logged source apt-get "${APT_OPTIONS[@]}" source --download-only --tar-only "$package")
  local archive
  archive=$(newest "${package%/*}")
  echo "$sum  $archive" | sha256sum --check --status || die "$archive has not the expected SHA-256 sum"
  rm -rf "$CACHE/sources/$name"; mkdir -p "$CACHE/sources/$name"
  tar -x -f "$archive" -C "$CACHE/sources/$name" --strip-components=1
  stamp "source-$name-$sum"
}

# run_with_own_libc ROOT TOOL OUT: a program of a newer suite needs a newer C library; start it through the one beside it.
run_with_own_libc() {
  [ -n "$LOADER" ] || die "no program loader known for $(uname -m); please put your own Emscripten's emcc on PATH"
  mkdir -p "$(dirname "$3")"
  printf '#!/bin/sh\nexec "%s/%s" --library-path "%s/usr/lib/%s" "%s/usr/bin/%s" "$@"\n' \
    "$1" "$LOADER" "$1" "$TRIPLET" "$1" "$2" > "$3"
  chmod +x "$3"
}
